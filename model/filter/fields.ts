/**
 * What a filter's fields mean on a session: the kind of value each compares, where it stands, and what has to be loaded to see it. One
 * table for the parser, the predicate, SQL (store/filter-sql.ts names the columns), completion, explanation and the documentation.
 */
import { pathsAbove, templatePath } from '../path-template.ts';
import {
  type BodySide,
  FailureCode,
  SessionKind,
  type SessionRow,
  SessionSource,
  SessionState,
  Severity,
} from '../session.ts';
import type { FilterField } from './ast.ts';
import { foldCase } from './fold-case.ts';
import { jsonPaths, jsonTexts } from './json-bodies.ts';
import {
  addressTexts,
  cookiesOf,
  type FilterSubject,
  fieldsOf,
  headerTexts,
  headTexts,
  queryOf,
  tlsTexts,
} from './subject.ts';

/** How a number is written; `severity` compares as its rank, so that `severity>=medium` works. `text` is compared as text alone. */
export type FieldKind = 'text' | 'number' | 'size' | 'duration' | 'status' | 'severity' | 'time';
export type NumberKind = Exclude<FieldKind, 'text' | 'time'>;

/** What has to be loaded of a session besides its row. */
export type Need = 'session' | 'request' | 'response' | 'messages' | 'findings';

/** What follows the colon of `header:NAME` and its like. */
export type NameKind = 'header' | 'cookie' | 'parameter' | 'JSON path';

export interface FieldInfo {
  readonly kind: FieldKind;
  readonly help: string;
  /** The field takes a name; its values are then texts, compared as numbers by > < >= <=. */
  readonly named?: NameKind;
  /** `field:text` looks into its texts although it is a number otherwise. */
  readonly searched?: true;
  /** Holds addresses or names of hosts: takes `*` and networks. */
  readonly hosts?: true;
  /** The only values there are. */
  readonly values?: readonly string[];
  readonly needs: readonly Need[];
  /** The names that a session has for it. */
  readonly names?: (subject: FilterSubject) => readonly string[];
  /** Absent: the field is not compared as text. A missing value of a row reads as "". */
  readonly texts?: (subject: FilterSubject, name: string) => readonly string[];
  /** Empty: the session has no such value, which is then neither above nor below anything. */
  readonly numbers?: (subject: FilterSubject, name: string) => readonly number[];
}

type More = Partial<Omit<FieldInfo, 'kind' | 'help' | 'texts' | 'numbers'>>;

/** A text of the row. */
const rowText = (
  help: string,
  read: (row: SessionRow) => string | undefined,
  more: More = {},
): FieldInfo => ({
  kind: 'text',
  help,
  needs: [],
  texts: ({ row }) => [read(row) ?? ''],
  ...more,
});
/** A number of the row. */
const rowNumber = (
  kind: NumberKind | 'time',
  help: string,
  read: (row: SessionRow) => number | undefined,
  more: Partial<FieldInfo> = {},
): FieldInfo => ({
  kind,
  help,
  needs: [],
  numbers: ({ row }) => {
    const value = read(row);
    return value === undefined ? [] : [value];
  },
  ...more,
});
/** Texts that have to be loaded. */
const loaded = (
  needs: readonly Need[],
  help: string,
  texts: NonNullable<FieldInfo['texts']>,
  more: More = {},
): FieldInfo => ({ kind: 'text', help, needs, texts, ...more });

const some = (text: string | undefined): string[] => (text === undefined ? [] : [text]);
const valuesOf = (pairs: readonly (readonly [string, string])[], name: string) => {
  const wanted = foldCase(name);
  return pairs.filter(([key]) => foldCase(key) === wanted).map(([, value]) => value);
};

const headerNames =
  (...sides: BodySide[]): NonNullable<FieldInfo['names']> =>
  (subject) =>
    sides.flatMap((side) => fieldsOf(subject, side).map(([name]) => name.toLowerCase()));

const namesOf = (pairs: readonly (readonly [string, string])[]) => pairs.map(([name]) => name);

const namedHeader =
  (...sides: BodySide[]): NonNullable<FieldInfo['texts']> =>
  (subject, name) =>
    sides.flatMap((side) => headerTexts(subject, side, name));

/** Rank of a severity: 0 none, 1 info … 4 high. */
export function severityRank(severity: Severity | undefined): number {
  return severity === undefined ? 0 : Severity.options.indexOf(severity) + 1;
}

