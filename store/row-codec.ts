/** Between rows of the index and the model's types: words are numbers there, and texts and origins are kept once. */
import type { SQLOutputValue } from 'node:sqlite';
import { type SessionId, SessionRow, Severity } from '#model/session.ts';
import { FAILURES, KINDS, SOURCES, STATES, wordOf } from './codes.ts';

export type DbRow = Record<string, SQLOutputValue>;

const text = (column: string) => `(SELECT text FROM texts WHERE id = ${column})`;
const origin = (part: string) => `(SELECT ${part} FROM origins WHERE id = origin)`;

/** What columns of `sessions` refer to, as expressions over a row of it: to filter and to sort by. */
export const METHOD = text('method');
export const HTTP_VERSION = text('http_version');
export const MIME = text('mime');
export const PROCESS = text('process');
export const HOST = origin('host');
export const URL_TEXT = `ifnull(url, ${origin('prefix')} || path)`;

/** Selects what `rowFromDb` reads, and where the log lies, from `sessions` under the name of `s`. */
export const SELECT_ROWS = `SELECT s.id, s.kind, s.source, s.state, s.started_at, s.duration_ms, m.text AS method,
    ifnull(s.url, o.prefix || s.path) AS url, o.scheme, o.host, o.port, s.path, s.status, v.text AS http_version,
    t.text AS mime, s.request_size, s.response_size, s.error, s.findings, s.severity, s.mark, s.comment, s.parent_id,
    s.messages, s.segment, s.position, s.length, s.dropped, p.text AS process
  FROM sessions AS s LEFT JOIN origins AS o ON o.id = s.origin LEFT JOIN texts AS m ON m.id = s.method
    LEFT JOIN texts AS v ON v.id = s.http_version LEFT JOIN texts AS t ON t.id = s.mime
    LEFT JOIN texts AS p ON p.id = s.process`;

/** The severity with that rank (model/filter/fields.ts); none for 0. */
export function severityFromRank(rank: SQLOutputValue | undefined): Severity | undefined {
  return typeof rank === 'number' ? Severity.options[rank - 1] : undefined;
}

/** A row as the list shows it. @throws when the index holds what the model does not know. */
export function rowFromDb(db: DbRow): SessionRow {
  const row: Record<string, unknown> = {
    id: db.id,
    kind: wordOf(KINDS, Number(db.kind)),
    source: wordOf(SOURCES, Number(db.source)),
    state: wordOf(STATES, Number(db.state)),
    startedAt: db.started_at,
    durationMs: db.duration_ms,
    method: db.method,
    url: db.url,
    scheme: db.scheme,
    host: db.host,
    port: db.port,
    path: db.path,
    status: db.status,
    httpVersion: db.http_version,
    mime: db.mime === '' ? null : db.mime,
    requestBodySize: db.request_size,
    responseBodySize: db.response_size,
    error: wordOf(FAILURES, Number(db.error)) || null,
    findings: db.findings,
    severity: severityFromRank(db.severity),
    mark: db.mark,
    comment: db.comment,
    parentId: db.parent_id,
    process: db.process === '' ? null : db.process,
  };
  for (const key of Object.keys(row)) if (row[key] === null || row[key] === undefined) delete row[key];
  return SessionRow.parse(row);
}

/** A row that says nothing: what reads one has every field there. */
export const BLANK_ROW: SessionRow = {
  id: 1,
  kind: 'http',
  source: 'proxy',
  state: 'completed',
  startedAt: 0,
  method: '',
  url: '',
  scheme: '',
  host: '',
  port: 0,
  path: '',
  httpVersion: '',
  requestBodySize: 0,
  responseBodySize: 0,
  findings: 0,
  mark: 0,
};

/** Stands in a list for a row that cannot be read. */
export const damagedRow = (id: SessionId): SessionRow => ({
  ...BLANK_ROW,
  id,
  state: 'failed',
  path: '(damaged)',
  error: 'other',
});

const INSERTED = `id, kind, source, state, started_at, duration_ms, method, origin, path, url, status, http_version, mime,
  request_size, response_size, messages, error, parent_id, segment, position, length, dropped, process`;
const MARKS = `(${INSERTED.replace(/\w+/g, '?')})`;

/** Sessions' first rows, so many of them: what capture knows, not what people and checks add later. */
export const insertSessions = (rows: number): string =>
  `INSERT INTO sessions (${INSERTED}) VALUES ${Array(rows).fill(MARKS).join(', ')}`;

/** What can still change of it. */
export const UPDATE_SESSION = `UPDATE sessions SET kind = ?, state = ?, duration_ms = ?, status = ?, mime = ?,
  request_size = ?, response_size = ?, messages = ?, error = ?, segment = ?, position = ?, length = ?,
  dropped = ?, process = ? WHERE id = ?`;
