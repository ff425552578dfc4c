/**
 * Sessions in the order of a column. Small lists are sorted as they are asked for; for large ones the writer makes an index of that column
 * when somebody first sorts by it, and takes it away when the capture is closed: recording does not pay for orders that nobody looks at.
 *
 * Columns that hold the number of a text (methods, hosts, types) are ordered by the text, then by the number, then by id: with an index by
 * number, the list is then one stretch for each text.
 */
import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import type { SessionOrder, SortKey } from '#model/contract/contract.ts';
import type { SessionId } from '#model/session.ts';
import type { SqlCondition } from './filter-sql.ts';
import { HOST, HTTP_VERSION, METHOD, MIME, PROCESS } from './row-codec.ts';

/** Fewer sessions than this are sorted without an index. */
const INDEXED_FROM = 20_000;
/** A filter that passes fewer than one in so many of the rows that are asked for is quicker without the index. */
const DENSE = 12;

interface ByText {
  readonly column: string;
  readonly table: 'texts' | 'origins';
  readonly text: string;
  /** The text as an expression over a row. */
  readonly sql: string;
}

/** None of these is ever null, so that a session's position can be found by comparing. */
const PLAIN: Readonly<Partial<Record<SortKey, readonly string[]>>> = {
  status: ['ifnull(status, 0)'],
  path: ['path'],
  size: ['response_size'],
  duration: ['ifnull(duration_ms, -1)'],
  findings: ['severity', 'findings'],
  time: ['started_at'],
};
const BY_TEXT: Readonly<Partial<Record<SortKey, ByText>>> = {
  method: { column: 'method', table: 'texts', text: 'text', sql: METHOD },
  protocol: { column: 'http_version', table: 'texts', text: 'text', sql: HTTP_VERSION },
  host: { column: 'origin', table: 'origins', text: 'host', sql: HOST },
  type: { column: 'mime', table: 'texts', text: 'text', sql: MIME },
  process: { column: 'process', table: 'texts', text: 'text', sql: PROCESS },
};

const keysOf = (by: SortKey): readonly string[] => {
  const text = BY_TEXT[by];
  return text ? [text.sql, text.column, 'id'] : [...(PLAIN[by] ?? []), 'id'];
};
const indexName = (by: SortKey) => `sort_${by}`;
const direction = (descending: boolean) => (descending ? 'DESC' : 'ASC');

export interface SortedQuery {
  readonly condition: SqlCondition;
  readonly order: SessionOrder;
  readonly offset: number;
  readonly limit: number;
  /** How many sessions there are, and how many of them pass, as far as is known. */
  readonly total: number;
  readonly matched: number | undefined;
}

export class SortOrders {
  readonly #db: DatabaseSync;
  readonly #made = new Set<SortKey>();
  /** Asked for and not there yet. */
  #wanted: SortKey | undefined;
  readonly #mayIndex: boolean;

  /** Without `mayIndex` everything is sorted as it is asked for. */
  constructor(db: DatabaseSync, mayIndex: boolean) {
    this.#db = db;
    this.#mayIndex = mayIndex;
  }

