/** For property tests: everything that events may hold, with octets, Unicode and lone surrogates where strings may be anything. */
import fc from 'fast-check';
import type { CaptureEvent } from '#model/capture-event.ts';
import { requestHeadText, responseHeadText } from '#model/head-text.ts';
import type { HeaderPair } from '#model/headers.ts';
import {
  type ExchangeFacts,
  FailureCode,
  type Message,
  type RequestHead,
  type ResponseHead,
  type SessionFailure,
  type Timings,
  type TlsFacts,
} from '#model/session.ts';

/** Fields that are absent are no keys at all, as in events. */
const some = <T extends object>(fields: { [K in keyof T]-?: fc.Arbitrary<NonNullable<T[K]>> }) =>
  fc.record(fields, { requiredKeys: [] }) as unknown as fc.Arbitrary<T>;

const octet = fc.integer({ min: 0, max: 255 }).map((code) => String.fromCharCode(code));
export const byteString = fc.string({ unit: octet, maxLength: 12 });
/** Lone surrogates too. */
const unit = fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code));
export const anyString = fc.oneof(byteString, fc.string({ unit, maxLength: 12 }));
export const count = fc.oneof(fc.nat({ max: 200 }), fc.maxSafeNat());

export const pairs = fc.array(fc.tuple(byteString, byteString) as fc.Arbitrary<HeaderPair>, { maxLength: 5 });
const token = fc.string({ unit: fc.constantFrom(...'abcXYZ-_019'), minLength: 1, maxLength: 8 });
const plainPairs = fc.array(
  fc.tuple(token, fc.constantFrom('', 'a', 'text/html; charset=utf-8', '\xe9\xff', 'a, b')),
  { maxLength: 5 },
) as fc.Arbitrary<HeaderPair[]>;

const plainRequest = fc.record({
  method: token,
  target: fc.constantFrom('/', '/a?b=c', '*', 'http://a.test/x'),
  httpVersion: fc.constantFrom('HTTP/1.0', 'HTTP/1.1'),
  headers: plainPairs,
});
const plainResponse = fc.record({
  httpVersion: fc.constantFrom('HTTP/1.0', 'HTTP/1.1'),
  status: fc.integer({ min: 100, max: 599 }),
  reason: fc.constantFrom('', 'OK', 'Not \xe9 found'),
  headers: plainPairs,
});

/** The octets of a head as a careless peer writes it: read leniently they are the same head. */
const oddly = (text: string) => text.replace(/: /g, ':\t ').replace(/ \r\n/, '\r\n');

export const requestHead: fc.Arbitrary<RequestHead> = fc.oneof(
  plainRequest,
  plainRequest.map((head) => ({ ...head, raw: requestHeadText(head) })),
  plainRequest.map((head) => ({ ...head, raw: oddly(requestHeadText(head)) })),
  fc.record({ method: byteString, target: byteString, httpVersion: byteString, headers: pairs }),
  fc.record({
    method: byteString,
    target: byteString,
    httpVersion: byteString,
    headers: pairs,
    raw: anyString,
  }),
);
export const responseHead: fc.Arbitrary<ResponseHead> = fc.oneof(
  plainResponse,
  plainResponse.map((head) => ({ ...head, raw: responseHeadText(head) })),
  plainResponse.map((head) => ({ ...head, raw: oddly(responseHeadText(head)) })),
  fc.record({ httpVersion: byteString, status: fc.integer(), reason: byteString, headers: pairs }),
  fc.record({ httpVersion: byteString, status: count, reason: byteString, headers: pairs, raw: anyString }),
);

const tls = some<TlsFacts>({
  version: fc.constantFrom('TLSv1.2', 'TLSv1.3'),
  cipher: anyString.map((text) => text.toWellFormed().replaceAll('\0', '')),
  alpn: fc.constantFrom('h2', 'http/1.1'),
  alpnOffered: fc.subarray(['h2', 'http/1.1']),
  sni: fc.constant('a.test'),
  chain: fc.array(
    fc.record({
      subject: fc.constantFrom('CN=a', 'CN=\u00e9'),
      issuer: fc.constant('CN=b'),
      validFrom: fc.constant('now'),
      validTo: fc.constant('then'),
      fingerprint256: fc.constantFrom('AB:CD', 'EF:01'),
    }),
    { maxLength: 2 },
  ),
});
export const facts = some<ExchangeFacts>({
  clientAddress: fc.constantFrom('127.0.0.1:5000', '[::1]:5000'),
  serverAddress: fc.constantFrom('10.0.0.1:443', '[2001:db8::1]:443'),
  clientConnection: count,
  serverConnection: count,
  serverReused: fc.boolean(),
  clientStream: count,
  serverStream: count,
  upstreamProxy: fc.constantFrom('http://proxy.test:3128', 'socks5://proxy.test:1080'),
  clientTls: tls,
  serverTls: tls,
  serverHttpVersion: fc.constantFrom('HTTP/1.1', 'HTTP/2'),
  imported: fc.string({ unit: 'binary' }),
  passedInvalid: fc.string({ unit: 'binary' }),
  process: fc.constantFrom('curl', 'Ünïcode.exe', ''),
  processId: count,
  tunnelBytes: fc.record({ sent: count, received: count }),
});

