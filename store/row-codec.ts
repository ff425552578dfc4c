/** Between rows of the index and the model's types: words are numbers there, and texts and origins are kept once. */
import type { SQLOutputValue } from 'node:sqlite';
import { SessionRow, Severity } from '#model/session.ts';
import { FAILURES, KINDS, SOURCES, STATES, wordOf } from './codes.ts';

export type DbRow = Record<string, SQLOutputValue>;

/** SQL for what a column of `sessions` refers to. */
const text = (column: string) => `(SELECT text FROM texts WHERE id = ${column})`;
const origin = (part: string) => `(SELECT ${part} FROM origins WHERE id = origin)`;

export const METHOD = text('method');
export const HTTP_VERSION = text('http_version');
export const MIME = text('mime');
export const HOST = origin('host');
export const SCHEME = origin('scheme');
export const PORT = origin('port');
export const URL_TEXT = `ifnull(url, ${origin('prefix')} || path)`;

/** What `rowFromDb` reads, selected from `sessions`. */
export const ROW_COLUMNS =
  `id, kind, source, state, started_at, duration_ms, ${METHOD} AS method_text, ${URL_TEXT} AS url_text, ${SCHEME} AS scheme, ` +
  `${HOST} AS host, ${PORT} AS port, path, status, ${HTTP_VERSION} AS version_text, ${MIME} AS mime_text, ` +
  'request_size, response_size, error, findings, severity, mark, comment, parent_id';

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
    method: db.method_text,
    url: db.url_text,
    scheme: db.scheme,
    host: db.host,
    port: db.port,
    path: db.path,
    status: db.status,
    httpVersion: db.version_text,
    mime: db.mime_text === '' ? null : db.mime_text,
    requestBodySize: db.request_size,
    responseBodySize: db.response_size,
    error: wordOf(FAILURES, Number(db.error)) || null,
    findings: db.findings,
    severity: severityFromRank(db.severity),
    mark: db.mark,
    comment: db.comment,
    parentId: db.parent_id,
  };
  for (const key of Object.keys(row)) if (row[key] === null || row[key] === undefined) delete row[key];
  return SessionRow.parse(row);
}

/** A session's first row: what capture knows, not what people and checks add later. */
export const INSERT_SESSION = `INSERT INTO sessions
  (id, kind, source, state, started_at, duration_ms, method, origin, path, url, status, http_version, mime,
    request_size, response_size, messages, error, parent_id, segment, position, length)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;

/** What can still change of it. */
export const UPDATE_SESSION = `UPDATE sessions SET kind = ?, state = ?, duration_ms = ?, status = ?, mime = ?,
  request_size = ?, response_size = ?, messages = ?, error = ?, segment = ?, position = ?, length = ? WHERE id = ?`;
