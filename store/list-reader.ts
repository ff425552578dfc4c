/** Windows of the list of sessions: filtered, ordered, counted. */
import type { DatabaseSync, SQLInputValue, SQLOutputValue } from 'node:sqlite';
import type { SessionOrder, SortKey } from '#model/contract/contract.ts';
import type { Filter } from '#model/filter/ast.ts';
import type { SessionId, SessionRow } from '#model/session.ts';
import type { StorePage, StoreQuery } from './capture-store.ts';
import { filterSql, type SqlCondition } from './filter-sql.ts';
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

/** Rows by their ids, in that order; ids of no session are passed over. */
export function readRows(db: DatabaseSync, ids: readonly SessionId[]): SessionRow[] {
  const found = db
    .prepare(`${SELECT_ROWS} WHERE s.id IN (SELECT value FROM json_each(?))`)
    .all(JSON.stringify(ids));
  const byId = new Map(found.map((row) => [Number(row.id), rowFromDb(row)]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}

/** The connection has the functions of filter-functions.ts. */
export class ListReader {
  readonly #db: DatabaseSync;
  readonly #total: () => number;

  /** `total` counts all sessions; a writer knows the number, a reader has to ask the index. */
  constructor(db: DatabaseSync, total: () => number) {
    this.#db = db;
    this.#total = total;
  }

  /** What is known so far where the filter has to be judged: see `StorePage.pending`. */
  query(query: StoreQuery): StorePage {
    // First the ids alone: the sorter then carries no columns of the many rows that are not shown.
    const rows = readRows(this.#db, this.ids(query));
    const total = this.#total();
    if (query.filter.type === 'all') return { rows, total, matched: total };
    const condition = filterSql(query.filter);
    if (condition.judged.length === 0) return { rows, total, matched: this.#count(condition, condition.sql) };
    const counts = this.#all(
      condition,
      `SELECT ifnull(sum(passes), 0) AS matched, ifnull(sum(passes IS NULL), 0) AS pending
        FROM (SELECT (${condition.sql}) AS passes FROM sessions)`,
    )[0];
    return { rows, total, matched: Number(counts?.matched), pending: Number(counts?.pending) };
  }

  ids({ filter, order, offset, limit }: StoreQuery): SessionId[] {
    const condition = filterSql(filter);
    return this.#all(
      condition,
      `SELECT id FROM sessions WHERE ${condition.sql} ORDER BY ${orderSql(order)} LIMIT ${limit} OFFSET ${offset}`,
    ).map((row) => Number(row.id));
  }

  position({ filter, order }: { filter: Filter; order: SessionOrder }, id: SessionId): number {
    const condition = filterSql(filter);
    const { sql, params } = condition;
    const keys = [...SORT[order.by], 'id'];
    const named = keys.map((key, i) => `${key} AS k${i}`).join(', ');
    const own = `${sql} AND id = ?${params.length + 1}`;
    const at = this.#all(condition, `SELECT ${named} FROM sessions WHERE ${own}`, [id])[0];
    if (at === undefined) return -1;
    const values = keys.map((_, i) => at[`k${i}`] ?? null);
    const marks = values.map((_, i) => `?${params.length + 1 + i}`).join(', ');
    const before = `${sql} AND (${keys.join(', ')}) ${order.descending ? '>' : '<'} (${marks})`;
    return this.#count(condition, before, values);
  }

  #count(condition: SqlCondition, where: string, more: readonly SQLInputValue[] = []): number {
    return Number(
      this.#all(condition, `SELECT count(*) AS count FROM sessions WHERE ${where}`, more)[0]?.count,
    );
  }

  #all(
    condition: SqlCondition,
    sql: string,
    more: readonly SQLInputValue[] = [],
  ): Record<string, SQLOutputValue>[] {
    return this.#db.prepare(sql).all(...condition.params, ...more);
  }
}
