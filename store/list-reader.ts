/**
 * Windows of the list of sessions: filtered, ordered, counted. What takes long can be asked for in steps: each answers with what is known
 * by then, and leaving off is not asking again.
 */
import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import type { Filter } from '#model/filter/ast.ts';
import { isRelative } from '#model/filter/needs.ts';
import type { SessionId, SessionRow } from '#model/session.ts';
import type { StorePage, StoreQuery } from './capture-store.ts';
import { filterSql, type SqlCondition } from './filter-sql.ts';
import { Blocks, blockOf, MatchCounts, rangeOf } from './match-counts.ts';
import { damagedRow, rowFromDb, SELECT_ROWS } from './row-codec.ts';
import { SortOrders } from './sort-orders.ts';
import { TimelineReader } from './timeline-reader.ts';
import { TreeReader } from './tree-reader.ts';

/** Filters whose counts are kept: of the list, and of what is hidden from it. */
const KEPT_FILTERS = 8;
/** A condition with times before now is good for so long. */
const RELATIVE_MS = 1000;

interface Kept {
  readonly condition: SqlCondition;
  readonly counts: MatchCounts;
  /** Whether every block's count is known. */
  counted: boolean;
  /** When the condition was made. */
  readonly at: number;
}

/** A window of the list as it was asked for last, until something changes. */
interface LastWindow {
  readonly name: string;
  readonly ids: readonly SessionId[];
}

/** Rows by their ids, in that order; ids of no session are passed over. */
export function readRows(db: DatabaseSync, ids: readonly SessionId[]): SessionRow[] {
  const found = db
    .prepare(`${SELECT_ROWS} WHERE s.id IN (SELECT value FROM json_each(?))`)
    .all(JSON.stringify(ids));
  const byId = new Map(found.map((row) => [Number(row.id), row]));
  return ids.flatMap((id) => {
    const row = byId.get(id);
    if (row === undefined) return [];
    try {
      return rowFromDb(row);
    } catch {
      // The others are whole; reading this one says what is wrong with it.
      return damagedRow(id);
    }
  });
}

/** The connection has the functions of filter-functions.ts. */
export class ListReader {
  readonly #db: DatabaseSync;
  readonly #total: () => number;
  readonly #blocks: Blocks;
  /** By filter, those used last at the end. */
  readonly #kept = new Map<string, Kept>();
  #last: LastWindow | undefined;
  readonly orders: SortOrders;
  readonly tree: TreeReader;
  readonly timeline: TimelineReader;

