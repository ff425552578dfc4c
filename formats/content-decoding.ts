/**
 * Content decoding (RFC 9110 §8.4): from a body as captured to the body as meant. A view for people, checks and exports; the captured
 * bytes stay as they are. Output is bounded while it is being inflated, alike for every coding, so that a few hostile kilobytes cannot
 * become gigabytes. It refuses nothing: whatever decoded is given back, and `problem` says what did not.
 */
import * as zlib from 'node:zlib';

/** More stacked codings than this are left alone: real servers use one, and each may multiply the size. */
export const MAX_CODINGS = 3;

export interface DecodeOptions {
  /** The most bytes to give back; inflation stops there. */
  readonly maxBytes: number;
}

export interface DecodedContent {
  readonly bytes: Uint8Array;
  /** One sentence for people, when `bytes` is not the whole decoded body. */
  readonly problem?: string;
}

type Inflater = zlib.Gunzip | zlib.Inflate | zlib.InflateRaw | zlib.BrotliDecompress | zlib.ZstdDecompress;
type OpenInflater = (start: Uint8Array) => Inflater;

/** RFC 9110 §8.4.1.2 means the zlib format by "deflate", but some servers send raw DEFLATE: the zlib header tells them apart. */
function isZlib(start: Uint8Array): boolean {
  const [cmf = 0, flg = 0] = start;
  return (cmf & 0x0f) === 8 && ((cmf << 8) | flg) % 31 === 0;
}

const CODINGS = new Map<string, OpenInflater>([
  ['gzip', () => zlib.createGunzip()],
  ['x-gzip', () => zlib.createGunzip()],
  ['deflate', (start) => (isZlib(start) ? zlib.createInflate() : zlib.createInflateRaw())],
  ['br', () => zlib.createBrotliDecompress()],
]);
// Electron's Node may be built without zstd.
if (typeof zlib.createZstdDecompress === 'function') CODINGS.set('zstd', () => zlib.createZstdDecompress());

/** The codings of a Content-Encoding value in the order they were applied, lower case, `identity` left out. */
export function contentCodings(header: string | undefined): string[] {
  return (header ?? '')
    .split(',')
    .map((coding) => coding.trim().toLowerCase())
    .filter((coding) => coding !== '' && coding !== 'identity');
}

/**
 * Decodes a body by its Content-Encoding value. Never throws for bad content: truncated or damaged input gives what decoded, input that
 * is not in the named coding at all (as bodies from other tools' HAR files) is given back as it is, each with a `problem`.
 */
export async function decodeContent(
  bytes: Uint8Array,
  contentEncoding: string | undefined,
  options: DecodeOptions,
): Promise<DecodedContent> {
  const codings = contentCodings(contentEncoding);
  if (codings.length > MAX_CODINGS) {
    return cut(bytes, options, `${codings.length} stacked content codings: only ${MAX_CODINGS} are decoded`);
  }
  let current: DecodedContent = { bytes };
  for (const coding of codings.reverse()) {
    // A body that a HEAD or 304 left out is empty whatever its header says.
    if (current.bytes.length === 0) return current;
    const open = CODINGS.get(coding);
    if (open === undefined) {
      return cut(current.bytes, options, `the content coding "${coding.slice(0, 40)}" is not known`);
    }
    const decoded = await decodeOne(current.bytes, coding, open, options.maxBytes);
    const problem = current.problem ?? decoded.problem;
    current = problem === undefined ? decoded : { bytes: decoded.bytes, problem };
  }
  return cut(current.bytes, options, current.problem);
}

function cut(bytes: Uint8Array, { maxBytes }: DecodeOptions, problem: string | undefined): DecodedContent {
  const said = problem ?? (bytes.length > maxBytes ? `cut at ${maxBytes} bytes` : undefined);
  const kept = bytes.subarray(0, maxBytes);
  return said === undefined ? { bytes: kept } : { bytes: kept, problem: said };
}

/**
 * zlib drops the output of the write in which it meets damage. So after a failure the part that failed is fed again in smaller pieces,
 * down to single bytes: at most some hundred extra writes, and everything before the damage is shown.
 */
const PIECES = [64 * 1024, 512, 8, 1];

async function decodeOne(
  bytes: Uint8Array,
  coding: string,
  open: OpenInflater,
  maxBytes: number,
): Promise<DecodedContent> {
  let good = 0;
  let run: Run = { output: new Uint8Array(), fed: 0 };
  for (const piece of PIECES) {
    run = await inflate(open(bytes), bytes, good, piece, maxBytes);
    if (run.failure === undefined) break;
    good = run.fed;
  }
  if (run.failure === undefined) return { bytes: run.output };
  if (run.failure === 'cap') return { bytes: run.output, problem: `cut at ${maxBytes} bytes while decoding` };
  if ((run.output.length === 0 && run.failure === 'damaged') || isText(bytes.subarray(0, 1024))) {
    return { bytes, problem: `the body is not ${coding}, although Content-Encoding says so; shown as it is` };
  }
  return { bytes: run.output, problem: `the ${coding} body is ${run.failure}: only its beginning decoded` };
}

/** Headerless codings inflate a few bytes of anything; but what is UTF-8 without control characters was never compressed. */
function isText(start: Uint8Array): boolean {
  try {
    // Streaming, so that a character cut at the end does not count as broken.
    const text = new TextDecoder('utf-8', { fatal: true }).decode(start, { stream: true });
    return !/[^\P{Cc}\t\n\f\r]/u.test(text);
  } catch {
    return false;
  }
}

interface Run {
  readonly output: Uint8Array;
  /** Bytes of input taken before the write that failed. */
  readonly fed: number;
  readonly failure?: 'cap' | 'truncated' | 'damaged';
}

/** Feeds `bytes` up to `good` in large pieces, the rest in pieces of `size`, and collects at most `maxBytes`. Never rejects. */
async function inflate(
  stream: Inflater,
  bytes: Uint8Array,
  good: number,
  size: number,
  maxBytes: number,
): Promise<Run> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  let capped = false;
  let failed: NodeJS.ErrnoException | undefined;
  const closed = new Promise<void>((resolve) => {
    stream.once('close', resolve);
  });
  stream.on('error', (error) => {
    failed = error;
  });
  stream.on('data', (chunk: Uint8Array) => {
    chunks.push(chunk.subarray(0, maxBytes - length));
    length += chunk.length;
    if (length <= maxBytes) return;
    capped = true;
    stream.destroy();
  });
  let fed = 0;
  const write = async (end: number) => {
    const written = new Promise<void>((resolve) => {
      stream.write(bytes.subarray(fed, end), () => resolve());
    });
    await Promise.race([written, closed]);
    if (failed === undefined && !stream.destroyed) fed = end;
  };
  while (fed < bytes.length && !stream.destroyed && failed === undefined) {
    await write(fed < good ? Math.min(fed + 64 * 1024, good) : Math.min(fed + size, bytes.length));
  }
  if (!stream.destroyed) stream.end();
  await closed;
  const output = new Uint8Array(Buffer.concat(chunks));
  if (capped) return { output, fed, failure: 'cap' };
  if (failed === undefined) return { output, fed };
  // Z_BUF_ERROR: the input ended before the stream did.
  return {
    output,
    fed,
    failure: failed.code === 'Z_BUF_ERROR' && fed === bytes.length ? 'truncated' : 'damaged',
  };
}
