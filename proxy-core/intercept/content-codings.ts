/** Whole bodies out of their content codings (RFC 9110 §8.4) and into them again, so that rules see text. Bounded while inflating. */
import { promisify } from 'node:util';
import * as zlib from 'node:zlib';
import { type HeaderPair, headerValues } from '#model/headers.ts';
import { ContentStream } from '../engine/content-stream.ts';
import { ActionError } from './action-error.ts';

type Encode = (bytes: Uint8Array) => Promise<Buffer>;

const gzip = promisify<Uint8Array, Buffer>(zlib.gzip);
const deflate = promisify<Uint8Array, Buffer>(zlib.deflate);
const brotli = promisify<Uint8Array, zlib.BrotliOptions, Buffer>(zlib.brotliCompress);

const ENCODERS = new Map<string, Encode>([
  ['gzip', gzip],
  ['x-gzip', gzip],
  ['deflate', deflate],
  // The default quality of 11 takes a second for a megabyte.
  ['br', (bytes) => brotli(bytes, { params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 5 } })],
]);
// Electron's Node may be built without zstd.
if (typeof zlib.zstdCompress === 'function')
  ENCODERS.set('zstd', promisify<Uint8Array, Buffer>(zlib.zstdCompress));

/** The codings in the order they were applied. */
export const codingsOf = (headers: readonly HeaderPair[]): string[] =>
  headerValues(headers, 'content-encoding')
    .flatMap((value) => value.split(','))
    .map((coding) => coding.trim().toLowerCase())
    .filter((coding) => coding !== '' && coding !== 'identity');

/** @throws ActionError for what cannot be decoded, or decodes to more than `limit` octets */
export async function decodeContent(
  bytes: Buffer,
  codings: readonly string[],
  limit: number,
): Promise<Buffer> {
  if (codings.length === 0 || bytes.length === 0) return bytes;
  const parts: Uint8Array[] = [];
  let problem: string | undefined;
  const stream = new ContentStream(
    codings.join(', '),
    {
      data: (part) => void parts.push(part),
      problem: (text) => {
        problem = text;
      },
    },
    { free: limit, ratio: 0 },
  );
  await stream.write(bytes);
  await stream.end();
  if (problem !== undefined) throw new ActionError(`The body cannot be read: ${problem}.`);
  return Buffer.concat(parts);
}

/** @throws ActionError for a coding that is not known */
export async function encodeContent(content: Buffer, codings: readonly string[]): Promise<Buffer> {
  let bytes = content;
  for (const coding of codings) {
    const encode = ENCODERS.get(coding);
    if (encode === undefined)
      throw new ActionError(`The content coding "${coding.slice(0, 40)}" is not known.`);
    bytes = await encode(bytes);
  }
  return bytes;
}
