/**
 * How many sessions began in each span of time, by what became of them: under a filter, in blocks of ids as lists are counted. Spans have one
 * of some widths and begin at multiples of it, so that a capture which grows is counted at its end alone.
 */
import type { DatabaseSync } from 'node:sqlite';
import type { Timeline } from '#model/contract/tree.ts';
import { isRelative } from '#model/filter/needs.ts';
import { BlockSums } from './block-sums.ts';
import type { TimelinePage, TimelineQuery } from './capture-store.ts';
import { filterSql } from './filter-sql.ts';
import type { Blocks } from './match-counts.ts';

/** Filters with a width that are kept, those asked for last. */
const KEPT = 6;
const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** ms. */
const WIDTHS = [
  ...[1, 2, 5, 10, 20, 50, 100, 200, 500],
  ...[1, 2, 5, 10, 15, 30].map((n) => n * SECOND),
  ...[1, 2, 5, 10, 15, 30].map((n) => n * MINUTE),
  ...[1, 2, 3, 6, 12].map((n) => n * HOUR),
  ...[1, 2, 7, 14, 28].map((n) => n * DAY),
];

interface Extent {
  readonly first: number;
  readonly last: number;
}
interface Span {
  readonly fine: number;
  readonly refused: number;
  readonly failed: number;
}

const WHOLE = 'whole';
const isRefused = 'error = 0 AND status BETWEEN 400 AND 499';
const isFailed = '(error <> 0 OR ifnull(status, 0) >= 500)';

/** The narrowest that needs no more than so many spans for `ms`; beyond the widest, whole numbers of it. */
export function spanWidth(ms: number, spans: number): number {
  // A range seldom begins where a span does, and then touches one more.
  const least = ms / Math.max(1, spans - 1);
  const widest = 28 * DAY;
  return WIDTHS.find((width) => width >= least) ?? Math.ceil(least / widest) * widest;
}

export class TimelineReader {
  readonly #db: DatabaseSync;
  readonly #blocks: Blocks;
  #extents: BlockSums<Extent>;
  readonly #kept = new Map<string, BlockSums<Span>>();

  constructor(db: DatabaseSync, blocks: Blocks) {
    this.#db = db;
    this.#blocks = blocks;
    this.#extents = this.#newExtents();
  }

  /** What is known within about `ms`; asking again goes on from there. Sessions on which the filter is not answered are left out. */
  step(query: TimelineQuery, ms: number): TimelinePage {
    const due = performance.now() + ms;
    let counted = this.#extents.goOn(due);
    const extent = this.#extents.total().get(WHOLE);
    const empty: Timeline = { start: 0, width: 1, fine: [], refused: [], failed: [] };
    if (extent === undefined) return { timeline: empty, counted };
    const from = query.from ?? extent.first;
    // The end of a range is not in it; the last session is.
    const to = Math.max(from + 1, query.to ?? extent.last + 1);
    const width = spanWidth(to - from, query.spans);
    const sums = this.#sumsFor(query, width);
    const inRange = (block: number) => {
      const known = this.#extents.of(block)?.get(WHOLE);
      return known === undefined || (known.last >= from && known.first < to);
    };
    counted = sums.goOn(due, inRange) && counted;
    const start = Math.floor(from / width) * width;
    const timeline = {
      extent,
      start,
      width,
      ...spread(sums.total(), start / width, Math.ceil((to - start) / width)),
    };
    return { timeline, counted };
  }

  changed(blocks: Iterable<number>): void {
    for (const sums of [this.#extents, ...this.#kept.values()]) sums.changed(blocks);
  }

  forget(): void {
    this.#extents = this.#newExtents();
    this.#kept.clear();
  }

  #newExtents(): BlockSums<Extent> {
    const statement = this.#db.prepare(
      'SELECT min(started_at) AS first, max(started_at) AS last FROM sessions WHERE id BETWEEN ? AND ?',
    );
    return new BlockSums(this.#blocks, {
      read: (first, last) => {
        const found = statement.get(first, last);
        const extent = { first: Number(found?.first), last: Number(found?.last) };
        return new Map(typeof found?.first === 'number' ? [[WHOLE, extent]] : []);
      },
      join: (a, b) => ({ first: Math.min(a.first, b.first), last: Math.max(a.last, b.last) }),
    });
  }

  #sumsFor({ filter }: TimelineQuery, width: number): BlockSums<Span> {
    const name = `${width} ${JSON.stringify(filter)}`;
    // What is counted from now is another condition a moment later.
    const known = isRelative(filter) ? undefined : this.#kept.get(name);
    const sums = known ?? this.#newSums(filter, width);
    this.#kept.delete(name);
    this.#kept.set(name, sums);
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= KEPT) break;
      this.#kept.delete(oldest);
    }
    return sums;
  }

  #newSums(filter: TimelineQuery['filter'], width: number): BlockSums<Span> {
    const { sql, params } = filterSql(filter);
    const [from, to] = [params.length + 1, params.length + 2];
    const statement = this.#db.prepare(
      `SELECT CAST(floor(started_at / ${width}) AS INTEGER) AS span, count(*) AS sessions, total(${isRefused}) AS refused,
          total(${isFailed}) AS failed
        FROM sessions WHERE id BETWEEN ?${from} AND ?${to} AND ${sql} GROUP BY span`,
    );
    return new BlockSums(this.#blocks, {
      read: (first, last) =>
        new Map(
          statement.all(...params, first, last).map((row): [string, Span] => {
            const [refused, failed] = [Number(row.refused), Number(row.failed)];
            return [String(row.span), { fine: Number(row.sessions) - refused - failed, refused, failed }];
          }),
        ),
      join: (a, b) => ({
        fine: a.fine + b.fine,
        refused: a.refused + b.refused,
        failed: a.failed + b.failed,
      }),
    });
  }
}

/** As lists of so many spans, the first with that number. */
function spread(found: ReadonlyMap<string, Span>, first: number, spans: number): Pick<Timeline, keyof Span> {
  const lists = { fine: blank(spans), refused: blank(spans), failed: blank(spans) };
  for (const [key, span] of found) {
    const at = Number(key) - first;
    if (at < 0 || at >= spans) continue;
    lists.fine[at] = span.fine;
    lists.refused[at] = span.refused;
    lists.failed[at] = span.failed;
  }
  return lists;
}

const blank = (length: number): number[] => new Array<number>(length).fill(0);
