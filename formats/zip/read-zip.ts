/**
 * The files of a ZIP archive, one after the other in the archive's order, with ZipCrypto and AES (WinZip AE-1, AE-2) passwords. Whoever
 * made the archive may be hostile: names that leave a folder, files that overlap, too many files and files that inflate beyond all
 * measure are refused, and what counts is what really came out, never what the archive says. It writes nothing to disk and opens no
 * archive within an archive.
 */
import type { Entry, FileEntry, ZipReader } from '@zip.js/zip.js';
import { SluiceError } from '#model/errors.ts';
import type { RandomAccess } from '../format.ts';
import { PlainEntries, readAhead } from './plain-entries.ts';

export interface ZipLimits {
  readonly maxFiles: number;
  /** Bytes of one file, inflated. */
  readonly maxFileBytes: number;
  /** What all files together may inflate to, as a multiple of the archive's size… */
  readonly maxRatio: number;
  /** …which small archives may exceed up to here. */
  readonly freeBytes: number;
}

/** Ample for real archives: text of captures deflates to a fifth, and DEFLATE alone cannot pass 1,032. */
export const ZIP_LIMITS: ZipLimits = {
  maxFiles: 2_000_000,
  maxFileBytes: 512 * 1024 * 1024,
  maxRatio: 100,
  freeBytes: 256 * 1024 * 1024,
};

export interface ZipFile {
  readonly name: string;
  readonly encrypted: boolean;
  /** The content piece by piece. @throws SluiceError `bad-file`, `password` */
  chunks(): AsyncGenerator<Uint8Array, void, undefined>;
  /** The content, up to `maxBytes`. @throws SluiceError `bad-file`, `password` */
  bytes(maxBytes?: number): Promise<Uint8Array>;
}

/**
 * The files, folders left out. A file's content can be had as long as the generator has not ended.
 * @throws SluiceError `bad-file` for what is no ZIP archive, damaged or passes a limit
 */
export async function* readZip(
  archive: RandomAccess,
  options: { readonly password?: string; readonly limits?: Partial<ZipLimits> } = {},
): AsyncGenerator<ZipFile, void, undefined> {
  const limits = { ...ZIP_LIMITS, ...options.limits };
  const file = readAhead(archive);
  const plain = new PlainEntries(file);
  const zip = await import('@zip.js/zip.js');
  class FileReader extends zip.Reader<RandomAccess> {
    constructor() {
      super(file);
      this.size = file.size;
    }
    override readUint8Array(index: number, length: number): Promise<Uint8Array> {
      return file.read(index, index + length);
    }
  }
  const reader = new zip.ZipReader(new FileReader(), { useWebWorkers: false });
  const meter = { left: Math.max(limits.freeBytes, file.size * limits.maxRatio) };
  try {
    let files = 0;
    for await (const entry of entriesOf(reader)) {
      if (entry.directory) continue;
      files += 1;
      if (files > limits.maxFiles) throw badFile(`The archive has more than ${limits.maxFiles} files`);
      yield zipFile(entry, options.password, limits, meter, plain);
    }
  } finally {
    await reader.close();
  }
}

async function* entriesOf(reader: ZipReader<unknown>): AsyncGenerator<Entry> {
  try {
    yield* reader.getEntriesGenerator({ filenameValidation: 'strict' });
  } catch (error) {
    throw translated(error, '');
  }
}

function zipFile(
  entry: FileEntry,
  password: string | undefined,
  limits: ZipLimits,
  meter: { left: number },
  plain: PlainEntries,
): ZipFile {
  const { filename: name, encrypted } = entry;
  const countedSize = (had: number, chunk: Uint8Array): number => {
    const size = had + chunk.length;
    meter.left -= chunk.length;
    if (size > limits.maxFileBytes) throw badFile(`${name} is larger than ${limits.maxFileBytes} bytes`);
    if (meter.left < 0) throw badFile(`The archive inflates to more than ${limits.maxRatio} times its size`);
    return size;
  };
  async function* chunks(): AsyncGenerator<Uint8Array, void, undefined> {
    const quick = await plain.read(entry);
    if (quick !== undefined) {
      countedSize(0, quick);
      if (quick.length > 0) yield quick;
      return;
    }
    if (encrypted && password === undefined) {
      throw new SluiceError('password', 'The file is protected: give its password.');
    }
    let size = 0;
    const counted = new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        size = countedSize(size, chunk);
        controller.enqueue(chunk);
      },
    });
    const stop = new AbortController();
    const reading = entry.getData(counted.writable, {
      useWebWorkers: false,
      checkCrc32: true,
      checkOverlappingEntry: true,
      signal: stop.signal,
      ...(password === undefined || !encrypted ? {} : { password }),
    });
    const failed = reading.then(
      () => undefined,
      async (error: unknown) => {
        // What fails before a byte has come would leave the other end waiting.
        await counted.writable.abort(error).catch(() => undefined);
        return error;
      },
    );
    try {
      yield* counted.readable;
    } catch (error) {
      throw translated((await failed) ?? error, name);
    } finally {
      stop.abort();
      await failed;
    }
    const error = await failed;
    if (error !== undefined) throw translated(error, name);
  }
  return {
    name,
    encrypted,
    chunks,
    async bytes(maxBytes = limits.maxFileBytes) {
      const parts: Uint8Array[] = [];
      let size = 0;
      for await (const part of chunks()) {
        size += part.length;
        if (size > maxBytes) throw badFile(`${name} is larger than ${maxBytes} bytes`);
        parts.push(part);
      }
      const [only] = parts;
      return parts.length === 1 && only !== undefined ? only : new Uint8Array(Buffer.concat(parts));
    },
  };
}

const badFile = (message: string) => new SluiceError('bad-file', `${message}.`);

/** The library names its errors by their messages. */
function translated(error: unknown, name: string): SluiceError {
  if (error instanceof SluiceError) return error;
  const message = error instanceof Error ? error.message : String(error);
  const options = { cause: error };
  if (/password/i.test(message)) {
    return new SluiceError('password', 'The password is not that of the file.', options);
  }
  const place = name === '' ? 'The archive cannot be read' : `${name} in the archive cannot be read`;
  return new SluiceError('bad-file', `${place}: ${message}.`, options);
}
