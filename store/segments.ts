/**
 * Segments: append-only files `bodies-000001.seg` with bytes of bodies, messages and session logs, and nothing to say which is which; the
 * index knows, and has their checksums. What a crash leaves at the end of a segment is garbage that no row refers to. Writes go to the system before the rows that
 * name them are committed; they survive the end of the process, and are not forced to the disk one by one.
 */
import {
  closeSync,
  fdatasyncSync,
  fstatSync,
  ftruncateSync,
  openSync,
  readSync,
  rmSync,
  writevSync,
} from 'node:fs';
import { SluiceError } from '#model/errors.ts';
import { BLOCK, type Checksums, isWhole, type Stretch } from './checksums.ts';
import { type Place, segmentPath, segmentSizes } from './segment-files.ts';

export { type Place, segmentPath } from './segment-files.ts';

export const SEGMENT_BYTES = 256 * 1024 * 1024;

/** Appends to the newest segment and starts another when it has reached `limit` bytes. */
export class SegmentWriter implements Disposable {
  readonly #folder: string;
  /** A segment that has reached this many bytes is followed by another. */
  limit: number;
  readonly #sizes: Map<number, number>;
  #segment: number;
  #size: number;
  #fd: number;
  #total: number;

  /** `from`: a segment below this number is not appended to, because it is not what the index takes it for. */
  constructor(folder: string, limit: number, from = 1) {
    this.#folder = folder;
    this.limit = limit;
    this.#sizes = segmentSizes(folder);
    this.#segment = Math.max(from, ...this.#sizes.keys());
    this.#fd = openSync(segmentPath(folder, this.#segment), 'a', 0o600);
    this.#size = fstatSync(this.#fd).size;
    this.#sizes.set(this.#segment, this.#size);
    this.#total = [...this.#sizes.values()].reduce((sum, size) => sum + size, 0);
  }

  /** Bytes in all segments. */
  get totalBytes(): number {
    return this.#total;
  }

  get newest(): number {
    return this.#segment;
  }

  /** Sizes in bytes by number. */
  get sizes(): ReadonlyMap<number, number> {
    return this.#sizes;
  }

