/**
 * Finds bodies that are in a segment already, so that the same bytes are stored once. A fingerprint of a body's length, beginning and end
 * says where to look, and the bytes themselves decide: what only looks alike is never taken for the same. It remembers what this run
 * wrote, up to a bound; what several runs wrote alike meets in compaction.
 */
import { crc32 } from 'node:zlib';
import type { Place, SegmentReader } from './segments.ts';

/** Smaller bodies cost less than looking for them. */
export const SHARED_BYTES = 4096;
/** Larger ones are not held in memory to be compared. */
const COMPARED_BYTES = 8 * 1024 * 1024;
const SAMPLE = 2048;
const REMEMBERED = 65_536;

/** What bodies that are the same have in common, and few others; undefined for bodies that are not shared. */
export function fingerprint(body: Uint8Array): number | undefined {
  if (body.length < SHARED_BYTES || body.length > COMPARED_BYTES) return undefined;
  const ends = crc32(body.subarray(body.length - SAMPLE), crc32(body.subarray(0, SAMPLE)));
  return ends * 2 ** 21 + (body.length % 2 ** 21);
}

interface Known extends Place {
  readonly length: number;
}

export class BodyIndex {
  readonly #reader: Pick<SegmentReader, 'read'>;
  readonly #known = new Map<number, Known>();
  #scratch = Buffer.alloc(0);

  constructor(reader: Pick<SegmentReader, 'read'>) {
    this.#reader = reader;
  }

  /** Where these bytes, whose fingerprint is `print`, lie already; undefined when they are not known to. */
  find(print: number, body: Uint8Array): Place | undefined {
    const known = this.#known.get(print);
    if (known === undefined || known.length !== body.length) return undefined;
    if (this.#scratch.length < body.length) this.#scratch = Buffer.allocUnsafeSlow(body.length);
    const stored = this.#scratch.subarray(0, body.length);
    try {
      this.#reader.read(known, stored);
    } catch {
      // Damaged since: the new copy is the better one.
      return undefined;
    }
    return stored.equals(body) ? { segment: known.segment, position: known.position } : undefined;
  }

  /** A body of this fingerprint and length lies there from now on. */
  add(print: number, length: number, { segment, position }: Place): void {
    if (this.#known.size >= REMEMBERED) this.#known.clear();
    this.#known.set(print, { segment, position, length });
  }

  /** When segments have gone. */
  forget(): void {
    this.#known.clear();
  }
}
