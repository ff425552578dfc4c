import * as zlib from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { HeaderPair } from '#model/headers.ts';
import { decodeContent } from '../content-decoding.ts';
import { masking, opaque } from '../testing/masking.ts';
import { seeded } from '../testing/planted-kinds.ts';
import { MAX_READ_BYTES, rewriteBody } from './rewrite-body.ts';

const json = Buffer.from(`{"token":"${opaque()}"}`);
const masked = '{"token":"[redacted:token:1]"}';
const headers = (coding?: string): HeaderPair[] => [
  ['Content-Type', 'application/json'],
  ...(coding === undefined ? [] : [['Content-Encoding', coding] satisfies HeaderPair]),
];
const noise = (length: number) => {
  const random = seeded(1);
  return Buffer.from(Array.from({ length }, () => random() * 256));
};
const rewritten = (bytes: Uint8Array, coding?: string) =>
  rewriteBody(new Uint8Array(bytes), headers(coding), masking().masker);

describe('a captured body', () => {
  it.each([
    ['gzip', zlib.gzipSync(json)],
    ['x-gzip', zlib.gzipSync(json)],
    ['deflate', zlib.deflateSync(json)],
    ['deflate', zlib.deflateRawSync(json)],
    ['br', zlib.brotliCompressSync(json)],
    ['zstd', zlib.zstdCompressSync(json)],
    ['gzip, br', zlib.brotliCompressSync(zlib.gzipSync(json))],
  ])('is put back into %s', async (coding, bytes) => {
    const { bytes: after, unread } = await rewritten(bytes, coding);
    expect(unread).toBeUndefined();
    const decoded = await decodeContent(after, coding, { maxBytes: 1000 });
    expect(decoded.problem).toBeUndefined();
    expect(Buffer.from(decoded.bytes).toString()).toBe(masked);
  });

  it('is the very octets where there is nothing to mask, coded or not', async () => {
    for (const [bytes, coding] of [
      [zlib.gzipSync('{"id":1}'), 'gzip'],
      [Buffer.from('{"id":1}'), undefined],
      [Buffer.alloc(0), 'gzip'],
    ] as const) {
      const given = new Uint8Array(bytes);
      expect((await rewriteBody(given, headers(coding), masking().masker)).bytes).toBe(given);
    }
  });

  it('is read as it stands where its coding is another or not known', async () => {
    for (const coding of ['gzip', 'aws-chunked']) {
      const { bytes, unread } = await rewritten(json, coding);
      expect([Buffer.from(bytes).toString(), unread]).toEqual([masked, undefined]);
    }
  });

  it('leaves out what cannot be decoded, and says so', async () => {
    const whole = zlib.gzipSync(Buffer.concat([json, noise(5000)]));
    const { bytes, unread } = await rewritten(whole.subarray(0, whole.length - 200), 'gzip');
    expect(unread).toMatch(/truncated/);
    expect(zlib.gunzipSync(bytes).toString('latin1')).not.toContain(opaque());
  });

  it('is left out whole when it is too large to be read', async () => {
    const { bytes, unread } = await rewritten(new Uint8Array(MAX_READ_BYTES + 1));
    expect([bytes.length, unread]).toEqual([0, expect.stringMatching(/over \d+ bytes/)]);
  });
});
