/** Sessions for measuring the store: what a day of an API client and a browser looks like, the same each time. Pure. */
import type { CaptureEvent } from '#model/capture-event.ts';
import type { HeaderPair } from '#model/headers.ts';

const HOSTS = 97;
const PATHS = 100_003;
const TYPES = [
  'application/json',
  'text/html; charset=utf-8',
  'image/png',
  'text/css',
  'application/javascript',
];
const METHODS = ['GET', 'GET', 'GET', 'POST', 'PUT', 'DELETE'];
/** One in so many is a file that many sessions fetch. */
const ASSET_EVERY = 10;
const ASSETS = 50;
const ASSET_BYTES = 20_000;
const BEGAN = 1_750_000_000_000;
/** Every so many sessions a body has this word, and nothing else has. */
export const RARE_EVERY = 9973;
export const RARE_WORD = 'xylophone';

const encoder = new TextEncoder();
const assets = Array.from({ length: ASSETS }, (_, i) =>
  encoder.encode(`/* asset ${i} */ `.repeat(ASSET_BYTES).slice(0, ASSET_BYTES)),
);
const filler = 'lorem ipsum dolor sit amet consectetur adipiscing elit sed do eiusmod '.repeat(20);

const COMMON: readonly HeaderPair[] = [
  [
    'User-Agent',
    'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0 Safari/537.36',
  ],
  ['Accept', 'application/json, text/plain, */*'],
  ['Accept-Encoding', 'gzip, deflate, br, zstd'],
  ['Accept-Language', 'en-GB,en;q=0.9'],
];

/** A number that looks like chance and is the same for the same `id`. */
const mixed = (id: number, salt: number) =>
  (Math.imul(id ^ (salt * 0x9e3779b1), 0x85ebca6b) >>> 0) % 1_000_003;

function bodyOf(id: number): Uint8Array {
  if (id % ASSET_EVERY === 0) return assets[mixed(id, 1) % ASSETS] ?? new Uint8Array();
  const word = id % RARE_EVERY === 0 ? RARE_WORD : 'word';
  return encoder.encode(`{"id":${id},"${word}":"${filler.slice(0, 400 + (mixed(id, 2) % 900))}"}`);
}

/** All events of session `id`, finished. */
export function* sessionEvents(id: number): Generator<CaptureEvent> {
  const host = `h${mixed(id, 3) % HOSTS}.acme.test`;
  const target = `/orders/${(id * 7919) % PATHS}/items?page=${id % 9}`;
  const at = BEGAN + id * 7;
  const status = id % 50 === 0 ? 404 : id % 333 === 0 ? 500 : 200;
  const type = id % ASSET_EVERY === 0 ? (TYPES[3] ?? '') : (TYPES[mixed(id, 4) % TYPES.length] ?? '');
  const body = bodyOf(id);
  yield {
    type: 'begin',
    id,
    kind: 'http',
    source: 'proxy',
    at,
    url: `https://${host}${target}`,
    head: {
      method: METHODS[mixed(id, 5) % METHODS.length] ?? 'GET',
      target,
      httpVersion: id % 3 === 0 ? 'HTTP/2' : 'HTTP/1.1',
      headers: [['Host', host], ...COMMON, ['Cookie', `sid=${mixed(id, 6)}`]],
    },
  };
  yield { type: 'request-end', id };
  yield {
    type: 'response-head',
    id,
    head: {
      httpVersion: 'HTTP/1.1',
      status,
      reason: 'OK',
      headers: [
        ['Content-Type', type],
        ['Content-Length', String(body.length)],
        ['X-Request-Id', `r-${mixed(id, 7)}-${id}`],
        ['Cache-Control', 'no-store'],
      ],
    },
  };
  yield { type: 'response-data', id, data: body };
  yield { type: 'response-end', id };
  const duration = 5 + (mixed(id, 8) % 1000);
  yield {
    type: 'end',
    id,
    at: at + duration,
    state: 'completed',
    timings: { send: 1, wait: duration - 2, receive: 1 },
  };
}
