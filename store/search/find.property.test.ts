import { brotliCompressSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { SearchHit } from '#model/search.ts';
import { makeSession } from '#proxy-core/testing/session-factory.ts';
import { indexed, looking, NO_INDEX, search, searchedCapture } from '../testing/searched-capture.ts';
import { fold } from './fold.ts';

/** Words that are alike, so that needles are found in some sessions and nearly in others. */
const WORDS = [
  'Zürich',
  'zurich',
  'ZÜRICH',
  'Straße',
  'order',
  'Order-48213',
  '48213',
  '4821',
  'naïve',
  'ab',
  ' ',
  '"',
  '\\',
  '{"a":',
  '\n',
  '/',
  '%',
];
const text = fc
  .array(fc.oneof(fc.constantFrom(...WORDS), fc.string({ maxLength: 4 })), { maxLength: 12 })
  .map((parts) => parts.join(''));
const latin = text.map((one) => one.replace(/[^\0-\x7f\xa0-\xff]/g, '?'));

interface Charset {
  readonly name: string;
  readonly contentType: string;
  encode(text: string): Buffer;
  decode(bytes: Uint8Array): string;
  readonly texts: fc.Arbitrary<string>;
}

const be = (bytes: Buffer) => Buffer.from(bytes).swap16();
const utf16 = (label: string, mark: boolean): Charset => ({
  name: `${label}${mark ? ' with mark' : ''}`,
  contentType: mark ? 'text/plain' : `text/plain; charset=${label}`,
  encode: (one) => {
    const bytes = Buffer.from((mark ? '\ufeff' : '') + one, 'utf16le');
    return label === 'utf-16be' ? be(bytes) : bytes;
  },
  decode: (bytes) => {
    const copy = Buffer.from(bytes);
    return (label === 'utf-16be' ? be(copy) : copy).toString('utf16le');
  },
  texts: text,
});
const CHARSETS: readonly Charset[] = [
  {
    name: 'utf-8',
    contentType: 'application/json',
    encode: (one) => Buffer.from(one),
    decode: (bytes) => Buffer.from(bytes).toString(),
    texts: text,
  },
  {
    name: 'latin-1',
    contentType: 'text/plain; charset=iso-8859-1',
    encode: (one) => Buffer.from(one, 'latin1'),
    decode: (bytes) => Buffer.from(bytes).toString('latin1'),
    texts: latin,
  },
  utf16('utf-16le', false),
  utf16('utf-16be', false),
  utf16('utf-16le', true),
  utf16('utf-16be', true),
];
const CODINGS: Readonly<Record<string, (bytes: Uint8Array) => Uint8Array>> = {
  '': (bytes) => bytes,
  gzip: gzipSync,
  br: brotliCompressSync,
  zstd: zstdCompressSync,
  deflate: deflateSync,
};

/** A text as JSON strings may write it: quotes and backslashes escaped, and other characters as somebody likes. */
const escaped = (one: string, every: number) =>
  [...one]
    .map((character, i) =>
      /["\\\n]/.test(character)
        ? JSON.stringify(character).slice(1, -1)
        : i % every === 0
          ? unicode(character)
          : character,
    )
    .join('');
const unicode = (character: string) =>
  Array.from(
    { length: character.length },
    (_, i) => `\\u${character.charCodeAt(i).toString(16).padStart(4, '0')}`,
  ).join('');

interface Body {
  readonly meant: string;
  readonly json: number;
  readonly charset: Charset;
  readonly coding: string;
}

const body: fc.Arbitrary<Body> = fc.constantFrom(...CHARSETS).chain((charset) =>
  fc.record({
    meant: charset.texts.map((one) => one.toWellFormed()),
    json: fc.nat(4),
    charset: fc.constant(charset),
    coding: fc.constantFrom(...Object.keys(CODINGS)),
  }),
);

/** What stands in the body: the text, or the text as JSON writes it. */
const stored = ({ meant, json }: Body) => (json === 0 ? meant : escaped(meant, json));
const bytesOf = (one: Body) => one.charset.encode(stored(one));
const alike = (needle: string, caseSensitive: boolean) => (hay: string) =>
  caseSensitive ? hay.includes(needle) : fold(hay).includes(fold(needle));

function sessionOf(id: number, one: Body) {
  const bytes = CODINGS[one.coding]?.(bytesOf(one)) ?? bytesOf(one);
  return makeSession({
    id,
    responseHeaders: [
      ['Content-Type', one.charset.contentType],
      ...(one.coding === '' ? [] : [['Content-Encoding', one.coding] as [string, string]]),
    ],
    responseBody: new Uint8Array(bytes),
  });
}

/** The text of a hit as it is meant. */
function meantBy(one: Body, { start, end }: SearchHit): string[] {
  const found = one.charset.decode(bytesOf(one).subarray(start, end));
  const unescaped = found.replace(/\\(?:u([0-9a-f]{4})|(.))/g, (_, code, short) =>
    code === undefined
      ? ({ n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' }[short as string] ?? short)
      : String.fromCharCode(Number.parseInt(code, 16)),
  );
  return [found, unescaped];
}

it('finds what a look at every text finds, in every charset and coding, with and without an index, and nothing else', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(body, { minLength: 20, maxLength: 100, size: 'max' }),
      fc.array(fc.tuple(fc.nat(), fc.nat(), fc.integer({ min: 1, max: 12 }), fc.boolean()), {
        minLength: 1,
        maxLength: 6,
      }),
      async (bodies, asked) => {
        await using at = await searchedCapture(bodies.map((one, i) => sessionOf(i + 1, one)));
        const indexer = await indexed(at.capture);
        for (const [which, from, length, caseSensitive] of asked) {
          const source = bodies[which % bodies.length]?.meant ?? '';
          const needle =
            source
              .slice(from % (source.length + 1))
              .slice(0, length)
              .toWellFormed() || 'order';
          const query = looking(needle, { caseSensitive, places: ['response-body'] });
          const [quick, slow] = [
            await search(at.capture, indexer, query),
            await search(at.capture, NO_INDEX, query),
          ];
          expect(quick.found).toEqual(slow.found);
          const holds = alike(needle, caseSensitive);
          const expected = bodies.flatMap((one, i) =>
            holds(one.meant) || holds(stored(one)) ? [i + 1] : [],
          );
          const got = quick.found.map(({ row }) => row.id);
          // In UTF-16 with a backslash of its own in the text, a reading may join what was apart: never less than is there.
          expect(got).toEqual(expect.arrayContaining(expected));
          for (const { row, hits } of quick.found) {
            const one = bodies[row.id - 1];
            if (one === undefined) return expect.unreachable();
            for (const hit of hits)
              expect(meantBy(one, hit).some(holds), `${needle} in ${one.charset.name}`).toBe(true);
          }
        }
      },
    ),
    { numRuns: Number(process.env.SEARCH_RUNS ?? 6) },
  );
}, 120_000);
