/** Sessions of every kind, with bytes of every kind, in every state: for properties that every format shall have. */
import * as zlib from 'node:zlib';
import fc from 'fast-check';
import { requestHeadText, responseHeadText } from '#model/head-text.ts';
import type { HeaderPair } from '#model/headers.ts';
import { FailureCode, type FullSession } from '#model/session.ts';
import { makeSession, type SessionOverrides } from '#proxy-core/testing/session-factory.ts';
import { plain } from './files.ts';

const octet = (from: number) => fc.integer({ min: from, max: 255 }).map((code) => String.fromCharCode(code));
const fieldValue = fc.string({ unit: octet(0x20), maxLength: 20 });
const token = fc.string({ unit: fc.constantFrom(...'abcXYZ-_!019'), minLength: 1, maxLength: 12 });
const pairs = fc.array(fc.tuple(token, fieldValue) as fc.Arbitrary<HeaderPair>, { maxLength: 4 });
const duration = fc.double({ min: 0, max: 1e6, noNaN: true });
const present = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });

const body = fc.oneof(
  fc.uint8Array({ maxLength: 40 }),
  fc.string({ unit: 'binary', maxLength: 40 }).map((text) => new TextEncoder().encode(text)),
);
const contentType = fc.constantFrom(
  undefined,
  'text/html',
  'application/json; charset=utf-8',
  'text/plain; charset=iso-8859-1',
  'text/plain; charset=shift_jis',
  'text/plain; charset=utf-16',
  'image/png',
  'application/x-www-form-urlencoded',
  'nonsense',
);
const coding = fc.constantFrom(undefined, 'gzip', 'br', 'deflate', 'gzip, br', 'unknown');

/** A body with headers that may or may not tell the truth about it. */
const content = fc
  .record({ body, contentType, coding, honest: fc.boolean(), more: pairs })
  .map(({ body, contentType, coding, honest, more }) => ({
    bytes: honest && coding === 'gzip' ? Uint8Array.from(zlib.gzipSync(body)) : body,
    headers: [
      ...(contentType === undefined ? [] : [['Content-Type', contentType] as HeaderPair]),
      ...(coding === undefined ? [] : [['content-encoding', coding] as HeaderPair]),
      ...more,
    ],
  }));

const message = fc.record(
  {
    direction: fc.constantFrom('sent' as const, 'received' as const),
    at: fc.double({ min: 1e12, max: 2e12, noNaN: true }),
    opcode: fc.constantFrom(1, 2, 8, 9, 10),
    data: body.map((bytes) => Uint8Array.from(bytes)),
    closeCode: fc.integer({ min: 1000, max: 4999 }),
    fragments: fc.nat(),
    wireSize: fc.nat(),
    compressed: fc.boolean(),
    flaw: fc.string({ unit: 'binary' }),
    event: fc.record({ type: fc.string(), id: fc.string(), retry: fc.nat() }, { requiredKeys: ['type'] }),
  },
  { requiredKeys: ['direction', 'at', 'opcode', 'data'] },
);

const url = fc.oneof(
  fc.webUrl({ withQueryParameters: true }),
  fc.constantFrom(
    'http://127.0.0.1:8080',
    'https://[::1]:8443/a b?c=[1]&d="{x}"&e=%zz|^\\',
    'https://acme.test/caf\xe9/\xff?\x7f',
    'https://acme.test/%7Euser/../x?a=1&a=2&=&b',
  ),
);

/** Octets of a head: its text, the same with odd white space, or what is no head. */
const octetsOf = fc.constantFrom(
  () => undefined,
  (text: string) => text.replace(/: /g, ':'),
  (text: string) => text.replace(/: /g, '\t: \t').replace(/ \r\n/, '\r\n'),
  () => 'NO HEAD\n\xff\0',
);
const chunkExtensions = present(fc.array(fieldValue, { maxLength: 2 }));
/** What a capture holds beyond the fields that makeSession knows. */
const exact = fc.record({
  requestOctets: octetsOf,
  responseOctets: octetsOf,
  target: present(fc.constantFrom('*', '/other', 'http://acme.test/')),
  via: present(fieldValue),
  dropped: fc.nat({ max: 4 }),
  requestExtensions: chunkExtensions,
  responseExtensions: chunkExtensions,
  sentOctets: octetsOf,
});

const withRaw = <H extends object>(head: H, raw: string | undefined): H =>
  raw === undefined ? head : { ...head, raw };
