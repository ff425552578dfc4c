/**
 * Checksums of what is in segments: a CRC-32 for each 16 KiB of what was appended at once. They stand in the index, committed with the rows
 * that refer to the bytes, so segments stay plain. They find bits that have flipped and bytes that are lost; against somebody who forges
 * they are no help.
 */

import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { crc32 } from 'node:zlib';
import { type Place, segmentSizes } from './segment-files.ts';

export const BLOCK = 16 * 1024;

/** The checksums of these pieces as they lie one after the other. */
export function checksums(pieces: readonly Uint8Array[]): Buffer {
  const length = pieces.reduce((sum, piece) => sum + piece.length, 0);
  const crcs = Buffer.alloc(Math.ceil(length / BLOCK) * 4);
  let at = 0;
  let crc = 0;
  for (const piece of pieces) {
    for (let from = 0; from < piece.length; ) {
      const to = Math.min(piece.length, from + BLOCK - (at % BLOCK));
      crc = crc32(from === 0 && to === piece.length ? piece : piece.subarray(from, to), crc);
      at += to - from;
      from = to;
      if (at % BLOCK !== 0) continue;
      crcs.writeUInt32LE(crc, (at / BLOCK - 1) * 4);
      crc = 0;
    }
  }
  if (at % BLOCK !== 0) crcs.writeUInt32LE(crc, Math.floor(at / BLOCK) * 4);
  return crcs;
}

/** What was appended at once, with its checksums. */
export interface Stretch extends Place {
  readonly length: number;
  readonly crcs: Uint8Array;
}

/** Whether `bytes`, the stretch's block `number`, are what was written. */
export function isWhole({ crcs }: Stretch, number: number, bytes: Uint8Array): boolean {
  const view = new DataView(crcs.buffer, crcs.byteOffset, crcs.byteLength);
  return number * 4 < crcs.length && crc32(bytes) === view.getUint32(number * 4, true);
}

/** The checksums in an index. */
export class Checksums {
  readonly #put: StatementSync;
  readonly #around: StatementSync;
  readonly #newest: StatementSync;
  #last: Stretch | undefined;

  constructor(db: DatabaseSync) {
    this.#put = db.prepare('INSERT INTO sums VALUES (?, ?, ?, ?)');
    this.#around = db.prepare(
      'SELECT position, length, crcs FROM sums WHERE segment = ? AND position <= ? ORDER BY position DESC LIMIT 1',
    );
    this.#newest = db.prepare(
      'SELECT segment, position + length AS end FROM sums ORDER BY segment DESC, position DESC LIMIT 1',
    );
  }

  put({ segment, position }: Place, length: number, crcs: Uint8Array): void {
    if (length > 0) this.#put.run(segment, position, length, crcs);
  }

  /** The stretch that a place is in; undefined where none is known. */
  around({ segment, position }: Place): Stretch | undefined {
    const last = this.#last;
    if (last !== undefined && contains(last, segment, position)) return last;
    const row = this.#around.get(segment, position);
    if (row === undefined || !(row.crcs instanceof Uint8Array)) return undefined;
    const found = { segment, position: Number(row.position), length: Number(row.length), crcs: row.crcs };
    if (!contains(found, segment, position)) return undefined;
    this.#last = found;
    return found;
  }

  /**
   * The first segment that may be appended to. One that is shorter than it should be may not: what is written there now would stand where
   * sessions look for what was lost.
   */
  firstUsable(folder: string): number {
    const last = this.#newest.get();
    if (last === undefined) return 1;
    const segment = Number(last.segment);
    return (segmentSizes(folder).get(segment) ?? -1) < Number(last.end) ? segment + 1 : segment;
  }

  /** When segments have gone. */
  forget(): void {
    this.#last = undefined;
  }
}

const contains = (stretch: Stretch, segment: number, position: number) =>
  stretch.segment === segment && stretch.position <= position && position < stretch.position + stretch.length;
