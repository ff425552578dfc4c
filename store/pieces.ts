/**
 * Pieces of session logs and runs of messages as they stand in segments, behind the bytes of the batch that brought them. A piece begins
 * with the session it belongs to and the place of the piece before it, so that an old log is never written again.
 */
import { ByteReader } from './byte-reader.ts';
import type { ByteWriter } from './byte-writer.ts';
import type { Flight } from './flight.ts';
import type { Place } from './segments.ts';
import { type FirstRun, putFirstRunEntry } from './session-log.ts';

/** So that what is no piece (a hole, another's bytes) is seen to be none. */
const MARK = 0xa7;

/** A piece's place; none when its length is 0. */
export interface PiecePlace extends Place {
  readonly length: number;
}

/** Writes what `flight` has for its log, taken from `operations`, and the first runs of its bodies. */
export function putPiece(
  to: ByteWriter,
  flight: Flight,
  firstRuns: readonly FirstRun[],
  operations: Buffer,
): void {
  to.byte(MARK);
  to.count(flight.begun.id);
  to.count(flight.length);
  if (flight.length > 0) {
    to.count(flight.segment);
    to.count(flight.position);
  }
  const { entries } = flight;
  for (let i = 0; i + 1 < entries.length; i += 2) to.copy(operations, entries[i] ?? 0, entries[i + 1] ?? 0);
  for (const run of firstRuns) putFirstRunEntry(to, run);
}

/** Writes a log in one piece: its entries as they are, and where the bodies begin now. */
export function putWholePiece(
  to: ByteWriter,
  id: number,
  entries: readonly Buffer[],
  firstRuns: readonly FirstRun[],
): void {
  to.byte(MARK);
  to.count(id);
  to.count(0);
  for (const entry of entries) to.raw(entry);
  for (const run of firstRuns) putFirstRunEntry(to, run);
}

/** A piece's entries and the place of the piece before it. @throws RangeError when this is no piece of that session */
export function takePiece(
  bytes: Buffer,
  id: number,
): { readonly entries: Buffer; readonly before: PiecePlace } {
  const from = new ByteReader(bytes);
  if (from.byte() !== MARK || from.count() !== id) throw new RangeError(`this is no log of session ${id}`);
  const length = from.count();
  const before =
    length === 0
      ? { segment: 0, position: 0, length }
      : { length, segment: from.count(), position: from.count() };
  return { entries: bytes.subarray(from.at), before };
}

/** Writes the messages that `flight` has, taken from `operations`: each with the offset of its data in the batch's bytes. */
export function putMessages(to: ByteWriter, { messageEntries }: Flight, operations: Buffer): void {
  for (let i = 0; i + 2 < messageEntries.length; i += 3) {
    to.count(messageEntries[i] ?? 0);
    to.copy(operations, messageEntries[i + 1] ?? 0, messageEntries[i + 2] ?? 0);
  }
}