const optional = <K extends string, V>(key: K, value: V | undefined) =>
  (value === undefined ? {} : { [key]: value }) as { [P in K]?: V };
const otherwise = <H extends { headers: HeaderPair[] }>(
  head: H,
  via: string | undefined,
  dropped: number,
): H => ({
  ...head,
  headers: [
    ...head.headers.filter((_, i) => i !== dropped),
    ...(via === undefined ? [] : [['Via', via] as HeaderPair]),
  ],
});

/** The session with octets, heads that were sent on otherwise, and chunk extensions. */
function made(
  { session, ...rest }: FullSession,
  more: typeof exact extends fc.Arbitrary<infer T> ? T : never,
): FullSession {
  const { request, response } = session;
  const asked = otherwise({ ...request.head, ...optional('target', more.target) }, more.via, more.dropped);
  return {
    ...rest,
    session: {
      ...session,
      request: {
        ...request,
        head: withRaw(request.head, more.requestOctets(requestHeadText(request.head))),
        ...(more.target === undefined
          ? {}
          : { sent: withRaw(asked, more.sentOctets(requestHeadText(asked))) }),
        ...optional('chunkExtensions', more.requestExtensions),
      },
      ...(response === undefined
        ? {}
        : {
            response: {
              ...response,
              head: withRaw(response.head, more.responseOctets(responseHeadText(response.head))),
              ...(more.via === undefined ? {} : { sent: otherwise(response.head, more.via, more.dropped) }),
              ...optional('chunkExtensions', more.responseExtensions),
            },
          }),
    },
  };
}

/** Sessions of every kind, with bytes of every kind, in every state. */
export const anySession: fc.Arbitrary<FullSession> = fc
  .record({
    id: fc.integer({ min: 1, max: 2 ** 40 }),
    kind: fc.constantFrom('http' as const, 'websocket' as const),
    source: fc.constantFrom('proxy' as const, 'composer' as const, 'replay' as const, 'import' as const),
    state: fc.constantFrom(
      'active' as const,
      'completed' as const,
      'client-aborted' as const,
      'failed' as const,
    ),
    startedAt: fc.double({ min: 0, max: 4e12, noNaN: true }),
    durationMs: duration,
    method: token,
    url,
    httpVersion: fc.constantFrom('HTTP/1.0', 'HTTP/1.1', 'HTTP/2', 'HTTP/2.0'),
    status: fc.option(fc.integer({ min: 100, max: 999 })),
    reason: fieldValue,
    request: content,
    response: content,
    requestTrailers: pairs,
    responseTrailers: pairs,
    informational: fc.array(
      fc.record({
        httpVersion: fc.constant('HTTP/1.1'),
        status: fc.constantFrom(100, 103),
        reason: fieldValue,
        headers: pairs,
      }),
      { maxLength: 2 },
    ),
    facts: fc.record(
      {
        serverAddress: fc.constantFrom('10.0.0.1:443', '[2001:db8::1]:443', '/run/socket'),
        serverConnection: fc.nat(),
        serverReused: fc.boolean(),
        clientStream: fc.nat(),
        serverStream: fc.nat(),
        upstreamProxy: fc.constant('socks5://proxy.test:1080'),
        serverTls: fc.record({ version: fc.constant('TLSv1.3'), chain: fc.constant([]) }),
        imported: fc.constantFrom('{"entry":{"_priority":"High"}}', '{"saz":{"flags":{"x-a":"b"}}}', 'odd'),
      },
      { requiredKeys: [] },
    ),
    timings: fc.record(
      {
        blocked: duration,
        dns: duration,
        connect: duration,
        tls: duration,
        send: duration,
        wait: duration,
        receive: duration,
      },
      { requiredKeys: [] },
    ),
    failure: present(fc.record({ code: fc.constantFrom(...FailureCode.options), detail: fc.string() })),
    messages: fc.array(message, { maxLength: 3 }),
    mark: fc.integer({ min: 0, max: 5 }),
    comment: present(fc.string({ unit: 'binary' })),
    parentId: present(fc.integer({ min: 1, max: 1000 })),
    exact,
  })
  .map(({ request, response, messages, exact: more, ...rest }) => {
    const overrides = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
    const full = plain(
      makeSession({
        ...(overrides as SessionOverrides),
        requestHeaders: request.headers,
        requestBody: request.bytes,
        responseHeaders: response.headers,
        responseBody: response.bytes,
        messages,
      }),
    );
    return made(full, more);
  });
