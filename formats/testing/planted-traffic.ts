/**
 * Traffic with a secret of every kind at every place where traffic has secrets, each value once; and once more each where only its value
 * gives it away. What an export of it must not hold is `secrets`.
 */
import * as zlib from 'node:zlib';
import type { HeaderPair } from '#model/headers.ts';
import type { FullSession } from '#model/session.ts';
import { makeSession, type SessionOverrides } from '#proxy-core/testing/session-factory.ts';
import { type Draw, drawer, MULTILINE, NAMED, NAMES, SHAPED, seeded } from './planted-kinds.ts';

export interface Planted {
  readonly kind: string;
  readonly place: string;
  readonly value: string;
}

/** A session with `value` at that place; `name` is what a value of that kind is called. */
type Place = (value: string, name: string) => SessionOverrides;

const HOST: HeaderPair = ['Host', 'shop.acme.test'];
const URL_ = 'https://shop.acme.test/cart';
const type = (value: string): HeaderPair => ['Content-Type', value];
const encoded = encodeURIComponent;
const utf8 = (text: string) => new TextEncoder().encode(text);
/** Header values are byte strings; characters beyond ASCII stand there as their UTF-8. */
const octets = (text: string) => Buffer.from(text, 'utf8').toString('latin1');
const xml = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

const posted = (
  contentType: string,
  requestBody: string | Uint8Array,
  more: HeaderPair[] = [],
): SessionOverrides => ({
  method: 'POST',
  url: URL_,
  requestHeaders: [
    HOST,
    type(contentType),
    ['Content-Length', String(utf8OrBytes(requestBody).length)],
    ...more,
  ],
  requestBody,
});
const answered = (
  contentType: string,
  responseBody: string | Uint8Array,
  more: HeaderPair[] = [],
): SessionOverrides => ({
  url: URL_,
  responseHeaders: [type(contentType), ['Content-Length', String(utf8OrBytes(responseBody).length)], ...more],
  responseBody,
});
const utf8OrBytes = (body: string | Uint8Array) => (typeof body === 'string' ? utf8(body) : body);
const json = (value: string, name: string) =>
  JSON.stringify({ id: 17, user: { [name]: value, locale: 'en' } });
const coded =
  (coding: string, compress: (bytes: Uint8Array) => Uint8Array): Place =>
  (value, name) =>
    answered('application/json', compress(utf8(json(value, name))), [['Content-Encoding', coding]]);
const boundary = 'X-PLANTED-BOUNDARY';
const multipart = (parts: string[]) =>
  `${parts.map((part) => `--${boundary}\r\n${part}\r\n`).join('')}--${boundary}--\r\n`;
const message = (data: string, opcode: number, direction: 'sent' | 'received') => ({
  direction,
  at: 1_750_000_000_100,
  opcode,
  data: new Uint8Array(utf8(data)),
});
const socket = (...messages: ReturnType<typeof message>[]): SessionOverrides => ({
  kind: 'websocket',
  url: URL_,
  status: 101,
  reason: 'Switching Protocols',
  responseHeaders: [['Upgrade', 'websocket']],
  responseBody: '',
  messages,
});

/** Places where a name stands beside the value. */
const BESIDE_A_NAME: Readonly<Record<string, Place>> = {
  query: (value, name) => ({ url: `${URL_}?page=2&${name}=${encoded(value)}` }),
  'query in a query': (value, name) => ({
    url: `${URL_}?next=${encoded(`/login?${name}=${encoded(value)}&x=1`)}`,
  }),
  'URL of Location': (value, name) => ({
    ...answered('text/plain', ''),
    status: 302,
    responseHeaders: [['Location', `https://app.acme.test/cb#${name}=${encoded(value)}&expires_in=3600`]],
  }),
  Referer: (value, name) => ({
    url: URL_,
    requestHeaders: [HOST, ['Referer', `${URL_}?${name}=${encoded(value)}`]],
  }),
  cookie: (value, name) => ({
    url: URL_,
    requestHeaders: [HOST, ['Cookie', `theme=dark; ${name}=${encoded(value)}`]],
  }),
  'set-cookie': (value, name) =>
    answered('text/plain', 'ok', [['Set-Cookie', `${name}=${encoded(value)}; Path=/; HttpOnly`]]),
  form: (value, name) =>
    posted('application/x-www-form-urlencoded', `step=1&${name}=${encoded(value)}&go=yes`),
  'JSON of a request': (value, name) => posted('application/json; charset=utf-8', json(value, name)),
  'JSON of a response': (value, name) => answered('application/json', json(value, name)),
  'JSON in JSON': (value, name) =>
    answered('application/json', JSON.stringify({ payload: json(value, name) })),
  NDJSON: (value, name) => answered('application/x-ndjson', `{"n":1}\n${json(value, name)}\n`),
  'XML element': (value, name) =>
    answered('application/xml', `<?xml version="1.0"?><r><${name}>${xml(value)}</${name}></r>`),
  'hidden field': (value, name) =>
    answered('text/html', `<form><input type="hidden" name="${name}" value="${xml(value)}"></form>`),
  multipart: (value, name) =>
    posted(
      `multipart/form-data; boundary=${boundary}`,
      multipart([`Content-Disposition: form-data; name="${name}"\r\n\r\n${value}`]),
    ),
  'JSON part': (value, name) =>
    posted(
      `multipart/form-data; boundary=${boundary}`,
      multipart([
        `Content-Disposition: form-data; name="meta"\r\nContent-Type: application/json\r\n\r\n${json(value, name)}`,
      ]),
    ),
  gzip: coded('gzip', (bytes) => zlib.gzipSync(bytes)),
  br: coded('br', (bytes) => zlib.brotliCompressSync(bytes)),
  deflate: coded('deflate', (bytes) => zlib.deflateSync(bytes)),
  zstd: coded('zstd', (bytes) => zlib.zstdCompressSync(bytes)),
  'gzip of a request': (value, name) =>
    posted('application/json', zlib.gzipSync(utf8(json(value, name))), [['Content-Encoding', 'gzip']]),
  'UTF-16': (value, name) =>
    answered('application/json; charset=utf-16le', new Uint8Array(Buffer.from(json(value, name), 'utf16le'))),
  'base64 in a header': (value, name) => ({
    url: URL_,
    requestHeaders: [HOST, ['X-Context', Buffer.from(json(value, name)).toString('base64')]],
  }),
  'message sent': (value, name) => socket(message(json(value, name), 1, 'sent')),
  'Socket.IO message': (value, name) =>
    socket(message(`42${JSON.stringify(['auth', { [name]: value }])}`, 1, 'received')),
  'binary message': (value, name) => socket(message(json(value, name), 2, 'received')),
  'event stream': (value, name) =>
    answered('text/event-stream', `event: hello\ndata: ${json(value, name)}\n\n`),
};