  ids(query: SortedQuery): SessionId[] {
    const { order, condition, offset, limit } = query;
    const indexed = this.#isIndexed(query);
    const groups = indexed ? BY_TEXT[order.by] : undefined;
    if (groups !== undefined) return this.#grouped(query, groups);
    const by = keysOf(order.by)
      .map((key) => `${key} ${direction(order.descending)}`)
      .join(', ');
    const how = indexed ? `INDEXED BY ${indexName(order.by)}` : 'NOT INDEXED';
    return this.#ids(
      `SELECT id FROM sessions ${how} WHERE ${condition.sql} ORDER BY ${by} LIMIT ${limit} OFFSET ${offset}`,
      condition.params,
    );
  }

  /** How many sessions that pass come before this one; -1 when it does not pass itself. */
  position({ sql, params }: SqlCondition, { by, descending }: SessionOrder, id: SessionId): number {
    const keys = keysOf(by);
    const named = keys.map((key, i) => `${key} AS k${i}`).join(', ');
    const at = this.#db
      .prepare(`SELECT ${named} FROM sessions WHERE ${sql} AND id = ?${params.length + 1}`)
      .get(...params, id);
    if (at === undefined) return -1;
    const values = keys.map((_, i) => at[`k${i}`] ?? null);
    const marks = values.map((_, i) => `?${params.length + 1 + i}`).join(', ');
    return this.#count(`${sql} AND (${keys.join(', ')}) ${descending ? '>' : '<'} (${marks})`, [
      ...params,
      ...values,
    ]);
  }

  /** Makes the index that was asked for last, if any. */
  makeWanted(): void {
    const by = this.#wanted;
    this.#wanted = undefined;
    if (by === undefined || this.#made.has(by)) return;
    const columns = BY_TEXT[by]?.column ?? PLAIN[by]?.join(', ');
    this.#db.exec(`CREATE INDEX IF NOT EXISTS ${indexName(by)} ON sessions (${columns})`);
    this.#made.add(by);
  }

  get wantsIndex(): boolean {
    return this.#wanted !== undefined;
  }

  /** Takes the indexes away. */
  dropAll(): void {
    for (const by of this.#made) this.#db.exec(`DROP INDEX IF EXISTS ${indexName(by)}`);
    this.#made.clear();
  }

  #isIndexed({ order: { by }, total, matched, offset, limit }: SortedQuery): boolean {
    if (!this.#mayIndex || total < INDEXED_FROM) return false;
    if (!this.#made.has(by)) {
      this.#wanted = by;
      return false;
    }
    return matched === total || (matched !== undefined && (offset + limit) * DENSE < matched);
  }

  /** The groups one after the other; those before the window are counted only. */
  #grouped({ condition, order, offset, limit }: SortedQuery, by: ByText): SessionId[] {
    const { sql, params } = condition;
    const index = `sessions INDEXED BY ${indexName(order.by)}`;
    const own = `${by.column} = ?${params.length + 1} AND ${sql}`;
    const count = this.#db.prepare(`SELECT count(*) AS count FROM ${index} WHERE ${own}`);
    const ids: SessionId[] = [];
    let skip = offset;
    for (const group of this.#groups(by, order)) {
      if (ids.length >= limit) break;
      if (skip > 0) {
        const size = Number(count.get(...params, group)?.count);
        if (skip >= size) {
          skip -= size;
          continue;
        }
      }
      const rest = `LIMIT ${limit - ids.length} OFFSET ${skip}`;
      const found = this.#ids(
        `SELECT id FROM ${index} WHERE ${own} ORDER BY id ${direction(order.descending)} ${rest}`,
        [...params, group],
      );
      for (const id of found) ids.push(id);
      skip = 0;
    }
    return ids;
  }

  /** The numbers that sessions have in the column, in the order of their texts. */
  #groups({ column, table, text }: ByText, order: SessionOrder): number[] {
    const next = this.#db.prepare(
      `SELECT min(${column}) AS value FROM sessions INDEXED BY ${indexName(order.by)} WHERE ${column} > ?`,
    );
    const values: number[] = [];
    for (let last = -1; ; ) {
      const value = next.get(last)?.value;
      if (typeof value !== 'number') break;
      values.push(value);
      last = value;
    }
    const way = direction(order.descending);
    return this.#ids(
      `SELECT value AS id FROM json_each(?) LEFT JOIN ${table} AS t ON t.id = value ORDER BY t.${text} ${way}, value ${way}`,
      [JSON.stringify(values)],
    );
  }

  #ids(sql: string, params: readonly SQLInputValue[]): number[] {
    return this.#db
      .prepare(sql)
      .all(...params)
      .map(({ id }) => Number(id));
  }

  #count(condition: string, params: readonly SQLInputValue[]): number {
    const found = this.#db
      .prepare(`SELECT count(*) AS count FROM sessions WHERE ${condition}`)
      .get(...params);
    return Number(found?.count);
  }
}