const ms = fc.double({ noNaN: true });
export const timings = some<Timings>({
  blocked: ms,
  dns: ms,
  connect: ms,
  tls: ms,
  send: ms,
  wait: ms,
  receive: ms,
});
export const failure: fc.Arbitrary<SessionFailure> = fc.record({
  code: fc.constantFrom(...FailureCode.options),
  detail: anyString,
});
export const chunkExtensions = fc.option(fc.array(byteString, { maxLength: 3 }), { nil: undefined });

export const message: fc.Arbitrary<Omit<Message, 'index'>> = fc
  .tuple(
    fc.record({
      direction: fc.constantFrom('sent' as const, 'received' as const),
      at: ms,
      opcode: fc.nat({ max: 15 }),
      data: fc.uint8Array({ maxLength: 20 }) as fc.Arbitrary<Uint8Array<ArrayBuffer>>,
    }),
    some<Omit<Message, 'index' | 'direction' | 'at' | 'opcode' | 'data'>>({
      closeCode: count,
      fragments: count,
      wireSize: count,
      compressed: fc.boolean(),
      flaw: anyString,
      event: fc
        .tuple(
          fc.record({ type: anyString }),
          some<{ id: string; retry: number }>({ id: anyString, retry: count }),
        )
        .map(([type, more]) => ({ ...type, ...more })),
    }),
  )
  .map(([whole, more]) => ({ ...whole, ...more }));

type EventOf<T extends CaptureEvent['type']> = Extract<CaptureEvent, { type: T }>;
/** Events of one type without their session. */
type Told<T extends CaptureEvent['type']> = Omit<EventOf<T>, 'type' | 'id'>;

const absent = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const pieces = fc.array(fc.uint8Array({ maxLength: 30 }), { maxLength: 4 });
const bodyEnd = some<Told<'request-end'>>({
  trailers: pairs,
  chunkExtensions: fc.array(byteString, { maxLength: 3 }),
});

const exchangeParts = fc.record({
  begin: fc
    .tuple(
      fc.record({
        kind: fc.constantFrom('http' as const, 'tunnel' as const),
        source: fc.constantFrom('proxy' as const, 'composer' as const, 'replay' as const, 'import' as const),
        at: fc.double({ min: 0, max: 4e12, noNaN: true }),
        url: fc.constantFrom(
          'https://a.test/',
          'https://a.test/b?c=\xe9',
          'http://A.test:81?d',
          'tunnel://a.test:443',
          'https://b.test/\u20ac',
        ),
        head: requestHead,
      }),
      some<{ parentId: number }>({ parentId: fc.integer({ min: 1, max: 2 ** 40 }) }),
    )
    .map(([whole, more]): Told<'begin'> => ({ ...whole, ...more })),
  facts: fc.array(facts, { maxLength: 2 }),
  informational: fc.array(responseHead, { maxLength: 2 }),
  requestSent: absent(requestHead),
  requestData: pieces,
  requestEnd: absent(bodyEnd),
  response: absent(
    fc.record({
      head: responseHead,
      upgraded: fc.boolean(),
      sent: absent(responseHead),
      data: pieces,
      end: absent(bodyEnd),
    }),
  ),
  messages: fc.array(message, { maxLength: 6 }),
  end: absent(
    fc
      .tuple(
        fc.record({
          at: fc.double({ min: 0, max: 4e12, noNaN: true }),
          state: fc.constantFrom(
            'completed' as const,
            'client-aborted' as const,
            'server-aborted' as const,
            'failed' as const,
          ),
          timings,
        }),
        some<{ failure: SessionFailure }>({ failure }),
      )
      .map(([whole, more]): Told<'end'> => ({ ...whole, ...more })),
  ),
});

/** The events of one exchange, in an order in which they may come; as if all were of session `id`. */
export const exchange: fc.Arbitrary<(id: number) => CaptureEvent[]> = exchangeParts.map((parts) => (id) => {
  const { response } = parts;
  return [
    { type: 'begin', id, ...parts.begin },
    ...parts.facts.slice(0, 1).map((told) => ({ type: 'facts' as const, id, facts: told })),
    ...parts.informational.map((head) => ({ type: 'informational' as const, id, head })),
    ...parts.requestData.slice(0, 2).map((data) => ({ type: 'request-data' as const, id, data })),
    ...(parts.requestSent === undefined
      ? []
      : [{ type: 'request-sent' as const, id, head: parts.requestSent }]),
    ...(response === undefined
      ? []
      : [
          {
            type: 'response-head' as const,
            id,
            head: response.head,
            ...(response.upgraded ? { kind: 'websocket' as const } : {}),
          },
        ]),
    // The request may still be under way when the answer begins.
    ...parts.requestData.slice(2).map((data) => ({ type: 'request-data' as const, id, data })),
    ...(parts.requestEnd === undefined ? [] : [{ type: 'request-end' as const, id, ...parts.requestEnd }]),
    ...(response?.sent === undefined ? [] : [{ type: 'response-sent' as const, id, head: response.sent }]),
    ...(response?.data ?? []).map((data) => ({ type: 'response-data' as const, id, data })),
    ...parts.messages.map((told) => ({ type: 'message' as const, id, message: told })),
    ...(response?.end === undefined ? [] : [{ type: 'response-end' as const, id, ...response.end }]),
    ...parts.facts.slice(1).map((told) => ({ type: 'facts' as const, id, facts: told })),
    ...(parts.end === undefined ? [] : [{ type: 'end' as const, id, ...parts.end }]),
  ];
});
