/**
 * A captured body with its secrets masked: decoded, rewritten and put back into the codings it came in, so that its head stays true but for
 * the length. What cannot be decoded whole is not let through unread: its readable beginning is kept, or nothing.
 */
import * as zlib from 'node:zlib';
import { type Headers, headerValue, headerValues } from '#model/headers.ts';
import { contentCodings, decodeContent } from '../content-decoding.ts';
import type { Masker } from './masker.ts';
import { rewriteContent } from './rewrite-content.ts';

/** More than this of a body is not read, captured or decoded, and so does not leave. */
export const MAX_READ_BYTES = 64 * 1024 * 1024;

const ENCODERS = new Map<string, (bytes: Uint8Array) => Uint8Array>([
  ['gzip', (bytes) => zlib.gzipSync(bytes)],
  ['x-gzip', (bytes) => zlib.gzipSync(bytes)],
  ['deflate', (bytes) => zlib.deflateSync(bytes)],
  // Its default effort takes seconds for a megabyte.
  ['br', (bytes) => zlib.brotliCompressSync(bytes, { params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 4 } })],
]);
if (typeof zlib.zstdCompressSync === 'function')
  ENCODERS.set('zstd', (bytes) => zlib.zstdCompressSync(bytes));

function encode(bytes: Uint8Array, codings: readonly string[]): Uint8Array {
  let coded = bytes;
  for (const coding of codings) coded = ENCODERS.get(coding)?.(coded) ?? coded;
  return new Uint8Array(coded);
}

export interface RewrittenBody {
  readonly bytes: Uint8Array;
  /** Why not all of the body could be read; what could not is left out. */
  readonly unread?: string;
}

/** The very `bytes` where there is nothing to mask. */
export async function rewriteBody(
  bytes: Uint8Array,
  headers: Headers,
  masker: Masker,
): Promise<RewrittenBody> {
  if (bytes.length === 0) return { bytes };
  if (bytes.length > MAX_READ_BYTES)
    return { bytes: new Uint8Array(), unread: `it is over ${MAX_READ_BYTES} bytes` };
  const contentType = headerValue(headers, 'content-type');
  const coding = headerValues(headers, 'content-encoding').join(', ');
  const { bytes: decoded, problem } = await decodeContent(bytes, coding, { maxBytes: MAX_READ_BYTES });
  const content = rewriteContent(decoded, contentType, masker);
  // Not in the coding that its head names, or in one that nobody knows: read as it stands.
  if (sameBytes(decoded, bytes)) return content === decoded ? { bytes } : { bytes: content };
  if (problem === undefined && content === decoded) return { bytes };
  const rewritten = encode(content, contentCodings(coding));
  return problem === undefined ? { bytes: rewritten } : { bytes: rewritten, unread: problem };
}

const sameBytes = (a: Uint8Array, b: Uint8Array) =>
  a === b || (a.length === b.length && Buffer.compare(a, b) === 0);
