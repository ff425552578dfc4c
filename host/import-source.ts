/**
 * A file to import as its format wants it: from beginning to end, or anywhere in it, with gzip seen through. What only comes as a stream
 * and is wanted anywhere is stored in a temporary file for its user alone, which goes when the import has ended.
 */
import { createReadStream, createWriteStream } from 'node:fs';
import { type FileHandle, mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type FormatSource, type RandomAccess, SNIFF_BYTES } from '#formats/format.ts';
import { gunzipped, isGzip, nameWithin } from '#formats/gzip.ts';
import { SluiceError } from '#model/errors.ts';

export interface ImportSource extends AsyncDisposable {
  readonly source: FormatSource;
  /** The first bytes, for sniffing. */
  readonly start: Uint8Array;
}

export interface FileImportSource extends ImportSource {
  /** Size of the file. */
  readonly bytes: number;
}

interface Peeked {
  readonly start: Uint8Array;
  chunks(): AsyncGenerator<Uint8Array>;
}

/** The first bytes, and all of them. */
async function peek(chunks: AsyncIterable<Uint8Array>): Promise<Peeked> {
  const iterator = chunks[Symbol.asyncIterator]();
  const first: Uint8Array[] = [];
  let size = 0;
  while (size < SNIFF_BYTES) {
    const { done, value } = await iterator.next();
    if (done) break;
    first.push(value);
    size += value.length;
  }
  return {
    start: Buffer.concat(first).subarray(0, SNIFF_BYTES),
    async *chunks() {
      try {
        yield* first;
        yield* { [Symbol.asyncIterator]: () => iterator };
      } finally {
        await iterator.return?.();
      }
    },
  };
}

async function access(handle: FileHandle): Promise<RandomAccess> {
  const { size } = await handle.stat();
  return {
    size,
    async read(start, end) {
      const buffer = new Uint8Array(Math.max(0, Math.min(end, size) - start));
      const { bytesRead } = await handle.read(buffer, 0, buffer.length, start);
      return buffer.subarray(0, bytesRead);
    },
  };
}

/** Stores `chunks` until `stack` is disposed of. */
async function stored(chunks: AsyncIterable<Uint8Array>, stack: AsyncDisposableStack): Promise<RandomAccess> {
  const folder = await mkdtemp(join(tmpdir(), 'sluice-import-'));
  stack.defer(() => rm(folder, { recursive: true, force: true }));
  const path = join(folder, 'file');
  await pipeline(Readable.from(chunks), createWriteStream(path, { mode: 0o600 }));
  const handle = await open(path, 'r');
  stack.defer(() => handle.close());
  return access(handle);
}

/** A file that comes as a stream, as an upload does. @throws SluiceError `bad-file` for gzip that is none */
export async function streamSource(name: string, stream: AsyncIterable<Uint8Array>): Promise<ImportSource> {
  const stack = new AsyncDisposableStack();
  const outer = await peek(stream);
  const zipped = isGzip(outer.start);
  const inner = zipped ? await peek(gunzipped(outer.chunks())) : outer;
  return {
    start: inner.start,
    source: {
      name: zipped ? nameWithin(name) : name,
      chunks: inner.chunks,
      randomAccess: () => stored(inner.chunks(), stack),
    },
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}

/** A file of the disk. @throws SluiceError `file-unreadable`, `bad-file` */
export async function fileSource(
  path: string,
  onBytes: (count: number) => void = () => undefined,
): Promise<FileImportSource> {
  const stack = new AsyncDisposableStack();
  const handle = await open(path, 'r').catch((cause) => {
    throw new SluiceError('file-unreadable', `${path} cannot be read: check the path.`, { cause });
  });
  stack.defer(() => handle.close());
  const { size, read } = await access(handle);
  const counted: RandomAccess = {
    size,
    async read(start, end) {
      onBytes(end - start);
      return read(start, end);
    },
  };
  async function* chunks() {
    for await (const chunk of createReadStream(path) as AsyncIterable<Uint8Array>) {
      onBytes(chunk.length);
      yield chunk;
    }
  }
  try {
    const streamed = await streamSource(basename(path), chunks());
    stack.use(streamed);
    const { source, start } = streamed;
    const plain = !isGzip(await read(0, 3));
    return {
      start,
      bytes: size,
      source: plain ? { ...source, randomAccess: async () => counted } : source,
      [Symbol.asyncDispose]: () => stack.disposeAsync(),
    };
  } catch (error) {
    await stack.disposeAsync();
    throw error;
  }
}
