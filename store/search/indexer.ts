/**
 * Keeps the index of a capture: finds the finished sessions that are not in it, takes them in one by one, and puts groups on disk. It
 * decides neither when nor how fast: each step is asked for. What fails to be written or read costs speed of searches, never a hit.
 */
import { SluiceError } from '#model/errors.ts';
import { SEARCH_PLACES, type SearchIndexStatus } from '#model/search.ts';
import type { SessionId } from '#model/session.ts';
import { fold } from './fold.ts';
import { eachGram, GRAM } from './grams.ts';
import {
  countBits,
  firstIdOf,
  GROUP_SESSIONS,
  Group,
  type GroupBits,
  groupOf,
  hasBit,
  lastCovered,
} from './group.ts';
import { GroupFile, removeGroup, saveGroup, storedGroups } from './group-file.ts';
import type { SearchCapture } from './search-capture.ts';

const EVERYWHERE: ReadonlySet<(typeof SEARCH_PLACES)[number]> = new Set(SEARCH_PLACES);

/** Counting walks the whole list: while it works that is done so often, in ms. */
const COUNT_MS = 5000;

/**
 * Turning to another group means writing one and reading one. So a few sessions of an older group that end late wait for each other, so
 * long in ms; searches read them meanwhile.
 */
const FEW = 64;
const LATE_MS = 60_000;

/** UTF-16 units that are folded at once. */
const PIECE = 65_536;

export class Indexer {
  readonly #capture: SearchCapture;
  /** Groups that may have sessions to take in. */
  readonly #dirty = new Set<number>();
  /** Older groups with a few sessions to take in, and since when. */
  readonly #late = new Set<number>();
  #lateSince = 0;
  /** Those that have waited long enough. */
  readonly #recalled = new Set<number>();
  /** Sessions in each group that are in the index. */
  readonly #covered = new Map<number, number>();
  /** The group in memory, and sessions of it that wait. */
  #open: { readonly group: Group; waiting: SessionId[]; unsaved: number } | undefined;
  #sessions = 0;
  #countedAt = Number.NEGATIVE_INFINITY;
  /** Why the last group could not be written, if so: then the index stays as it is on disk. */
  problem: string | undefined;

  constructor(capture: SearchCapture) {
    this.#capture = capture;
    const lastId = capture.lastId();
    for (const group of storedGroups(capture.folder)) this.#checkStored(group, lastId);
    for (let group = 0; group <= groupOf(lastId); group++) this.#dirty.add(group);
  }

  /** Sessions of these groups have ended. */
  ended(groups: Iterable<number>): void {
    for (const group of groups) this.#dirty.add(group);
  }

