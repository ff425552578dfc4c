import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { decodeForSearch } from './search-decode.ts';

const TEXT = 'Zürich, '.repeat(200);
const decoded = async (bytes: Uint8Array, coding: string, maxBytes = 1_000_000) => {
  const { bytes: out, cut } = await decodeForSearch(bytes, coding, maxBytes);
  return [Buffer.from(out).toString(), cut];
};

describe('decoding for a search', () => {
  it.each([
    ['gzip', gzipSync(TEXT)],
    ['x-gzip', gzipSync(TEXT)],
    ['GZIP', gzipSync(TEXT)],
    ['br', brotliCompressSync(TEXT)],
    ['zstd', zstdCompressSync(TEXT)],
    ['deflate', deflateSync(TEXT)],
    ['deflate', deflateRawSync(TEXT)],
    ['gzip, br', brotliCompressSync(gzipSync(TEXT))],
    ['identity', Buffer.from(TEXT)],
    ['unheard-of', Buffer.from(TEXT)],
  ])('%s gives the text', async (coding, bytes) => {
    expect(await decoded(bytes, coding)).toEqual([TEXT, false]);
  });

  it('does not wait where a body is whole and simple', () => {
    expect(decodeForSearch(gzipSync(TEXT), 'gzip', 1_000_000)).not.toBeInstanceOf(Promise);
  });

  it('stops at the most that is wanted, and says so', async () => {
    for (const [coding, bytes] of [
      ['gzip', gzipSync(TEXT)],
      ['br', brotliCompressSync(TEXT)],
      ['deflate', deflateSync(TEXT)],
    ] as const)
      expect(await decoded(bytes, coding, 80)).toEqual([Buffer.from(TEXT).subarray(0, 80).toString(), true]);
  });

  it('gives what can be had of what is damaged, or no such coding', async () => {
    const [text, cut] = await decoded(gzipSync(TEXT).subarray(0, -9), 'gzip');
    expect(TEXT.startsWith(String(text).slice(0, 100))).toBe(true);
    expect(cut).toBe(false);
    expect(await decoded(Buffer.from('plain all the same'), 'gzip')).toEqual(['plain all the same', false]);
    expect(await decoded(new Uint8Array(), 'gzip')).toEqual(['', false]);
  });
});
