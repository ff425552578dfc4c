/**
 * Traffic as a browser and an app make it, for measurements at scale: API answers with ids, times and names, pages, scripts, images; gzip
 * as servers send it. The same seed makes the same traffic, so that figures of two runs can be compared.
 */
import { gzipSync } from 'node:zlib';
import type { CaptureEvent } from '#model/capture-event.ts';
import type { HeaderPair } from '#model/headers.ts';

const WORDS =
  'account action address amount archive basket brand button cache campaign cart category change channel checkout city client code colour contact content country coupon created currency customer date delivery description device discount email enabled event expires feature first flag group height history image index invoice item label language last level limit link list locale location message method mobile model name note number offer option order origin owner page parent partner payment phone picture plan postcode price product profile promotion quantity query rating reason region report request result return review role sale score search section seller service session setting shipping size source state status stock store street subject subtotal summary support target tax team template theme ticket title token total tracking type unit updated user value variant vendor version view visitor voucher warehouse weight width window'.split(
    ' ',
  );
const NAMES =
  'Ada Björn Chloé Dmitri Emeka Fatima Goran Hana Ines Jörg Kenji Lena Mia Noor Olga Pavel Quinn Rosa Søren Tomás Uma Viktor Wanda Xiu Yusuf Zoë'.split(
    ' ',
  );
const CITIES = 'Zürich Genève Oslo München Paris Łódź Madrid Lisboa København Wien'.split(' ');

/** A small generator of numbers (mulberry32): fast, and the same for the same seed. */
export function randomNumbers(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
}

type Random = (below: number) => number;
const pick = <T>(random: Random, list: readonly T[]): T => list[random(list.length)] as T;
const hex = (random: Random, length: number) =>
  Array.from({ length: Math.ceil(length / 6) }, () => random(0x1000000).toString(16).padStart(6, '0'))
    .join('')
    .slice(0, length);
const uuid = (random: Random) =>
  `${hex(random, 8)}-${hex(random, 4)}-4${hex(random, 3)}-a${hex(random, 3)}-${hex(random, 12)}`;
const words = (random: Random, count: number) =>
  Array.from({ length: count }, () => pick(random, WORDS)).join(' ');

function record(random: Random): Record<string, unknown> {
  return {
    id: uuid(random),
    number: 100_000 + random(9_900_000),
    createdAt: new Date(1_750_000_000_000 + random(2_000_000_000)).toISOString(),
    customer: { name: pick(random, NAMES), city: pick(random, CITIES), email: `${hex(random, 8)}@mail.test` },
    [pick(random, WORDS)]: words(random, 1 + random(6)),
    [pick(random, WORDS)]: random(100_000) / 100,
    total: { amount: random(1_000_000) / 100, currency: pick(random, ['EUR', 'CHF', 'USD']) },
  };
}

function page(random: Random): string {
  const rows = Array.from(
    { length: 20 + random(60) },
    () =>
      `<li class="${pick(random, WORDS)}-${pick(random, WORDS)}"><a href="/${pick(random, WORDS)}/${random(100_000)}">${words(random, 4)}</a><p>${words(random, 12)}</p></li>`,
  );
  return `<!doctype html><html><head><meta charset="utf-8"><title>${words(random, 3)}</title></head><body><ul>${rows.join('\n')}</ul></body></html>`;
}

function script(random: Random): string {
  return Array.from(
    { length: 200 + random(300) },
    () =>
      `function ${pick(random, WORDS)}${random(999)}(e,t){return e.${pick(random, WORDS)}===t?${random(9999)}:e["${pick(random, WORDS)}"](t)}`,
  ).join(';');
}

interface Made {
  readonly type: string;
  readonly path: string;
  readonly body: Uint8Array;
  readonly coded: boolean;
}

/** Scripts and pages come again: a browser asks for the same ones. */
interface Statics {
  readonly scripts: readonly Uint8Array[];
  readonly images: readonly Uint8Array[];
}

function statics(random: Random): Statics {
  return {
    scripts: Array.from({ length: 30 }, () => gzipSync(script(random))),
    images: Array.from({ length: 20 }, () =>
      Uint8Array.from({ length: 2000 + random(8000) }, () => random(256)),
    ),
  };
}

