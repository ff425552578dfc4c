/**
 * Body segments: append-only files `bodies-000001.seg` with nothing in them but bytes; the index knows which are whose. What a crash
 * leaves at the end of a segment is garbage that no row refers to. Writes go to the system before the rows that name them are
 * committed; they survive the end of the process, and are not forced to the disk one by one.
 */
import { closeSync, fstatSync, openSync, readdirSync, readSync, writeSync } from 'node:fs';
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

  constructor(folder: string, limit: number) {
    this.#folder = folder;
    this.#limit = limit;
    const numbers = readdirSync(folder).map((name) => Number(NAME.exec(name)?.[1] ?? 0));
    this.#segment = Math.max(1, ...numbers);
    this.#fd = openSync(segmentPath(folder, this.#segment), 'a', 0o600);
    this.#size = fstatSync(this.#fd).size;
  }

  /** Appends all of `bytes` in one piece. @throws the system's error; the segment may then end in garbage. */
  append(bytes: Uint8Array): Place {
    if (this.#size >= this.#limit) {
      closeSync(this.#fd);
      this.#segment += 1;
      this.#fd = openSync(segmentPath(this.#folder, this.#segment), 'a', 0o600);
      this.#size = 0;
    }
    const place = { segment: this.#segment, position: this.#size };
    for (let at = 0; at < bytes.length; ) at += writeSync(this.#fd, bytes, at);
    this.#size += bytes.length;
    return place;
  }

  [Symbol.dispose](): void {
    closeSync(this.#fd);
  }
}

/** Fills `target` from a segment. @throws SluiceError `capture-damaged` when the segment is missing or too short. */
export function readSegment(folder: string, place: Place, target: Uint8Array): void {
  const path = segmentPath(folder, place.segment);
  const damaged = (cause?: unknown) =>
    new SluiceError(
      'capture-damaged',
      `The capture is damaged: ${path} lacks bytes that its index refers to.`,
      {
        cause,
      },
    );
  let fd: number;
  try {
    fd = openSync(path, 'r');
  } catch (error) {
    throw damaged(error);
  }
  try {
    for (let at = 0; at < target.length; ) {
      const read = readSync(fd, target, at, target.length - at, place.position + at);
      if (read === 0) throw damaged();
      at += read;
    }
  } finally {
    closeSync(fd);
  }
}
