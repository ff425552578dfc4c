/** Content decoding as searches need it, for millions of small bodies: at once where a body is whole and simple, with all care where it is not. */
import * as zlib from 'node:zlib';
import { contentCodings, decodeContent } from '#formats/content-decoding.ts';
import type { ContentDecoder, DecodedContent } from '#store/search/parts.ts';

type Quick = (bytes: Uint8Array, options: { maxOutputLength: number }) => Uint8Array;

const QUICK = new Map<string, Quick>([
  ['gzip', zlib.gunzipSync],
  ['br', zlib.brotliDecompressSync],
]);
// Electron's Node may be built without zstd.
if (typeof zlib.zstdDecompressSync === 'function') QUICK.set('zstd', zlib.zstdDecompressSync);

async function careful(bytes: Uint8Array, coding: string, maxBytes: number): Promise<DecodedContent> {
  const decoded = await decodeContent(bytes, coding, { maxBytes });
  return { bytes: decoded.bytes, cut: decoded.problem !== undefined && decoded.bytes.length >= maxBytes };
}

export const decodeForSearch: ContentDecoder = (bytes, contentEncoding, maxBytes) => {
  const [coding = '', ...more] = contentCodings(contentEncoding);
  const quick = more.length === 0 ? QUICK.get(coding) : undefined;
  if (quick === undefined || bytes.length === 0) return careful(bytes, contentEncoding, maxBytes);
  try {
    return { bytes: quick(bytes, { maxOutputLength: maxBytes }), cut: false };
  } catch {
    // Too long, damaged or something else: what can be had of it.
    return careful(bytes, contentEncoding, maxBytes);
  }
};
