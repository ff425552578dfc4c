/**
 * For property tests of the filter language: sessions in which there is something to find, and filters that find some of it. Few letters
 * and few values, and all that LIKE, patterns, quotes and case make special.
 */
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import {
  FILTER_FIELDS,
  type FieldRef,
  type Filter,
  type FilterField,
  type FilterLeaf,
  OPERATORS,
} from '#model/filter/ast.ts';
import { FIELDS } from '#model/filter/fields.ts';
import type { FilterSubject } from '#model/filter/subject.ts';
import type { Finding } from '#model/finding.ts';
import type { HeaderPair } from '#model/headers.ts';
import { FailureCode, type FullSession, type Severity } from '#model/session.ts';
import { makeSession } from './session-factory.ts';

export interface FilterCase {
  readonly full: FullSession;
  readonly findings: readonly Finding[];
  /** What a filter sees of it when everything is loaded. */
  readonly subject: FilterSubject;
}

export const NOW = Date.UTC(2026, 0, 31, 12);
const text = fc.string({ unit: fc.constantFrom(...'aAbB%_\\*."1éÉ(|'), maxLength: 4 });
const number = fc.constantFrom(0, 1, 2, 3, 100, 200, 299.5, 404, 499, 1024);
const encoder = new TextEncoder();

const json = fc.constantFrom(
  '{"a":1,"b":{"a":"aB"},"l":[1,2,{"a":null}]}',
  '[{"a":"1"},{"a":404}]',
  '{"a":"é%_","b":[]}',
  '"a"',
  '{broken',
);
const headers = fc
  .array(
    fc.tuple(fc.constantFrom('X-A', 'x-a', 'X-B', 'Server'), fc.constantFrom('a', 'aB', '1', '404', 'é', '')),
    { maxLength: 3 },
  )
  .map((pairs) => pairs.map(([name, value]): HeaderPair => [name, Buffer.from(value).toString('latin1')]));

const parts = fc.record({
  method: fc.constantFrom('GET', 'get', 'POST'),
  host: fc.constantFrom('a.test', 'b.a.test', 'ab.test', '10.0.0.7', '192.168.1.1', '[::1]'),
  scheme: fc.constantFrom('http', 'https'),
  port: fc.constantFrom('', ':81'),
  path: text.map((value) => `/${value.replace(/[?#]/g, '')}`),
  query: fc.constantFrom('', '?a=1', '?a=aB&b=2', '?b=%C3%A9&a=&a=404', '?1'),
  ids: fc.constantFrom('', '/orders/17', '/b/2026-01-31'),
  requestHeaders: headers,
  responseHeaders: headers,
  cookie: fc.constantFrom(undefined, 'a=1; b=aB', 'a=404'),
  setCookie: fc.constantFrom(undefined, 'b=1; Path=/'),
  status: fc.option(fc.constantFrom(100, 200, 404, 499), { nil: null }),
  mime: fc.option(fc.constantFrom('text/a', 'application/json', 'text/plain; charset=iso-8859-1'), {
    nil: null,
  }),
  requestBody: fc.oneof(fc.constant(''), text, json),
  responseBody: fc.oneof(text, json, fc.constant('<p>aB</p>'.repeat(50))),
  coded: fc.boolean(),
  durationMs: number,
  startedAgo: fc.constantFrom(0, 1, 1000, 60_000, 7_200_000),
  mark: fc.constantFrom(0, 1, 2),
  comment: fc.option(text, { nil: undefined }),
  failure: fc.option(fc.constantFrom(...FailureCode.options), { nil: undefined }),
  parentId: fc.option(fc.constantFrom(1, 2, 3), { nil: undefined }),
  active: fc.boolean(),
  client: fc.constantFrom(undefined, '10.0.0.7:5000', '[::1]:5001'),
  server: fc.constantFrom(undefined, '192.168.1.1:443'),
  process: fc.constantFrom(undefined, 'aB'),
  tls: fc.constantFrom(undefined, 'TLSv1.3'),
  messages: fc.array(fc.oneof(text, fc.constantFrom('aB', '404')), { maxLength: 2 }),
  findings: fc.array(
    fc.record({
      checkId: fc.constantFrom('aB', 'cookie-flags'),
      title: fc.constantFrom('A 404', 'é%'),
      severity: fc.constantFrom<Severity>('info', 'low', 'medium', 'high'),
    }),
    { maxLength: 2 },
  ),
});