/** Places for what its looks give away. */
const ALONE: Readonly<Record<string, Place>> = {
  path: (value) => ({ url: `https://shop.acme.test/hook/${encoded(value)}/run` }),
  'any header': (value) => ({ url: URL_, requestHeaders: [HOST, ['X-Debug', `trace; ${octets(value)}`]] }),
  'response header': (value) => answered('text/plain', 'ok', [['X-Echo', octets(value)]]),
  trailer: (value) => ({
    ...answered('text/plain', 'ok'),
    responseTrailers: [['X-Checksum-Of', octets(value)]],
  }),
  'text body': (value) => answered('text/plain; charset=utf-8', `2026-11-24 INFO using ${value}\n`),
  'HTML comment': (value) => answered('text/html', `<html><!-- ${value} --><p>Hi</p></html>`),
  script: (value) => answered('text/javascript', `const c=${JSON.stringify({ v: value })};go(c)`),
  'file of a form': (value) =>
    posted(
      `multipart/form-data; boundary=${boundary}`,
      multipart([
        `Content-Disposition: form-data; name="f"; filename="a.txt"\r\nContent-Type: text/plain\r\n\r\n${value}\n`,
      ]),
    ),
  'binary body': (value) =>
    answered(
      'application/x-protobuf',
      new Uint8Array([8, 1, 18, 60, 0, ...utf8(value), 0, 24, 1, 0xff, 0xfe]),
    ),
  'text message': (value) => socket(message(`use ${value} please`, 1, 'received')),
  comment: (value) => ({ url: URL_, comment: `Ask ops about ${value} before Friday` }),
  'informational response': (value) => ({
    ...answered('text/plain', 'ok'),
    informational: [
      { httpVersion: 'HTTP/1.1', status: 103, reason: 'Early Hints', headers: [['X-Hint', octets(value)]] },
    ],
  }),
};

const authorization = (value: string): SessionOverrides => ({
  url: URL_,
  requestHeaders: [HOST, ['Authorization', `Bearer ${octets(value)}`]],
});
const basic = (value: string): SessionOverrides => ({
  url: URL_,
  requestHeaders: [HOST, ['Authorization', `Basic ${Buffer.from(`alice:${value}`).toString('base64')}`]],
});
const apiKey = (value: string): SessionOverrides => ({
  url: URL_,
  requestHeaders: [HOST, ['X-Api-Key', octets(value)]],
});
const proxy = (value: string): SessionOverrides => ({
  url: URL_,
  requestHeaders: [
    HOST,
    ['Proxy-Authorization', `Digest username="bob", realm="r", response="${octets(value)}"`],
  ],
});

/** What stands in exports only as a copy of a secret from elsewhere: without a name, in an unlikely place. */
const again = (value: string): SessionOverrides =>
  answered('text/plain; charset=utf-8', `debug: seen <${value}> twice\n`);

export interface PlantedTraffic {
  readonly sessions: readonly FullSession[];
  readonly secrets: readonly Planted[];
}

export function plantedTraffic(seed = 1): PlantedTraffic {
  const draw = drawer(seeded(seed));
  const sessions: FullSession[] = [];
  const secrets: Planted[] = [];
  const plant = (kind: string, place: string, make: (draw: Draw) => string, at: Place) => {
    const value = make(draw);
    secrets.push({ kind, place, value });
    sessions.push(makeSession({ ...at(value, NAMES[kind] ?? 'note'), id: sessions.length + 1 }));
    return value;
  };
  for (const [kind, make] of Object.entries(NAMED)) {
    for (const [place, at] of Object.entries(BESIDE_A_NAME)) {
      const value = plant(kind, place, make, at);
      sessions.push(makeSession({ ...again(value), id: sessions.length + 1 }));
    }
  }
  for (const [kind, make] of Object.entries(SHAPED)) {
    for (const [place, at] of Object.entries(ALONE)) plant(kind, place, make, at);
    plant(kind, 'JSON of a response', make, (value) => answered('application/json', json(value, 'note')));
    plant(
      kind,
      'gzip',
      make,
      coded('gzip', (bytes) => zlib.gzipSync(bytes)),
    );
    plant(kind, 'authorization', make, authorization);
  }
  for (const place of ['JSON of a response', 'multipart', 'form', 'br'] as const) {
    for (const [kind, make] of Object.entries(MULTILINE))
      plant(kind, place, make, BESIDE_A_NAME[place] ?? again);
  }
  for (const [kind, at] of Object.entries({ authorization, basic, apiKey, proxy })) {
    for (const make of Object.values(NAMED)) plant(kind, 'header', make, at);
  }
  return { sessions, secrets };
}
