/**
 * What a filter's fields mean on a session row: the kind of value each compares and where it stands. One table for the parser, the
 * predicate, SQL (store/filter-sql.ts names the columns) and, later, completion.
 */
import { type SessionRow, Severity } from '../session.ts';
import type { FilterField } from './ast.ts';

/** `severity` compares as its rank, so that `severity>=medium` works; the rest as said. */
export type FieldKind = 'text' | 'number' | 'size' | 'duration' | 'status' | 'severity';

export interface TextField {
  readonly kind: 'text';
  readonly help: string;
  /** A missing value reads as "". */
  readonly read: (row: SessionRow) => string;
}
export interface NumberField {
  readonly kind: Exclude<FieldKind, 'text'>;
  readonly help: string;
  /** A missing value equals nothing and is neither above nor below anything. */
  readonly read: (row: SessionRow) => number | undefined;
}

const text = (help: string, read: (row: SessionRow) => string | undefined): TextField => ({
  kind: 'text',
  help,
  read: (row) => read(row) ?? '',
});
const number = (kind: NumberField['kind'], help: string, read: NumberField['read']): NumberField => ({
  kind,
  help,
  read,
});

/** Rank of a severity: 0 none, 1 info … 4 high. */
export function severityRank(severity: Severity | undefined): number {
  return severity === undefined ? 0 : Severity.options.indexOf(severity) + 1;
}

export const FIELDS: Readonly<Record<FilterField, TextField | NumberField>> = {
  method: text('request method', (row) => row.method),
  url: text('absolute URL', (row) => row.url),
  host: text('host name; *.acme.test for its subdomains', (row) => row.host),
  path: text('path with query', (row) => row.path),
  scheme: text('http, https or tunnel', (row) => row.scheme),
  status: number('status', 'status code, or a class as 4xx', (row) => row.status),
  type: text("the response's media type", (row) => row.mime),
  size: number('size', 'response body in bytes, or as 10kb, 2MB', (row) => row.responseBodySize),
  duration: number('duration', 'time taken in ms, or as 20ms, 1.5s', (row) => row.durationMs),
  protocol: text('HTTP version', (row) => row.httpVersion),
  error: text('why the exchange failed', (row) => row.error),
  finding: number('number', 'number of findings', (row) => row.findings),
  severity: number('severity', 'highest severity of its findings', (row) => severityRank(row.severity)),
  source: text('proxy, composer, replay or import', (row) => row.source),
  kind: text('http, websocket or tunnel', (row) => row.kind),
  state: text('active, completed, client-aborted, server-aborted or failed', (row) => row.state),
  mark: number('number', 'mark 1 to 5, 0 for none', (row) => row.mark),
  comment: text('comment', (row) => row.comment),
  id: number('number', 'number of the session', (row) => row.id),
  parent: number('number', 'number of the session it repeats or edits', (row) => row.parentId),
};

/** Fields in which a bare word is looked for. */
export const WORD_FIELDS: readonly FilterField[] = ['method', 'url', 'status', 'type', 'error', 'comment'];

/** Lower case of A to Z alone, as SQLite compares: both sides of a filter must see the same letters as equal. */
export function foldCase(value: string): string {
  return value.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}
