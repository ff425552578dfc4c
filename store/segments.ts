/**
 * Segments: append-only files `bodies-000001.seg` with bytes of bodies, messages and session logs, and nothing to say which is which; the
 * index knows. What a crash leaves at the end of a segment is garbage that no row refers to. Writes go to the system before the rows that
 * name them are committed; they survive the end of the process, and are not forced to the disk one by one.
 */
import { closeSync, fstatSync, openSync, readdirSync, readSync, statSync, writevSync } from 'node:fs';
import { join } from 'node:path';
import { SluiceError } from '#model/errors.ts';

export const SEGMENT_BYTES = 256 * 1024 * 1024;
const NAME = /^bodies-(\d{6,})\.seg$/;

/** A run of bytes in a segment. */
export interface Place {
  readonly segment: number;
  readonly position: number;
}

export function segmentPath(folder: string, segment: number): string {
  return join(folder, `bodies-${String(segment).padStart(6, '0')}.seg`);
}

/** Appends to the newest segment and starts another when it has reached `limit` bytes. */
export class SegmentWriter implements Disposable {
  readonly #folder: string;
  readonly #limit: number;
  #segment: number;
  #size: number;
  #fd: number;
  /** Bytes in the segments before the newest. */
  #before: number;

  constructor(folder: string, limit: number) {
    this.#folder = folder;
    this.#limit = limit;
    const names = readdirSync(folder).filter((name) => NAME.test(name));
    this.#segment = Math.max(1, ...names.map((name) => Number(NAME.exec(name)?.[1])));
    this.#fd = openSync(segmentPath(folder, this.#segment), 'a', 0o600);
    this.#size = fstatSync(this.#fd).size;
    this.#before = names.reduce((sum, name) => sum + statSync(join(folder, name)).size, 0) - this.#size;
  }

  /** Bytes in all segments. */
  get totalBytes(): number {
    return this.#before + this.#size;
  }

  /** Where the next append will begin. */
  next(): Place {
    if (this.#size >= this.#limit) {
      closeSync(this.#fd);
      this.#before += this.#size;
      this.#segment += 1;
      this.#fd = openSync(segmentPath(this.#folder, this.#segment), 'a', 0o600);
      this.#size = 0;
    }
    return { segment: this.#segment, position: this.#size };
  }

  /** Appends all pieces, one after the other, in one segment. @throws the system's error; the segment may then end in garbage. */
  append(...pieces: readonly Uint8Array[]): Place {
    const place = this.next();
    let left = pieces.filter((piece) => piece.length > 0);
    while (left.length > 0) {
      let written = writevSync(this.#fd, left);
      this.#size += written;
      left = left.flatMap((piece) => {
        const taken = Math.min(written, piece.length);
        written -= taken;
        return taken === piece.length ? [] : [piece.subarray(taken)];
      });
    }
    return place;
  }

  [Symbol.dispose](): void {
    closeSync(this.#fd);
  }
}

/** Files that are kept open for reading. */
const OPEN_FILES = 4;

/** Reads from segments; keeps the last few open. */
export class SegmentReader implements Disposable {
  readonly #folder: string;
  /** File descriptors by segment, those used last at the end. */
  readonly #open = new Map<number, number>();

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Fills `target` from a segment. @throws SluiceError `capture-damaged` when the segment is missing or too short. */
  read(place: Place, target: Uint8Array): void {
    for (let at = 0; at < target.length; ) {
      const read = readSync(this.#file(place.segment), target, at, target.length - at, place.position + at);
      if (read === 0) throw this.#damaged(place.segment);
      at += read;
    }
  }

  [Symbol.dispose](): void {
    for (const fd of this.#open.values()) closeSync(fd);
    this.#open.clear();
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

  #damaged(segment: number, cause?: unknown): SluiceError {
    const path = segmentPath(this.#folder, segment);
    return new SluiceError(
      'capture-damaged',
      `The capture is damaged: ${path} lacks bytes that its index refers to.`,
      { cause },
    );
  }
}