export const FIELDS: Readonly<Record<FilterField, FieldInfo>> = {
  method: rowText('request method', (row) => row.method),
  host: rowText('host name; *.acme.test for its subdomains, 10.0.0.0/8 for a network', (row) => row.host, {
    hosts: true,
  }),
  path: rowText('path with query', (row) => row.path),
  url: rowText('absolute URL', (row) => row.url),
  status: rowNumber('status', 'status code, or a class as 4xx', (row) => row.status, {
    texts: ({ row }) => [String(row.status ?? '')],
  }),
  type: rowText("the response's media type", (row) => row.mime),
  size: rowNumber('size', 'response body in bytes, or as 10kb, 2MB', (row) => row.responseBodySize),
  reqsize: rowNumber('size', 'request body in bytes, or as 10kb, 2MB', (row) => row.requestBodySize),
  duration: rowNumber('duration', 'time taken in ms, or as 20ms, 1.5s', (row) => row.durationMs),
  time: rowNumber('time', 'when it began: -5m, 14:30, today, 2026-01-31T14:30', (row) => row.startedAt),
  protocol: rowText('HTTP version of the client', (row) => row.httpVersion),
  scheme: rowText('http, https or tunnel', (row) => row.scheme, { values: ['http', 'https', 'tunnel'] }),
  port: rowNumber('number', 'port of the server', (row) => row.port),
  endpoint: rowText('path with ids templated, as /orders/{id}', (row) => templatePath(row.path)),
  under: {
    kind: 'text',
    help: 'endpoint or one above it, as /orders of /orders/{id}',
    needs: [],
    texts: ({ row }) => pathsAbove(row.path),
  },
  client: loaded(
    ['session'],
    'address of the client, or its network',
    (s) => addressTexts(s.session?.facts.clientAddress),
    {
      hosts: true,
    },
  ),
  server: loaded(
    ['session'],
    'address of the server, or its network',
    (s) => addressTexts(s.session?.facts.serverAddress),
    {
      hosts: true,
    },
  ),
  process: rowText('program that sent it, where that is known', (row) => row.process),
  header: loaded(['session'], 'a header of request or response', namedHeader('request', 'response'), {
    named: 'header',
    names: headerNames('request', 'response'),
  }),
  reqheader: loaded(['session'], 'a request header', namedHeader('request'), {
    named: 'header',
    names: headerNames('request'),
  }),
  resheader: loaded(['session'], 'a response header', namedHeader('response'), {
    named: 'header',
    names: headerNames('response'),
  }),
  head: loaded(['session'], 'request line, status line and headers', (s) => [
    ...headTexts(s, 'request'),
    ...headTexts(s, 'response'),
  ]),
  reqhead: loaded(['session'], 'request line and headers', (s) => headTexts(s, 'request')),
  reshead: loaded(['session'], 'status line and headers', (s) => headTexts(s, 'response')),
  cookie: loaded(['session'], 'a cookie sent or set', (s, name) => valuesOf(cookiesOf(s), name), {
    named: 'cookie',
    names: (s) => namesOf(cookiesOf(s)),
  }),
  query: loaded([], 'a parameter of the query', (s, name) => valuesOf(queryOf(s.row.path), name), {
    named: 'parameter',
    names: (s) => namesOf(queryOf(s.row.path)),
  }),
  body: loaded(['request', 'response'], 'text of either body, decoded', (s) => [
    ...some(s.requestBody),
    ...some(s.responseBody),
  ]),
  reqbody: loaded(['request'], 'text of the request body, decoded', (s) => some(s.requestBody)),
  resbody: loaded(['response'], 'text of the response body, decoded', (s) => some(s.responseBody)),
  json: loaded(['request', 'response'], 'a value in a JSON body, as $.user.id', jsonTexts, {
    named: 'JSON path',
    names: jsonPaths,
  }),
  ws: {
    kind: 'number',
    help: 'text of a WebSocket message or server-sent event; ws>0 by their number',
    searched: true,
    needs: ['session', 'messages'],
    texts: (s) => s.messages ?? [],
    numbers: (s) => (s.session === undefined ? [] : [s.session.messageCount]),
  },
  tls: loaded(['session'], 'TLS version, cipher, ALPN, server name, certificate', tlsTexts),
  mark: rowNumber('number', 'mark 1 to 5, 0 for none', (row) => row.mark),
  comment: rowText('comment', (row) => row.comment),
  finding: rowNumber('number', 'text of a finding; finding>0 by their number', (row) => row.findings, {
    searched: true,
    needs: ['findings'],
    texts: (s) => (s.findings ?? []).flatMap(({ checkId, title }) => [checkId, title]),
  }),
  severity: rowNumber('severity', 'highest severity of its findings', (row) => severityRank(row.severity), {
    values: ['none', ...Severity.options],
  }),
  error: rowText('why the exchange failed', (row) => row.error, { values: FailureCode.options }),
  source: rowText('proxy, composer, replay or import', (row) => row.source, {
    values: SessionSource.options,
  }),
  kind: rowText('http, websocket or tunnel', (row) => row.kind, { values: SessionKind.options }),
  state: rowText('how it ended: completed, failed, …', (row) => row.state, { values: SessionState.options }),
  id: rowNumber('number', 'number of the session', (row) => row.id),
  parent: rowNumber('number', 'number of the session it repeats or edits', (row) => row.parentId),
};

/** What a bare word is looked for in. */
export const WORD_FIELDS: readonly FilterField[] = [
  'method',
  'url',
  'status',
  'type',
  'error',
  'comment',
  'head',
  'body',
  'ws',
];