  /** Sessions were removed: what is left of groups without any goes too. */
  removed(): void {
    for (const group of [...this.#covered.keys()]) {
      if (this.#hasSessions(group)) continue;
      removeGroup(this.#capture.folder, group);
      this.#covered.delete(group);
      if (this.#open?.group.group === group) this.#open = undefined;
    }
  }

  get working(): boolean {
    return this.#dirty.size > 0 || (this.#open?.waiting.length ?? 0) > 0;
  }

  status(): SearchIndexStatus {
    let indexed = 0;
    for (const count of this.#covered.values()) indexed += count;
    const now = performance.now();
    if (!this.working || now - this.#countedAt > COUNT_MS) {
      this.#sessions = this.#capture.count();
      this.#countedAt = now;
    }
    return { indexed, sessions: this.#sessions, working: this.working };
  }

  /** A group for a search; what is in memory is newer than what is on disk. Dispose it. */
  bits(group: number): (GroupBits & Partial<Disposable>) | undefined {
    if (this.#open?.group.group === group) return this.#open.group;
    return GroupFile.open(this.#capture.folder, group);
  }

  /** A search has found that a group on disk is not what was written. */
  distrust(group: number): void {
    removeGroup(this.#capture.folder, group);
    this.#covered.delete(group);
    this.#dirty.add(group);
  }

  /** Takes one session in; answers whether there was one. */
  async step(): Promise<boolean> {
    while (true) {
      const open = this.#open;
      const id = open?.waiting.pop();
      if (open !== undefined && id !== undefined) {
        await this.#take(open.group, id);
        open.unsaved += 1;
        return true;
      }
      if (this.#late.size > 0 && performance.now() - this.#lateSince > LATE_MS) this.#recall();
      const [next] = this.#dirty;
      if (next === undefined) return false;
      this.#dirty.delete(next);
      this.#turnTo(next);
    }
  }

  /** Puts what is in memory on disk. */
  save(): void {
    const open = this.#open;
    if (open === undefined || open.unsaved === 0) return;
    try {
      saveGroup(this.#capture.folder, open.group);
      this.problem = undefined;
    } catch (error) {
      this.problem = error instanceof Error ? error.message : String(error);
    }
    open.unsaved = 0;
  }

  /** Forgets what is not of this capture's sessions any more, and counts the rest. */
  #checkStored(group: number, lastId: number): void {
    using file = GroupFile.open(this.#capture.folder, group);
    // After a power cut the capture may have lost its newest sessions, and their numbers are given again.
    const ahead = file !== undefined && lastCovered(file, group) > lastId;
    if (file === undefined || ahead || !this.#hasSessions(group)) removeGroup(this.#capture.folder, group);
    else this.#covered.set(group, countBits(file.coverage));
  }

  #hasSessions(group: number): boolean {
    const first = firstIdOf(group);
    const sql = 'SELECT 1 FROM sessions WHERE id BETWEEN ? AND ? LIMIT 1';
    return this.#capture.db.prepare(sql).get(first, first + GROUP_SESSIONS - 1) !== undefined;
  }

  /** Looks which sessions of a group wait, and brings the group into memory if any do. */
  #turnTo(number: number): void {
    const first = firstIdOf(number);
    const kept = this.#open?.group.group === number ? this.#open.group : undefined;
    using file = kept === undefined ? GroupFile.open(this.#capture.folder, number) : undefined;
    const coverage = kept?.coverage ?? file?.coverage;
    const waiting = this.#capture.db
      .prepare('SELECT id FROM sessions WHERE id BETWEEN ? AND ? AND state <> 0')
      .all(first, first + GROUP_SESSIONS - 1)
      .map(({ id }) => Number(id))
      .filter((id) => coverage === undefined || !hasBit(coverage, id));
    if (waiting.length === 0) return;
    if (this.#isLate(number, waiting.length)) {
      if (this.#late.size === 0) this.#lateSince = performance.now();
      this.#late.add(number);
      return;
    }
    this.#late.delete(number);
    if (this.#open !== undefined && kept !== undefined) {
      this.#open.waiting = waiting;
      return;
    }
    this.save();
    let group: Group | undefined;
    try {
      group = file?.load(number);
    } catch {
      this.distrust(number);
      return;
    }
    this.#open = { group: group ?? new Group(number, this.#open?.group), waiting, unsaved: 0 };
  }

  #isLate(number: number, waiting: number): boolean {
    const recalled = this.#recalled.delete(number);
    return !recalled && this.#open !== undefined && number < this.#open.group.group && waiting < FEW;
  }

  #recall(): void {
    for (const group of this.#late) {
      this.#recalled.add(group);
      this.#dirty.add(group);
    }
    this.#late.clear();
  }

  async #take(group: Group, id: SessionId): Promise<void> {
    let cut = false;
    let unlike = false;
    try {
      const session = this.#capture.session(id);
      if (session === undefined) return;
      const add = group.adder(id);
      for await (const part of this.#capture.parts.partsOf(session, EVERYWHERE, false)) {
        cut ||= part.cut;
        const text = part.text?.();
        if (text === undefined) {
          unlike = true;
          continue;
        }
        addGrams(text.text, add);
        const filtered = part.asFiltered?.();
        if (filtered !== undefined && filtered !== text.text) addGrams(filtered, add);
        for (const reading of text.readings) addGrams(reading.text, add);
      }
    } catch (error) {
      if (!(error instanceof SluiceError)) throw error;
      // What is damaged stays out, and every search tries again and says so.
      return;
    }
    group.cover(id, cut, cut || unlike);
    this.#covered.set(group.group, (this.#covered.get(group.group) ?? 0) + 1);
  }
}

/** In pieces: the folded form of a long text would be as long again. They overlap, so that no gram falls between two. */
function addGrams(text: string, add: (gram: number) => void): void {
  for (let from = 0; from < text.length; from += PIECE) {
    // A character of two units is folded whole, at either end.
    const start = from > 0 && isLow(text.charCodeAt(from)) ? from - 1 : from;
    const end = from + PIECE + GRAM;
    eachGram(fold(text.slice(start, isLow(text.charCodeAt(end)) ? end + 1 : end)), add);
  }
}

const isLow = (unit: number) => unit >= 0xdc00 && unit < 0xe000;