  /** `total` counts all sessions. With `mayIndex` large lists get an index for the order that is asked for. */
  constructor(db: DatabaseSync, total: () => number, mayIndex = false) {
    this.#db = db;
    this.#total = total;
    this.#blocks = new Blocks(db);
    this.orders = new SortOrders(db, mayIndex);
    this.tree = new TreeReader(db, this.#blocks);
    this.timeline = new TimelineReader(db, this.#blocks);
  }

  /** The window and the exact count, however long that takes. */
  query(query: StoreQuery): StorePage {
    return this.step(query, Number.POSITIVE_INFINITY);
  }

  /**
   * What can be said within about `ms`: rows and `matched` are of what has been looked at so far, and final once `counted` is true. Asking
   * again goes on from there.
   */
  step(query: StoreQuery, ms: number): StorePage {
    const due = performance.now() + ms;
    const total = this.#total();
    const kept = this.#keptFor(query.filter);
    // The rows come first: that is what somebody waits for.
    let ids = this.#window(query, kept, due);
    if (query.filter.type !== 'all') kept.counted = kept.counts.goOn(due);
    if (query.order.by === 'id' && ids.length < query.limit) ids = this.#window(query, kept, due);
    const counted = query.filter.type === 'all' || kept.counted;
    const matched = query.filter.type === 'all' ? total : kept.counts.matched;
    return { rows: readRows(this.#db, ids), total, matched, counted };
  }

  ids(query: StoreQuery): SessionId[] {
    return this.#window(query, this.#keptFor(query.filter), Number.POSITIVE_INFINITY);
  }

  position({ filter, order }: Pick<StoreQuery, 'filter' | 'order'>, id: SessionId): number {
    const { condition, counts } = this.#keptFor(filter);
    const { sql, params } = condition;
    if (order.by !== 'id') return this.orders.position(condition, order, id);
    const [own, first, last] = [params.length + 1, params.length + 1, params.length + 2];
    if (this.#count(`id = ?${own} AND ${sql}`, [...params, id]) === 0) return -1;
    let before = 0;
    for (const block of this.#blocks.all(order.descending)) {
      if (block === blockOf(id)) break;
      before += counts.known(block) ?? counts.count(block);
    }
    const [from, to] = rangeOf(blockOf(id));
    const range = order.descending ? [id + 1, to] : [from, id - 1];
    return before + this.#count(`id BETWEEN ?${first} AND ?${last} AND ${sql}`, [...params, ...range]);
  }

  /** These sessions have come or changed. */
  changed(...lists: readonly (readonly SessionId[])[]): void {
    this.#last = undefined;
    const blocks = new Set<number>();
    for (const ids of lists) for (const id of ids) blocks.add(blockOf(id));
    this.tree.changed(blocks);
    this.timeline.changed(blocks);
    for (const kept of this.#kept.values()) {
      kept.counts.changed(blocks);
      kept.counted = false;
    }
  }

  /** Anything may have changed. */
  forget(): void {
    this.#last = undefined;
    this.#kept.clear();
    this.tree.forget();
    this.timeline.forget();
  }

  #keptFor(filter: Filter): Kept {
    const name = JSON.stringify(filter);
    const before = this.#kept.get(name);
    // What is counted from now is another condition a moment later.
    const known =
      before?.counted && performance.now() - before.at > RELATIVE_MS && isRelative(filter)
        ? undefined
        : before;
    const condition = known?.condition ?? filterSql(filter);
    const kept = known ?? {
      condition,
      counts: new MatchCounts(this.#db, condition, this.#blocks),
      counted: false,
      at: performance.now(),
    };
    this.#kept.delete(name);
    this.#kept.set(name, kept);
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= KEPT_FILTERS) break;
      this.#kept.delete(oldest);
    }
    return kept;
  }

  #window(query: StoreQuery, kept: Kept, due: number): readonly SessionId[] & SessionId[] {
    const { filter, order, offset, limit } = query;
    if (order.by === 'id') return this.#byBlock(query, kept, due);
    const name = JSON.stringify(query);
    if (this.#last?.name === name) return [...this.#last.ids];
    const total = this.#total();
    const matched = filter.type === 'all' ? total : kept.counted ? kept.counts.matched : undefined;
    const ids = this.orders.ids({ condition: kept.condition, order, offset, limit, total, matched });
    this.#last = { name, ids };
    return ids;
  }

  /** By id: whole blocks are passed over by their counts. Ends early when the time is up, but never before it has done something. */
  #byBlock({ order, offset, limit }: StoreQuery, { condition, counts }: Kept, due: number): SessionId[] {
    const { sql, params } = condition;
    const way = order.descending ? 'DESC' : 'ASC';
    const range = `id BETWEEN ?${params.length + 1} AND ?${params.length + 2}`;
    const ids: SessionId[] = [];
    let skip = offset;
    for (const block of this.#blocks.all(order.descending)) {
      if (ids.length >= limit) break;
      const known = counts.known(block);
      const count = known ?? counts.count(block);
      if (skip >= count) skip -= count;
      else {
        const found = this.#db
          .prepare(
            `SELECT id FROM sessions WHERE ${range} AND ${sql} ORDER BY id ${way} LIMIT ${limit - ids.length} OFFSET ${skip}`,
          )
          .all(...params, ...rangeOf(block));
        for (const { id } of found) ids.push(Number(id));
        skip = 0;
      }
      if (known === undefined && performance.now() >= due) break;
    }
    return ids;
  }

  #count(condition: string, params: readonly SQLInputValue[]): number {
    return Number(
      this.#db.prepare(`SELECT count(*) AS count FROM sessions WHERE ${condition}`).get(...params)?.count,
    );
  }
}
