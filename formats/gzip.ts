/** Files that stand in a gzip file (`.har.gz`, `.zhar`), whatever their format: seen through while reading, made while writing. */
import { pipeline, Readable } from 'node:stream';
import * as zlib from 'node:zlib';
import { SluiceError } from '#model/errors.ts';

/** What may come out, as a multiple of what goes in, once that is past the free bytes. DEFLATE itself ends at 1,032. */
const MAX_RATIO = 300;
const FREE_BYTES = 1024 * 1024 * 1024;

/** RFC 1952 §2.3.1. */
export const isGzip = (start: Uint8Array): boolean =>
  start[0] === 0x1f && start[1] === 0x8b && start[2] === 8;

/** The name of what is within: "a.har.gz" → "a.har", "a.zhar" → "a.har". */
export const nameWithin = (name: string): string =>
  name.replace(/\.(?:gz|gzip)$/i, '').replace(/\.zhar$/i, '.har');

/** Whether a file of this name is to be compressed. */
export const wantsGzip = (name: string): boolean => /\.(?:gz|gzip|zhar)$/i.test(name);

/** What `chunks` hold. @throws SluiceError `bad-file` for a file that is cut, damaged or inflates beyond all measure */
export async function* gunzipped(
  chunks: AsyncIterable<Uint8Array>,
  { maxRatio = MAX_RATIO, freeBytes = FREE_BYTES } = {},
): AsyncGenerator<Uint8Array, void, undefined> {
  let read = 0;
  let made = 0;
  let failure: unknown;
  async function* counted() {
    try {
      for await (const chunk of chunks) {
        read += chunk.length;
        yield chunk;
      }
    } catch (error) {
      failure = error;
      throw error;
    }
  }
  try {
    const source = Readable.from(counted(), { objectMode: false });
    for await (const piece of pipeline(source, zlib.createGunzip(), () => undefined)) {
      made += piece.length;
      if (made > freeBytes && made > read * maxRatio) {
        throw new SluiceError('bad-file', `The file inflates to more than ${maxRatio} times its size.`);
      }
      yield piece;
    }
  } catch (cause) {
    if (failure !== undefined) throw failure;
    if (cause instanceof SluiceError) throw cause;
    const { code = '' } = cause as NodeJS.ErrnoException;
    if (!code.startsWith('Z_')) throw cause;
    const what = code === 'Z_BUF_ERROR' ? 'cut' : 'damaged';
    throw new SluiceError('bad-file', `The compressed file is ${what} at byte ${read} or before.`, { cause });
  }
}

/** `pieces` compressed. */
export async function* gzipped(
  pieces: AsyncIterable<Uint8Array | string>,
): AsyncGenerator<Uint8Array, void, undefined> {
  const source = Readable.from(pieces);
  yield* pipeline(source, zlib.createGzip(), () => undefined) as AsyncIterable<Uint8Array>;
}
