/** Everything that is asked of a capture without changing it: windows of the list, sessions, bodies by range, messages. */
import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import type { SessionOrder, SortKey } from '#model/contract/contract.ts';
import type { Filter } from '#model/filter/ast.ts';
import type { BodySide, Message, Session, SessionId } from '#model/session.ts';
import type { StorePage, StoreQuery } from './capture-store.ts';
import { filterSql } from './filter-sql.ts';
import { ROW_COLUMNS, rowFromDb } from './row-codec.ts';
import { readSegment } from './segments.ts';

/** Sort expressions; none is ever null, so that a session's position can be found by comparing. The id always breaks ties. */
const SORT: Readonly<Record<SortKey, readonly string[]>> = {
  id: [],
  method: ['method'],
  status: ['ifnull(status, 0)'],
  protocol: ['http_version'],
  host: ['host'],
  path: ['path'],
  type: ["ifnull(mime, '')"],
  size: ['response_size'],
  duration: ['ifnull(duration_ms, -1)'],
  findings: ['severity', 'findings'],
};

const orderSql = ({ by, descending }: SessionOrder) =>
  [...SORT[by], 'id'].map((part) => `${part} ${descending ? 'DESC' : 'ASC'}`).join(', ');

/** What the details table holds: a session without its row and what the row knows of it. */
type Detail = Omit<Session, 'row' | 'messageCount'>;

export class SessionReader {
  readonly #folder: string;
  readonly #db: DatabaseSync;
  readonly #total: () => number;

  /** `total` counts all sessions; a writer knows the number, a reader has to ask the index. */
  constructor(folder: string, db: DatabaseSync, total: () => number) {
    this.#folder = folder;
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

  get(id: SessionId): Session | undefined {
    const found = this.#db
      .prepare(`SELECT ${ROW_COLUMNS}, messages, detail FROM sessions JOIN details USING (id) WHERE id = ?`)
      .get(id);
    if (found === undefined) return undefined;
    const { messages, detail, ...rest } = found;
    const row = rowFromDb(rest);
    const session: Session = {
      row,
      ...(JSON.parse(String(detail)) as Detail),
      messageCount: Number(messages),
    };
    // The row is written with every batch, the detail only when heads or state change.
    session.request.body.size = row.requestBodySize;
    if (session.response !== undefined) session.response.body.size = row.responseBodySize;
    return session;
  }

  /** @throws SluiceError `capture-damaged` when a segment lacks the bytes */
  readBody(id: SessionId, side: BodySide, start: number, end: number): Uint8Array<ArrayBuffer> {
    const sideNumber = side === 'request' ? 0 : 1;
    const extents = this.#db
      .prepare(
        'SELECT start, segment, position, length FROM extents WHERE session = ? AND side = ? AND start < ? AND start + length > ? ORDER BY start',
      )
      .all(id, sideNumber, end, start);
    const last = extents.at(-1);
    const stop = last === undefined ? start : Math.min(end, Number(last.start) + Number(last.length));
    const body = new Uint8Array(Math.max(0, stop - start));
    for (const extent of extents) {
      const from = Math.max(start, Number(extent.start));
      const to = Math.min(stop, Number(extent.start) + Number(extent.length));
      const position = Number(extent.position) + from - Number(extent.start);
      readSegment(
        this.#folder,
        { segment: Number(extent.segment), position },
        body.subarray(from - start, to - start),
      );
    }
    return body;
  }

  messages(id: SessionId, from: number, limit: number): Message[] {
    return this.#db
      .prepare('SELECT * FROM messages WHERE session = ? AND number >= ? ORDER BY number LIMIT ?')
      .all(id, from, limit)
      .map((row) => {
        const data = new Uint8Array(Number(row.length));
        if (data.length > 0) {
          readSegment(this.#folder, { segment: Number(row.segment), position: Number(row.position) }, data);
        }
        const message: Message = {
          index: Number(row.number),
          direction: row.sent === 1 ? 'sent' : 'received',
          at: Number(row.at),
          opcode: Number(row.opcode),
          data,
        };
        if (row.close_code !== null) message.closeCode = Number(row.close_code);
        return message;
      });
  }

  #count(sql: string, params: readonly SQLInputValue[]): number {
    return Number(
      this.#db.prepare(`SELECT count(*) AS count FROM sessions WHERE ${sql}`).get(...params)?.count,
    );
  }
}
