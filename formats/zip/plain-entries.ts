/**
 * Small files of an archive that are neither encrypted nor in any way odd, read at once: captures have thousands of them, and streams for
 * each cost a hundred times what inflating does. Whatever is not as it should be (sizes, checksum, place) is left to the careful reader,
 * which says what is wrong with it.
 */
import { crc32, inflateRawSync } from 'node:zlib';
import type { FileEntry } from '@zip.js/zip.js';
import { SluiceError } from '#model/errors.ts';
import type { RandomAccess } from '../format.ts';

/** Larger files are streamed. */
const MOST = 1024 * 1024;
const WINDOW = 512 * 1024;
const LOCAL = 0x04034b50;
const HEADER = 30;
/** Names and extra fields of a local header, mostly. */
const USUAL = 256;
/** Between two files there may be a data descriptor, and nothing else that is of use. */
const GAP = 24;
/** In more stretches lie the files of no archive that is read in order: then all are read with care. */
const MOST_STRETCHES = 1000;

/** The same file; reading on from where the last piece ended mostly finds it in memory. */
export function readAhead(file: RandomAccess): RandomAccess {
  let at = 0;
  let bytes: Uint8Array = new Uint8Array();
  return {
    size: file.size,
    async read(start, end) {
      if (end - start > WINDOW) return file.read(start, end);
      if (start < at || Math.min(end, file.size) > at + bytes.length) {
        bytes = await file.read(start, Math.min(file.size, start + WINDOW));
        at = start;
      }
      // A copy: the window is used on.
      return new Uint8Array(bytes.subarray(start - at, end - at));
    },
  };
}

export class PlainEntries {
  readonly #file: RandomAccess;
  /** Where files lie that were read, in order; those that follow each other are one stretch. */
  readonly #stretches: { readonly start: number; end: number }[] = [];

  /** Beyond it lies none of them. */
  #highest = 0;

  constructor(file: RandomAccess) {
    this.#file = file;
  }

  /**
   * The file's content; undefined: it must be read with care.
   * @throws SluiceError `bad-file` for one that lies over another
   */
  async read(entry: FileEntry): Promise<Uint8Array | undefined> {
    const { offset, compressedSize, uncompressedSize } = entry;
    if (offset < this.#highest && this.#liesOver(offset, offset + HEADER + compressedSize))
      throw new SluiceError(
        'bad-file',
        `${entry.filename} in the archive cannot be read: it lies over another file.`,
      );
    if (this.#stretches.length > MOST_STRETCHES) return undefined;
    if (entry.encrypted || compressedSize > MOST || uncompressedSize > MOST) return undefined;
    const found = await this.#packed(offset, compressedSize);
    const content = found === undefined ? undefined : unpacked(entry, found.bytes);
    if (found === undefined || content === undefined) return undefined;
    this.#take(offset, found.end);
    return content;
  }

  async #packed(offset: number, length: number): Promise<{ bytes: Uint8Array; end: number } | undefined> {
    const most = await this.#file.read(offset, Math.min(this.#file.size, offset + HEADER + USUAL + length));
    if (most.length < HEADER) return undefined;
    const view = new DataView(most.buffer, most.byteOffset, most.byteLength);
    if (view.getUint32(0, true) !== LOCAL) return undefined;
    const start = HEADER + view.getUint16(26, true) + view.getUint16(28, true);
    if (start + length > most.length) return undefined;
    return { bytes: most.subarray(start, start + length), end: offset + start + length };
  }

  #liesOver(from: number, to: number): boolean {
    return this.#stretches.some(({ start, end }) => from < end && to > start);
  }

  #take(start: number, end: number): void {
    this.#highest = Math.max(this.#highest, end);
    const last = this.#stretches.at(-1);
    if (last !== undefined && start >= last.end && start - last.end <= GAP) last.end = end;
    else this.#stretches.push({ start, end });
  }
}

/** The content when it is what the entry says. */
function unpacked(
  { compressionMethod, uncompressedSize, signature }: FileEntry,
  bytes: Uint8Array,
): Uint8Array | undefined {
  let content: Uint8Array;
  try {
    if (compressionMethod === 0) content = bytes;
    else if (compressionMethod === 8)
      content = new Uint8Array(inflateRawSync(bytes, { maxOutputLength: MOST }));
    else return undefined;
  } catch {
    return undefined;
  }
  return content.length === uncompressedSize && crc32(content) === signature ? content : undefined;
}
