/** A command's output into a file that appears whole or not at all, for its user alone: it may hold what was captured. */
import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { SluiceError } from '#model/errors.ts';

/** @throws SluiceError `file-unwritable`, or what the chunks' maker throws. */
export async function writeWhole(
  file: string,
  chunks: AsyncIterable<Uint8Array | string> | Iterable<string>,
): Promise<void> {
  const temporary = `${file}.${process.pid}.part`;
  try {
    await pipeline(Readable.from(chunks), createWriteStream(temporary, { mode: 0o600 }));
    await rename(temporary, file);
  } catch (cause) {
    await rm(temporary, { force: true });
    if (cause instanceof SluiceError) throw cause;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new SluiceError('file-unwritable', `${file} could not be written: ${reason}`, { cause });
  }
}
