/**
 * A ZIP archive as a stream: one file in memory at a time, sizes and checksums before the data, so that every reader can follow. With a
 * password all files are encrypted by AES-256 (WinZip AE-2); their names are not.
 */
import { plainZip } from './plain-zip.ts';

export interface FileToZip {
  readonly name: string;
  readonly bytes: Uint8Array;
}

export interface ZipOptions {
  readonly password?: string;
  /** ASCII; says who made it. */
  readonly comment?: string;
}

/** The bytes of the archive, in which the files stand in the order given. */
export async function* writeZip(
  files: AsyncIterable<FileToZip>,
  { password, comment = '' }: ZipOptions = {},
): AsyncGenerator<Uint8Array, void, undefined> {
  if (password === undefined) yield* plainZip(files, comment);
  else yield* encryptedZip(files, password, comment);
}

async function* encryptedZip(
  files: AsyncIterable<FileToZip>,
  password: string,
  comment: string,
): AsyncGenerator<Uint8Array, void, undefined> {
  const zip = await import('@zip.js/zip.js');
  const pipe = new TransformStream<Uint8Array, Uint8Array>();
  const stop = new AbortController();
  const writer = new zip.ZipWriter(pipe.writable, {
    useWebWorkers: false,
    bufferedWrite: true,
    dataDescriptor: false,
    extendedTimestamp: false,
    signal: stop.signal,
    password,
    encryptionStrength: 3,
  });
  const writing = (async () => {
    try {
      for await (const { name, bytes } of files) {
        if (stop.signal.aborted) return;
        await writer.add(name, new zip.Uint8ArrayReader(bytes));
      }
      await writer.close(Buffer.from(comment, 'latin1'));
    } catch (error) {
      // Ends the reading side, which gives the error on.
      await pipe.writable.abort(error).catch(() => undefined);
      throw error;
    }
  })();
  // It is awaited below; until then it may fail unheard.
  writing.catch(() => undefined);
  try {
    yield* pipe.readable;
    await writing;
  } finally {
    stop.abort();
    await writing.catch(() => undefined);
  }
}