const RANK: readonly Severity[] = ['info', 'low', 'medium', 'high'];

/** A session with that id, as traffic could have made it. */
export const filterCase = (id: number): fc.Arbitrary<FilterCase> =>
  parts.map((made) => {
    const response: HeaderPair[] = [...made.responseHeaders];
    if (made.mime !== null) response.push(['Content-Type', made.mime]);
    if (made.setCookie !== undefined) response.push(['Set-Cookie', made.setCookie]);
    if (made.coded) response.push(['Content-Encoding', 'gzip']);
    const request: HeaderPair[] = [...made.requestHeaders];
    if (made.cookie !== undefined) request.push(['Cookie', made.cookie]);
    const latin = made.mime?.includes('8859') === true;
    const plain = Buffer.from(made.responseBody, latin ? 'latin1' : 'utf8');
    const full = makeSession({
      id,
      method: made.method,
      url: `${made.scheme}://${made.host}${made.port}${made.ids}${made.path}${made.query}`,
      requestHeaders: request,
      responseHeaders: response,
      requestBody: made.requestBody,
      responseBody: made.coded ? gzipSync(plain) : plain,
      status: made.status,
      durationMs: made.durationMs,
      startedAt: NOW - made.startedAgo,
      mark: made.mark as 0 | 1 | 2,
      facts: {
        clientConnection: 1,
        ...(made.client === undefined ? {} : { clientAddress: made.client }),
        ...(made.server === undefined ? {} : { serverAddress: made.server }),
        ...(made.process === undefined ? {} : { process: made.process }),
        ...(made.tls === undefined ? {} : { serverTls: { version: made.tls, cipher: 'aB_1', alpn: 'h2' } }),
      },
      messages: made.messages.map((data) => ({
        direction: 'sent' as const,
        at: NOW,
        opcode: 1,
        data: encoder.encode(data) as Uint8Array<ArrayBuffer>,
      })),
      ...(made.comment === undefined ? {} : { comment: made.comment }),
      ...(made.parentId === undefined ? {} : { parentId: made.parentId }),
      ...(made.failure === undefined ? {} : { failure: { code: made.failure, detail: 'why' } }),
      ...(made.active ? { state: 'active' as const } : {}),
    });
    const findings = made.findings.map(
      (one): Finding => ({
        ...one,
        sessionId: id,
        confidence: 'high',
        detail: '',
        endpoint: '',
        parameter: String(RANK.indexOf(one.severity)),
        evidence: [],
      }),
    );
    return { full, findings, subject: subjectOf(full, findings, plain, latin) };
  });

function subjectOf(
  full: FullSession,
  findings: readonly Finding[],
  plain: Buffer,
  latin: boolean,
): FilterSubject {
  const worst = Math.max(-1, ...findings.map(({ severity }) => RANK.indexOf(severity)));
  const severity = RANK[worst];
  const row = {
    ...full.session.row,
    findings: findings.length,
    ...(severity === undefined ? {} : { severity }),
  };
  const decoder = new TextDecoder();
  return {
    row,
    session: { ...full.session, row },
    requestBody: decoder.decode(full.requestBody),
    ...(full.session.response === undefined
      ? {}
      : {
          responseBody:
            full.responseBody.length === 0 ? '' : latin ? plain.toString('latin1') : plain.toString('utf8'),
        }),
    messages: full.messages.map(({ data }) => decoder.decode(data)),
    findings,
  };
}

