/** Between rows of the index and the model's types. Columns that are null are absent in the model. */
import type { SQLOutputValue } from 'node:sqlite';
import { SessionRow, Severity } from '#model/session.ts';

export type DbRow = Record<string, SQLOutputValue>;

/** Columns of `sessions` in the order `rowFromDb` names them. */
export const ROW_COLUMNS =
  'id, kind, source, state, started_at, duration_ms, method, url, scheme, host, port, path, status, http_version, mime, ' +
  'request_size, response_size, error, findings, severity, mark, comment, parent_id';

/** The severity with that rank (model/filter/fields.ts); none for 0. */
export function severityFromRank(rank: SQLOutputValue | undefined): Severity | undefined {
  return typeof rank === 'number' ? Severity.options[rank - 1] : undefined;
}

/** A row as the list shows it. @throws when the index holds what the model does not know. */
export function rowFromDb(db: DbRow): SessionRow {
  const row: Record<string, unknown> = {
    id: db.id,
    kind: db.kind,
    source: db.source,
    state: db.state,
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
    mime: db.mime,
    requestBodySize: db.request_size,
    responseBodySize: db.response_size,
    error: db.error,
    findings: db.findings,
    severity: severityFromRank(db.severity),
    mark: db.mark,
    comment: db.comment,
    parentId: db.parent_id,
  };
  for (const key of Object.keys(row)) if (row[key] === null || row[key] === undefined) delete row[key];
  return SessionRow.parse(row);
}

/** The columns that capture fills (not those that people and checks fill later), in the order of `UPSERT_SESSION`'s parameters. */
export function sessionColumns(row: SessionRow, messages: number) {
  return {
    id: row.id,
    kind: row.kind,
    source: row.source,
    state: row.state,
    started_at: row.startedAt,
    duration_ms: row.durationMs ?? null,
    method: row.method,
    url: row.url,
    scheme: row.scheme,
    host: row.host,
    port: row.port,
    path: row.path,
    status: row.status ?? null,
    http_version: row.httpVersion,
    mime: row.mime ?? null,
    request_size: row.requestBodySize,
    response_size: row.responseBodySize,
    messages,
    error: row.error ?? null,
    parent_id: row.parentId ?? null,
  };
}

/** Writes a session's columns: all of them once, and afterwards those that can still change. */
export const UPSERT_SESSION = `INSERT INTO sessions
  (id, kind, source, state, started_at, duration_ms, method, url, scheme, host, port, path, status, http_version, mime,
    request_size, response_size, messages, error, parent_id)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
  ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, state = excluded.state, duration_ms = excluded.duration_ms,
    status = excluded.status, mime = excluded.mime, request_size = excluded.request_size,
    response_size = excluded.response_size, messages = excluded.messages, error = excluded.error`;
