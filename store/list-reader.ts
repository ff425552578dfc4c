/** Windows of the list of sessions: filtered, ordered, counted. */
import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import type { SessionOrder, SortKey } from '#model/contract/contract.ts';
import type { Filter } from '#model/filter/ast.ts';
import type { SessionId } from '#model/session.ts';
import type { StorePage, StoreQuery } from './capture-store.ts';
import { filterSql } from './filter-sql.ts';
import { HOST, HTTP_VERSION, METHOD, MIME, ROW_COLUMNS, rowFromDb } from './row-codec.ts';

/** Sort expressions; none is ever null, so that a session's position can be found by comparing. The id always breaks ties. */
const SORT: Readonly<Record<SortKey, readonly string[]>> = {
  id: [],
  method: [METHOD],
  status: ['ifnull(status, 0)'],
  protocol: [HTTP_VERSION],
  host: [HOST],
  path: ['path'],
  type: [MIME],
  size: ['response_size'],
  duration: ['ifnull(duration_ms, -1)'],
  findings: ['severity', 'findings'],
};

const orderSql = ({ by, descending }: SessionOrder) =>
  [...SORT[by], 'id'].map((part) => `${part} ${descending ? 'DESC' : 'ASC'}`).join(', ');

export class ListReader {
  readonly #db: DatabaseSync;
  readonly #total: () => number;

  /** `total` counts all sessions; a writer knows the number, a reader has to ask the index. */
  constructor(db: DatabaseSync, total: () => number) {
    this.#db = db;
    this.#total = total;
  }

  query({ filter, order, offset, limit }: StoreQuery): StorePage {
    const { sql, params } = filterSql(filter);
    const rows = this.#db
      .prepare(
        `SELECT ${ROW_COLUMNS} FROM sessions WHERE ${sql} ORDER BY ${orderSql(order)} LIMIT ${limit} OFFSET ${offset}`,
      )
      .all(...params)
      .map(rowFromDb);
    const total = this.#total();
    return { rows, total, matched: filter.type === 'all' ? total : this.#count(sql, params) };
  }

  ids({ filter, order, offset, limit }: StoreQuery): SessionId[] {
    const { sql, params } = filterSql(filter);
    return this.#db
      .prepare(
        `SELECT id FROM sessions WHERE ${sql} ORDER BY ${orderSql(order)} LIMIT ${limit} OFFSET ${offset}`,
      )
      .all(...params)
      .map((row) => Number(row.id));
  }

  position({ filter, order }: { filter: Filter; order: SessionOrder }, id: SessionId): number {
    const { sql, params } = filterSql(filter);
    const keys = [...SORT[order.by], 'id'];
    const named = keys.map((key, i) => `${key} AS k${i}`).join(', ');
    const at = this.#db
      .prepare(`SELECT ${named} FROM sessions WHERE ${sql} AND id = ?${params.length + 1}`)
      .get(...params, id);
    if (at === undefined) return -1;
    const values = keys.map((_, i) => at[`k${i}`] ?? null);
    const marks = values.map((_, i) => `?${params.length + 1 + i}`).join(', ');
    const before = order.descending ? '>' : '<';
    return this.#count(`${sql} AND (${keys.join(', ')}) ${before} (${marks})`, [...params, ...values]);
  }

  #count(sql: string, params: readonly SQLInputValue[]): number {
    return Number(
      this.#db.prepare(`SELECT count(*) AS count FROM sessions WHERE ${sql}`).get(...params)?.count,
    );
  }
}