function answer(random: Random, { scripts, images }: Statics): Made {
  const kind = random(100);
  if (kind < 78) {
    const many = random(4) === 0 ? 2 + random(12) : 1;
    const text = JSON.stringify(
      many === 1 ? record(random) : { items: Array.from({ length: many }, () => record(random)) },
    );
    const coded = text.length > 600;
    const path = `/v2/${pick(random, WORDS)}s/${random(1_000_000)}?${pick(random, WORDS)}=${random(1000)}`;
    return {
      type: 'application/json',
      path,
      coded,
      body: coded ? gzipSync(text, { level: 1 }) : Buffer.from(text),
    };
  }
  if (kind < 84)
    return {
      type: 'text/html; charset=utf-8',
      path: `/${pick(random, WORDS)}/${pick(random, WORDS)}`,
      body: gzipSync(page(random), { level: 1 }),
      coded: true,
    };
  if (kind < 88)
    return {
      type: 'text/javascript',
      path: `/static/${hex(random, 8)}.js`,
      body: pick(random, scripts),
      coded: true,
    };
  return { type: 'image/png', path: `/img/${hex(random, 12)}.png`, body: pick(random, images), coded: false };
}

/** Events of `count` finished sessions with ids from `first` on; `plant` may put a text into the answer of one. */
export function* realisticTraffic(
  count: number,
  {
    first = 1,
    seed = 1,
    plant,
  }: { first?: number; seed?: number; plant?: (id: number) => string | undefined } = {},
): Generator<CaptureEvent> {
  const random = randomNumbers(seed);
  const kept = statics(random);
  const cookie = `sid=${hex(random, 40)}; theme=dark; consent=${uuid(random)}`;
  const bearer = `${hex(random, 30)}.${hex(random, 120)}.${hex(random, 43)}`;
  for (let id = first; id < first + count; id++) {
    const made = answer(random, kept);
    const planted = plant?.(id);
    const { type, path, coded } = made;
    const body = planted === undefined ? made.body : gzipSync(`{"planted":${JSON.stringify(planted)}}`);
    const host = `${pick(random, ['api', 'www', 'cdn', 'shop', 'auth', 'img'])}.${pick(random, ['acme', 'globex', 'initech'])}.test`;
    const at = 1_750_000_000_000 + id * 20;
    const post = type === 'application/json' && random(4) === 0;
    const headers: HeaderPair[] = [
      ['Host', host],
      [
        'User-Agent',
        'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0 Safari/537.36',
      ],
      ['Accept', '*/*'],
      ['Accept-Encoding', 'gzip, deflate, br, zstd'],
      ['Cookie', cookie],
      ['Authorization', `Bearer ${bearer}`],
      ['X-Request-Id', uuid(random)],
    ];
    const sent = post ? Buffer.from(JSON.stringify(record(random))) : undefined;
    if (sent) headers.push(['Content-Type', 'application/json'], ['Content-Length', String(sent.length)]);
    yield {
      type: 'begin',
      id,
      kind: 'http',
      source: 'proxy',
      at,
      url: `https://${host}${path}`,
      head: { method: post ? 'POST' : 'GET', target: path, httpVersion: 'HTTP/1.1', headers },
    };
    if (sent) yield { type: 'request-data', id, data: sent };
    yield { type: 'request-end', id };
    const answered: HeaderPair[] = [
      ['Date', new Date(at).toUTCString()],
      ['Content-Type', planted === undefined ? type : 'application/json'],
      ['Content-Length', String(body.length)],
      ['ETag', `"${hex(random, 16)}"`],
      ['Server', 'nginx'],
      ['Cache-Control', 'no-store'],
      ['X-Trace', hex(random, 32)],
    ];
    if (coded || planted !== undefined) answered.push(['Content-Encoding', 'gzip']);
    yield {
      type: 'response-head',
      id,
      head: {
        httpVersion: 'HTTP/1.1',
        status: random(20) === 0 ? 404 : 200,
        reason: 'OK',
        headers: answered,
      },
    };
    yield { type: 'response-data', id, data: new Uint8Array(body) };
    yield { type: 'response-end', id };
    yield { type: 'end', id, at: at + 1 + random(200), state: 'completed', timings: { wait: random(100) } };
  }
}
