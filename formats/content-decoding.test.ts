import * as zlib from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contentCodings, decodeContent, MAX_CODINGS } from './content-decoding.ts';

const text = Buffer.from(Array.from({ length: 4000 }, (_, i) => `line ${i * 7919}\n`).join(''));
const all = { maxBytes: 10_000_000 };

const codings: readonly (readonly [string, string, (bytes: Uint8Array) => Buffer])[] = [
  ['gzip', 'gzip', zlib.gzipSync],
  ['x-gzip', 'x-gzip', zlib.gzipSync],
  ['deflate as zlib', 'deflate', zlib.deflateSync],
  ['deflate without header', 'deflate', zlib.deflateRawSync],
  ['br', 'br', zlib.brotliCompressSync],
  ['zstd', 'zstd', zlib.zstdCompressSync],
];

describe.each(codings)('%s', (_, coding, compress) => {
  it('decodes', async () => {
    expect(await decodeContent(compress(text), coding, all)).toEqual({ bytes: new Uint8Array(text) });
  });

  it('round-trips anything', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 3000 }), async (bytes) => {
        const decoded = await decodeContent(compress(bytes), coding, all);
        expect(decoded.problem).toBeUndefined();
        expect(Buffer.compare(decoded.bytes, bytes)).toBe(0);
      }),
      { numRuns: 20 },
    );
  });

  it('gives what decoded of a truncated body, and says so', async () => {
    const whole = compress(text);
    const { bytes, problem } = await decodeContent(whole.subarray(0, whole.length - 40), coding, all);
    expect(problem).toMatch(/truncated/);
    expect(text.subarray(0, bytes.length).equals(bytes)).toBe(true);
    expect(bytes.length).toBeLessThan(text.length);
    // Block codings give nothing of an unfinished block; text of one block shows nothing.
    if (coding !== 'zstd') expect(bytes.length).toBeGreaterThan(text.length / 2);
  });

  it('stops at the cap while inflating', async () => {
    const bomb = compress(new Uint8Array(200_000_000));
    const before = process.memoryUsage().rss;
    const { bytes, problem } = await decodeContent(bomb, coding, { maxBytes: 100_000 });
    expect(bytes.length).toBe(100_000);
    expect(problem).toMatch(/cut at 100000 bytes/);
    expect(process.memoryUsage().rss - before).toBeLessThan(60_000_000);
  });

  it('takes a body of exactly the cap for whole', async () => {
    expect((await decodeContent(compress(text), coding, { maxBytes: text.length })).problem).toBeUndefined();
  });

  it('leaves a body alone that is not in the coding', async () => {
    const plain = new TextEncoder().encode('{"already":"decoded"}');
    const { bytes, problem } = await decodeContent(plain, coding, all);
    expect(bytes).toEqual(plain);
    expect(problem).toMatch(/not (x-)?(gzip|deflate|br|zstd).*shown as it is/);
  });
});

describe('decodeContent', () => {
  it('shows everything before damage, to the byte', async () => {
    const whole = zlib.gzipSync(text);
    const damaged = Buffer.from(whole);
    damaged[whole.length - 6] = (whole[whole.length - 6] ?? 0) ^ 0xff; // the checksum
    const { bytes, problem } = await decodeContent(damaged, 'gzip', all);
    expect(problem).toMatch(/damaged/);
    expect(text.equals(bytes)).toBe(true);
  });

  it('undoes stacked codings in the order opposite to the header', async () => {
    const stacked = zlib.brotliCompressSync(zlib.gzipSync(text));
    expect(await decodeContent(stacked, ' GZIP , identity,br', all)).toEqual({ bytes: new Uint8Array(text) });
  });

  it('goes no deeper than its limit', async () => {
    const header = Array.from({ length: MAX_CODINGS + 1 }, () => 'gzip').join(', ');
    const { bytes, problem } = await decodeContent(zlib.gzipSync(text), header, all);
    expect(problem).toMatch(/4 stacked/);
    expect(bytes[0]).toBe(0x1f);
  });

  it('keeps the first problem of stacked codings', async () => {
    const stacked = zlib.brotliCompressSync(zlib.gzipSync(text)).subarray(0, -30);
    const { problem } = await decodeContent(stacked, 'gzip, br', all);
    expect(problem).toMatch(/^the br body is truncated/);
  });

  it('says that it does not know a coding', async () => {
    const { bytes, problem } = await decodeContent(text, 'compress', all);
    expect(problem).toBe('the content coding "compress" is not known');
    expect(text.equals(bytes)).toBe(true);
  });

  it.each([undefined, '', 'identity', ' , '])('passes a body through for %j', async (header) => {
    expect(await decodeContent(text, header, all)).toEqual({ bytes: text });
  });

  it('cuts a body without coding too', async () => {
    const { bytes, problem } = await decodeContent(text, undefined, { maxBytes: 10 });
    expect(bytes.length).toBe(10);
    expect(problem).toBe('cut at 10 bytes');
  });

  it('has nothing to say about an empty body', async () => {
    expect(await decodeContent(new Uint8Array(), 'gzip', all)).toEqual({ bytes: new Uint8Array() });
  });
});

describe('contentCodings', () => {
  it('lists them in the order they were applied', () => {
    expect(contentCodings('Gzip,  identity , BR')).toEqual(['gzip', 'br']);
  });
});