  /** Where the next append will begin. */
  next(): Place {
    if (this.#size >= this.limit) this.startAnother();
    return { segment: this.#segment, position: this.#size };
  }

  /** From now on nothing more goes into the segment that was the newest. */
  startAnother(): void {
    const fd = openSync(segmentPath(this.#folder, this.#segment + 1), 'a', 0o600);
    closeSync(this.#fd);
    this.#fd = fd;
    this.#segment += 1;
    this.#size = 0;
    this.#sizes.set(this.#segment, 0);
  }

  /** Appends all pieces, one after the other, in one segment. @throws the system's error; the segment may then end in garbage. */
  append(...pieces: readonly Uint8Array[]): Place {
    const place = this.next();
    try {
      this.#write(pieces);
    } catch (error) {
      this.#takeBack(place.position);
      throw error;
    }
    this.#sizes.set(place.segment, this.#size);
    return place;
  }

  #write(pieces: readonly Uint8Array[]): void {
    let left = pieces.filter((piece) => piece.length > 0);
    while (left.length > 0) {
      let written = writevSync(this.#fd, left);
      this.#size += written;
      this.#total += written;
      left = left.flatMap((piece) => {
        const taken = Math.min(written, piece.length);
        written -= taken;
        return taken === piece.length ? [] : [piece.subarray(taken)];
      });
    }
  }

  /** Half of what was to be appended is of use to nobody, and takes room on a disk that is full. */
  #takeBack(size: number): void {
    try {
      ftruncateSync(this.#fd, size);
      this.#total -= this.#size - size;
      this.#size = size;
    } catch {
      // It stays as garbage.
    }
  }

  /** Forces the newest segment to the disk. */
  sync(): void {
    fdatasyncSync(this.#fd);
  }

  /** Takes away a segment that nothing refers to; never the newest. */
  remove(segment: number): void {
    if (segment === this.#segment) return;
    rmSync(segmentPath(this.#folder, segment), { force: true });
    this.#total -= this.#sizes.get(segment) ?? 0;
    this.#sizes.delete(segment);
  }

  [Symbol.dispose](): void {
    closeSync(this.#fd);
  }
}

/** A segment that is not what its index takes it for. */
export class SegmentError extends SluiceError {
  constructor(message: string, cause?: unknown) {
    super('capture-damaged', `The capture is damaged: ${message}`, { cause });
  }
}

/** Files that are kept open for reading. */
const OPEN_FILES = 4;
/** Blocks that are kept once they are known to be whole: a session's pieces mostly lie in one. */
const KEPT_BLOCKS = 16;

/** Reads from segments and compares what it reads with its checksums; keeps the last few files open. */
export class SegmentReader implements Disposable {
  readonly #folder: string;
  readonly #sums: Checksums | undefined;
  /** File descriptors by segment, those used last at the end. */
  readonly #open = new Map<number, number>();
  /** Whole blocks by segment and position, the oldest first. */
  readonly #blocks = new Map<number, Buffer>();

  /** Without `sums` nothing is compared. */
  constructor(folder: string, sums?: Checksums) {
    this.#folder = folder;
    this.#sums = sums;
  }

  /**
   * Fills `target` from a segment.
   * @throws SluiceError `capture-damaged` when the segment is missing or too short, or holds something else than was written
   */
  read({ segment, position }: Place, target: Uint8Array): void {
    for (let at = 0; at < target.length; ) {
      const stretch = this.#sums?.around({ segment, position: position + at });
      if (stretch === undefined) {
        this.#readPlain(segment, position + at, target.subarray(at));
        return;
      }
      const offset = position + at - stretch.position;
      const block = this.#block(stretch, Math.floor(offset / BLOCK));
      const from = offset % BLOCK;
      const count = Math.min(block.length - from, target.length - at);
      block.copy(target, at, from, from + count);
      at += count;
    }
  }

  /** Forgets files and blocks, when segments have gone. */
  forget(): void {
    for (const fd of this.#open.values()) closeSync(fd);
    this.#open.clear();
    this.#blocks.clear();
    this.#sums?.forget();
  }

  [Symbol.dispose](): void {
    this.forget();
  }

  #block(stretch: Stretch, number: number): Buffer {
    const { segment, length } = stretch;
    const position = stretch.position + number * BLOCK;
    const key = segment * 2 ** 40 + position;
    const known = this.#blocks.get(key);
    if (known !== undefined) return known;
    const size = Math.min(BLOCK, length - number * BLOCK);
    const block = Buffer.from(this.#spare().buffer, 0, size);
    this.#readPlain(segment, position, block);
    if (!isWhole(stretch, number, block)) {
      throw new SegmentError(
        `${segmentPath(this.#folder, segment)} is not what was written there, somewhere from byte ${position} to ${position + size}.`,
      );
    }
    this.#blocks.set(key, block);
    return block;
  }

  /** Memory for a block: that of the oldest when there are enough. */
  #spare(): Buffer<ArrayBuffer> {
    if (this.#blocks.size < KEPT_BLOCKS) return Buffer.allocUnsafeSlow(BLOCK);
    for (const [key, block] of this.#blocks) {
      this.#blocks.delete(key);
      return Buffer.from(block.buffer as ArrayBuffer);
    }
    return Buffer.allocUnsafeSlow(BLOCK);
  }

  #readPlain(segment: number, position: number, target: Uint8Array): void {
    for (let at = 0; at < target.length; ) {
      const read = readSync(this.#file(segment), target, at, target.length - at, position + at);
      if (read === 0) throw this.#damaged(segment);
      at += read;
    }
  }

  #file(segment: number): number {
    const known = this.#open.get(segment);
    if (known !== undefined) {
      this.#open.delete(segment);
      this.#open.set(segment, known);
      return known;
    }
    let fd: number;
    try {
      fd = openSync(segmentPath(this.#folder, segment), 'r');
    } catch (error) {
      throw this.#damaged(segment, error);
    }
    this.#open.set(segment, fd);
    if (this.#open.size > OPEN_FILES) this.#closeOldest();
    return fd;
  }

  #closeOldest(): void {
    for (const [segment, fd] of this.#open) {
      closeSync(fd);
      this.#open.delete(segment);
      return;
    }
  }

  #damaged(segment: number, cause?: unknown): SegmentError {
    const path = segmentPath(this.#folder, segment);
    return new SegmentError(`${path} lacks bytes that its index refers to.`, cause);
  }
}
