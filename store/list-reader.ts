/** Windows of the list of sessions: filtered, ordered, counted. */
import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import type { SessionOrder, SortKey } from '#model/contract/contract.ts';
import type { Filter } from '#model/filter/ast.ts';
import type { SessionId, SessionRow } from '#model/session.ts';
import type { StorePage, StoreQuery } from './capture-store.ts';
import { filterSql } from './filter-sql.ts';
import { HOST, HTTP_VERSION, METHOD, MIME, rowFromDb, SELECT_ROWS } from './row-codec.ts';

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

  query(query: StoreQuery): StorePage {
    // First the ids alone: the sorter then carries no columns of the many rows that are not shown.
    const rows = this.#rows(this.ids(query));
    const total = this.#total();
    if (query.filter.type === 'all') return { rows, total, matched: total };
    const { sql, params } = filterSql(query.filter);
    return { rows, total, matched: this.#count(sql, params) };
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

  #rows(ids: readonly SessionId[]): SessionRow[] {
    const found = this.#db
      .prepare(`${SELECT_ROWS} WHERE s.id IN (SELECT value FROM json_each(?))`)
      .all(JSON.stringify(ids));
    const byId = new Map(found.map((row) => [Number(row.id), rowFromDb(row)]));
    return ids.flatMap((id) => byId.get(id) ?? []);
  }

  #count(sql: string, params: readonly SQLInputValue[]): number {
    return Number(
      this.#db.prepare(`SELECT count(*) AS count FROM sessions WHERE ${sql}`).get(...params)?.count,
    );
  }
}