const NAMES: Readonly<Record<string, readonly string[]>> = {
  header: ['x-a', 'X-B', 'server', 'none'],
  cookie: ['a', 'b', 'none'],
  parameter: ['a', 'b', '1'],
  'JSON path': ['$.a', '$..a', '$[*].a', "$.b['a']", 'l[0]', '$.none', '$'],
};
const VALUES = [
  'GET',
  'a.test',
  'text/A',
  'HTTPS',
  'active',
  'dns',
  'aB',
  '1',
  '404',
  '2',
  'é',
  '10.0.0.7',
  'TLSv1.3',
  '/orders/{id}',
  '',
];
const PATTERNS = ['a', '^a', 'b$', '(?-i)aB', '[%_]', '\\d+', 'é', '^$', 'a|1', '\\.', '{id}'];
const NETWORKS = ['10.0.0.0/8', '192.168.0.0/16', '::/0', '::1/128'];
const WILDCARDS = ['*.test', 'a*', '*', '**a*t', 'A.*TEST', '_.test*', '1*', '[*'];

const refs = (allowed: (field: FilterField) => boolean): fc.Arbitrary<FieldRef> =>
  fc.constantFrom(...FILTER_FIELDS.filter(allowed)).chain((field) => {
    const { named } = FIELDS[field];
    return named === undefined
      ? fc.constant({ field })
      : fc.constantFrom(...(NAMES[named] ?? [])).map((name) => ({ field, name }));
  });
const isText = (field: FilterField) => FIELDS[field].texts !== undefined && field !== 'status';
const value = fc.oneof(text, fc.constantFrom(...VALUES));
const with_ = <T extends object>(ref: fc.Arbitrary<FieldRef>, more: fc.Arbitrary<T>) =>
  fc.tuple(ref, more).map(([a, b]) => ({ ...a, ...b }));

type NumberLeaf = Extract<FilterLeaf, { type: 'number' }>;

/** As the parser makes them: there are five ranks of severity, and `:` looks into texts where there are some. */
const writable = (leaf: NumberLeaf): NumberLeaf => ({
  ...leaf,
  ...(leaf.field === 'severity' ? { value: Math.trunc(leaf.value) % 5 } : {}),
  ...(leaf.operator === ':' && FIELDS[leaf.field].searched ? { operator: '=' as const } : {}),
});

/** Every kind of condition, on every field that takes it. */
export const filterLeaf: fc.Arbitrary<FilterLeaf> = fc.oneof(
  value.map((word) => ({ type: 'word' as const, text: word })),
  with_(
    refs(isText),
    fc.record({ type: fc.constant('text' as const), operator: fc.constantFrom(':', '=', '!='), text: value }),
  ),
  with_(
    refs((field) => FIELDS[field].texts !== undefined),
    fc.record({ type: fc.constant('regex' as const), pattern: fc.constantFrom(...PATTERNS) }),
  ),
  with_(
    refs((field) => FIELDS[field].numbers !== undefined && FIELDS[field].kind !== 'time'),
    fc.record({
      type: fc.constant('number' as const),
      operator: fc.constantFrom(...OPERATORS.filter((one) => one !== '~')),
      value: number,
    }),
  ).map(writable),
  with_(
    refs((field) => FIELDS[field].named !== undefined),
    fc.record({
      type: fc.constant('number' as const),
      operator: fc.constantFrom('>' as const, '<' as const, '>=' as const, '<=' as const),
      value: number,
    }),
  ),
  with_(
    refs((field) => FIELDS[field].hosts === true),
    fc.oneof(
      fc.constantFrom(...WILDCARDS).map((pattern) => ({ type: 'wildcard' as const, pattern })),
      fc.constantFrom(...NETWORKS).map((network) => ({ type: 'network' as const, network })),
    ),
  ),
  fc.record({
    type: fc.constant('time' as const),
    operator: fc.constantFrom('<' as const, '>=' as const),
    at: fc.constantFrom(NOW, NOW - 1, NOW - 60_000),
  }),
  with_(
    refs((field) => FIELDS[field].named !== undefined),
    fc.constant({ type: 'has' as const }),
  ),
);

/** Filters as the parser makes them: what is joined are two or more. */
export const filterTree: fc.Arbitrary<Filter> = fc.letrec<{ tree: Filter }>((tie) => ({
  tree: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    filterLeaf,
    fc.record({
      type: fc.constantFrom('and' as const, 'or' as const),
      terms: fc.array(tie('tree'), { minLength: 2, maxLength: 3 }),
    }),
    fc.record({ type: fc.constant('not' as const), term: tie('tree') }),
  ),
})).tree;
