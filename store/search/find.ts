/**
 * A search through a capture: asks the index which sessions may hold what is looked for, reads those, and tells what is really there. What
 * the index does not know is read. The order is that of the sessions' numbers.
 */
import { SluiceError } from '#model/errors.ts';
import type { Filter } from '#model/filter/ast.ts';
import { needsOf } from '#model/filter/needs.ts';
import { sessionPredicate } from '#model/filter/predicate.ts';
import type {
  SearchFound,
  SearchHit,
  SearchItem,
  SearchProgress,
  SearchQuery,
  SearchSnippet,
} from '#model/search.ts';
import type { Session, SessionId } from '#model/session.ts';
import { answeredByIndex, filterSql } from '../filter-sql.ts';
import { candidates, firstIdOf, GROUP_SESSIONS, type GroupBits } from './group.ts';
import { compileMatcher, type Matcher, type Range } from './matcher.ts';
import type { Part, PartText } from './parts.ts';
import type { SearchCapture } from './search-capture.ts';

/** Hits told of one part of a session; that there are more is told as well. */
const HITS_OF_PART = 50;
/** Units of text around a hit, and of the hit itself, in its snippet. */
const AROUND = 60;
const LONGEST = 240;
/** Work between two items, in ms: whoever waits sees progress, and other work has its turn. */
const ITEM_MS = 25;
/** More runs of ids than this are not asked for one by one. */
const MOST_RUNS = 24;

/** The index as a search sees it. */
export interface SearchIndex {
  bits(group: number): (GroupBits & Partial<Disposable>) | undefined;
  distrust(group: number): void;
}

export type CompiledQuery = Omit<SearchQuery, 'filter'> & { readonly filter: Filter };

/** Hits in one session, at most `limit`; undefined when there is none. */
async function searchSession(
  capture: SearchCapture,
  session: Session,
  matcher: Matcher,
  places: ReadonlySet<SearchQuery['places'][number]>,
  limit: number,
): Promise<{ found: SearchFound | undefined; cut: boolean }> {
  const hits: SearchHit[] = [];
  let more = false;
  let cut = false;
  for await (const part of capture.parts.partsOf(session, places, matcher.kind === 'bytes')) {
    cut ||= part.cut;
    const inPart = hitsIn(part, matcher, HITS_OF_PART + 1);
    more ||= inPart.length > HITS_OF_PART;
    hits.push(...inPart.slice(0, HITS_OF_PART));
    if (hits.length > limit) break;
  }
  if (hits.length === 0) return { found: undefined, cut };
  const told = hits.slice(0, limit);
  return { found: { row: session.row, hits: told, more: more || hits.length > limit }, cut };
}

function hitsIn(part: Part, matcher: Matcher, limit: number): SearchHit[] {
  const head = { part: part.part, ...(part.index === undefined ? {} : { index: part.index }) };
  if (matcher.kind === 'bytes') {
    return matcher
      .find(part.bytes, limit)
      .map(([start, end]) => ({ ...head, start, end, snippet: bytesSnippet(part.bytes, start, end) }));
  }
  const text = part.text?.();
  if (text === undefined) return [];
  return rangesIn(text, matcher.find, limit).map(([start, end]) => ({
    ...head,
    start: text.byteAt(start),
    end: text.byteAt(end),
    snippet: snippetOf(text.text, start, end),
  }));
}

/** Places in the text itself, and those that are there only once its escapes are read; in order. */
function rangesIn(text: PartText, find: (text: string, limit: number) => Range[], limit: number): Range[] {
  const ranges = find(text.text, limit);
  for (const reading of text.readings) {
    for (const [start, end] of find(reading.text, limit)) {
      const range = reading.original(start, end);
      if (range !== undefined) ranges.push(range);
    }
  }
  if (text.readings.length === 0) return ranges;
  const ordered = ranges.toSorted((a, b) => a[0] - b[0] || a[1] - b[1]);
  return ordered
    .filter((range, i) => range[0] !== ordered[i - 1]?.[0] || range[1] !== ordered[i - 1]?.[1])
    .slice(0, limit);
}

function snippetOf(text: string, start: number, end: number): SearchSnippet {
  const from = Math.max(0, start - AROUND);
  const shownEnd = Math.min(end, start + LONGEST);
  const to = Math.min(text.length, shownEnd + AROUND);
  return { text: text.slice(from, to).toWellFormed(), start: start - from, end: shownEnd - from };
}

/** Octets in hexadecimal, eight on either side. */
function bytesSnippet(bytes: Buffer, start: number, end: number): SearchSnippet {
  const hex = (from: number, to: number) => bytes.toString('hex', from, to).replace(/(..)(?=.)/g, '$1 ');
  const before = hex(Math.max(0, start - 8), start);
  const hit = hex(start, Math.min(end, start + LONGEST / 3));
  const after = hex(end, Math.min(bytes.length, end + 8));
  const at = before === '' ? 0 : before.length + 1;
  return {
    text: [before, hit, after].filter((one) => one !== '').join(' '),
    start: at,
    end: at + hit.length,
  };
}

/** Runs of ids that may hold it, the whole group where there are too many to be asked for one by one. */
function runsOf(may: Uint8Array, first: number): Range[] {
  const runs: [number, number][] = [];
  for (let i = may.indexOf(1); i >= 0; ) {
    const stop = may.indexOf(0, i);
    const end = stop < 0 ? may.length : stop;
    runs.push([first + i, first + end - 1]);
    i = stop < 0 ? -1 : may.indexOf(1, end);
  }
  return runs.length > MOST_RUNS ? [[runs[0]?.[0] ?? first, runs.at(-1)?.[1] ?? first]] : runs;
}

interface State {
  progress: SearchProgress;
  found: SearchFound[];
  left: number;
  readonly cut: Set<SessionId>;
}

/** Candidates of a group that pass the filter, as far as the index tells, in the order asked. */
function idsOf(capture: SearchCapture, query: CompiledQuery, may: Uint8Array, first: number): SessionId[] {
  const { sql, params } = filterSql(query.filter);
  const [low, high] = [`?${params.length + 1}`, `?${params.length + 2}`];
  const statement = capture.db.prepare(
    `SELECT id FROM sessions WHERE id BETWEEN ${low} AND ${high} AND ifnull((${sql}), 1) ORDER BY id`,
  );
  const ids = runsOf(may, first).flatMap(([from, to]) =>
    statement.all(...params, from, to).map(({ id }) => Number(id)),
  );
  const passing = ids.filter((id) => may[id - first] === 1);
  return query.newestFirst ? passing.reverse() : passing;
}

/** What else of a filter must be asked of a session itself; undefined: the index has answered all. */
function lookedInto(
  capture: SearchCapture,
  filter: Filter,
): ((id: SessionId) => Promise<boolean>) | undefined {
  if (answeredByIndex(filter)) return undefined;
  const needs = needsOf(filter);
  const passes = sessionPredicate(filter);
  return async (id) => {
    const subject = await capture.subjects.load(id, needs);
    return subject !== undefined && passes(subject);
  };
}

/** What the index says of a group; where it cannot be trusted, that all have to be read. */
function ask(index: SearchIndex, group: number, matcher: Matcher, cut: Set<SessionId>): Uint8Array {
  const grams = matcher.kind === 'text' ? matcher.grams : [];
  using stack = new DisposableStack();
  const bits = index.bits(group);
  if (bits?.[Symbol.dispose]) stack.use(bits as Disposable);
  try {
    const may = candidates(bits, grams);
    for (const id of bits?.cut ?? []) cut.add(id);
    return may;
  } catch {
    index.distrust(group);
    return candidates(undefined, grams);
  }
}

/**
 * Items as they come: what was found since the last one, and how far it is. The last one says `done` or `limit`.
 * @throws SluiceError `bad-request` for what cannot be looked for
 */
export async function* find(
  capture: SearchCapture,
  index: SearchIndex,
  query: CompiledQuery,
): AsyncGenerator<SearchItem> {
  const matcher = compileMatcher(query);
  const places = new Set(query.places);
  const passes = lookedInto(capture, query.filter);
  capture.refresh();
  const progress: SearchProgress = {
    state: 'running',
    looked: 0,
    total: capture.count(),
    read: 0,
    cut: 0,
    unreadable: 0,
  };
  const state: State = { progress, found: [], left: query.limit, cut: new Set() };
  let told = performance.now();
  const due = () => performance.now() - told >= ITEM_MS;
  const item = (): SearchItem => {
    const { found } = state;
    state.found = [];
    told = performance.now();
    return { found, progress: { ...progress, cut: state.cut.size } };
  };
  const count = capture.db.prepare('SELECT count(*) AS count FROM sessions WHERE id BETWEEN ? AND ?');
  const last = capture.lastGroup();
  for (let i = 0; i <= last; i++) {
    const group = query.newestFirst ? last - i : i;
    const first = firstIdOf(group);
    const before = progress.looked;
    const inGroup = Number(count.get(first, first + GROUP_SESSIONS - 1)?.count);
    if (inGroup === 0) continue;
    const ids = idsOf(capture, query, ask(index, group, matcher, state.cut), first);
    for (const [n, id] of ids.entries()) {
      if (passes === undefined || (await passes(id))) await lookAt(capture, id, matcher, places, state);
      if (state.left === 0) {
        progress.state = 'limit';
        return yield item();
      }
      progress.looked = before + Math.floor((inGroup * (n + 1)) / ids.length);
      if (due()) yield item();
    }
    progress.looked = before + inGroup;
    if (due()) yield item();
  }
  progress.state = 'done';
  // Sessions that came meanwhile were not looked at, and those removed were not there.
  progress.looked = progress.total;
  yield item();
}

async function lookAt(
  capture: SearchCapture,
  id: SessionId,
  matcher: Matcher,
  places: ReadonlySet<SearchQuery['places'][number]>,
  state: State,
): Promise<void> {
  const { progress } = state;
  for (let tried = 1; ; tried++) {
    try {
      const session = capture.session(id);
      if (session === undefined) return;
      const { found, cut } = await searchSession(capture, session, matcher, places, state.left);
      progress.read += 1;
      if (cut) state.cut.add(id);
      if (found === undefined) return;
      state.found.push(found);
      state.left -= found.hits.length;
      return;
    } catch (error) {
      if (!(error instanceof SluiceError) || error.code !== 'capture-damaged') throw error;
      // Its bytes may have been moved between the look at its row and at them.
      if (tried < 2) continue;
      progress.unreadable += 1;
      return;
    }
  }
}
