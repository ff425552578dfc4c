/**
 * Writes sessions again at the end of the newest segment: log, bodies and messages, each log in one piece. Then nothing of them is left in
 * the segment that is to be emptied. Active sessions and damaged ones stay where they are.
 */
import type { DatabaseSync } from 'node:sqlite';
import type { SessionId } from '#model/session.ts';
import { BodyIndex, fingerprint } from './body-index.ts';
import { ByteReader } from './byte-reader.ts';
import { ByteWriter } from './byte-writer.ts';
import { Checksums, checksums } from './checksums.ts';
import { ACTIVE } from './codes.ts';
import { putMessage, takeMessage } from './message-codec.ts';
import { putWholePiece } from './pieces.ts';
import type { Place, SegmentReader, SegmentWriter } from './segments.ts';
import { type FirstRun, withoutRuns } from './session-log.ts';
import type { SessionReader, StoredRun } from './session-reader.ts';
import { transaction } from './transaction.ts';

/** A body is copied in parts of this size. */
const PART = 1024 * 1024;

export interface MoverParts {
  readonly db: DatabaseSync;
  readonly segments: SegmentWriter;
  readonly reader: SessionReader;
  readonly bytes: SegmentReader;
}

/** A stretch of a body where it lies now. */
interface Part extends Place {
  readonly side: 0 | 1;
  readonly start: number;
  length: number;
}

/** All of a session that is in segments. */
interface Reread {
  readonly entries: readonly Buffer[];
  readonly runs: readonly StoredRun[];
  readonly messages: readonly MovedRun[];
}

/** Messages that came in one batch, with their data. */
interface MovedRun {
  readonly first: number;
  readonly count: number;
  readonly data: readonly Buffer[];
  readonly entries: Buffer;
}

export class SessionMover {
  readonly #parts: MoverParts;
  readonly #sums: Checksums;
  readonly #shared: BodyIndex;
  readonly #statements: ReturnType<typeof prepare>;
  /** What is to be appended at `#base`, gathered so that not every piece is a write. */
  readonly #out = new ByteWriter(Buffer.allocUnsafeSlow(PART * 2));
  #base: Place = { segment: 0, position: 0 };

  constructor(parts: MoverParts) {
    this.#parts = parts;
    this.#sums = new Checksums(parts.db);
    this.#shared = new BodyIndex({ read: (place, target) => this.#read(place, target) });
    this.#statements = prepare(parts.db);
  }

  /** Moves these sessions out of `from`, together or not at all; answers those that are damaged and stay. */
  move(ids: readonly SessionId[], from: number): SessionId[] {
    this.#out.reset();
    this.#base = this.#parts.segments.next();
    try {
      return transaction(this.#parts.db, () => {
        const damaged = ids.filter((id) => !this.#moveOne(id, from));
        this.#flush();
        return damaged;
      });
    } catch (error) {
      this.#shared.forget();
      throw error;
    }
  }

  /** Tells refs of all segments that sessions of captures from before it existed touch. */
  traceOld(): void {
    const { db, reader } = this.#parts;
    const until = Number(db.prepare("SELECT value FROM meta WHERE key = 'untracked'").get()?.value ?? 0);
    if (until === 0) return;
    transaction(db, () => {
      const ids = db.prepare('SELECT id FROM sessions WHERE id <= ?').all(until);
      for (const { id } of ids) {
        try {
          for (const segment of reader.touched(Number(id))) this.#statements.putRef.run(segment, id ?? 0);
        } catch {
          // A damaged one is not moved, wherever it is.
        }
      }
      db.exec("UPDATE meta SET value = 0 WHERE key = 'untracked'");
    });
  }

  /** False when it is damaged: everything of it is read before anything is changed. */
  #moveOne(id: SessionId, from: number): boolean {
    const { db, reader } = this.#parts;
    const row = db.prepare('SELECT * FROM sessions WHERE id = ?').get(id);
    if (row === undefined) this.#statements.dropRefs.run(id);
    if (row === undefined || row.state === ACTIVE) return true;
    let session: Reread;
    try {
      const pieces = reader.pieces(id, row);
      const runs = ([0, 1] as const).flatMap((side) => reader.runsOf(id, row, side, pieces));
      session = { entries: withoutRuns(pieces), runs, messages: this.#messages(id) };
      for (const run of runs) for (const _ of this.#partsOf(run)) void _;
    } catch {
      return false;
    }
    this.#write(id, session, from);
    return true;
  }

  *#partsOf({ segment, position, length }: StoredRun): Generator<Buffer> {
    for (let at = 0; at < length; at += PART) {
      const part = Buffer.allocUnsafe(Math.min(PART, length - at));
      this.#parts.bytes.read({ segment, position: position + at }, part);
      yield part;
    }
  }

  #write(id: SessionId, { entries, runs, messages }: Reread, from: number): void {
    const { dropExtents, dropRefs, dropRuns, putExtent, putRef, setPlace, putRun } = this.#statements;
    dropExtents.run(id);
    dropRefs.run(id);
    const first: FirstRun[] = [];
    for (const part of this.#copyBodies(runs, from)) {
      const { side, start, segment, position, length } = part;
      if (start === 0) first.push({ side, segment, position });
      else putExtent.run(id, side, start, segment, position, length);
    }
    dropRuns.run(id);
    for (const run of messages) {
      const { segment, position } = this.#append(...run.data, run.entries);
      const size = run.data.reduce((sum, { length }) => sum + length, 0);
      putRun.run(id, run.first, run.count, segment, position, position + size, run.entries.length);
    }
    const piece = new ByteWriter(Buffer.allocUnsafe(1024));
    putWholePiece(piece, id, entries, first);
    const place = this.#append(piece.written);
    setPlace.run(place.segment, place.position, piece.length, id);
    for (const run of first) if (run.segment !== place.segment) putRef.run(run.segment, id);
  }

  /** Where the bodies lie now. One that is elsewhere already, whole, is not written again. */
  #copyBodies(runs: readonly StoredRun[], from: number): Part[] {
    const parts: Part[] = [];
    for (const run of runs) {
      const alone = runs.filter(({ side }) => side === run.side).length === 1;
      const shared = alone ? this.#shareOf(run, from) : undefined;
      if (shared !== undefined) {
        parts.push({ ...shared, side: run.side, start: 0, length: run.length });
        continue;
      }
      let start = run.start;
      for (const bytes of this.#partsOf(run)) {
        const place = this.#append(bytes);
        const last = parts.at(-1);
        const goesOn =
          last?.side === run.side &&
          last.segment === place.segment &&
          last.position + last.length === place.position &&
          last.start + last.length === start;
        if (goesOn) last.length += bytes.length;
        else parts.push({ ...place, side: run.side, start, length: bytes.length });
        if (alone && start === 0 && bytes.length === run.length) this.#remember(bytes, place);
        start += bytes.length;
      }
    }
    return parts;
  }

  #shareOf(run: StoredRun, from: number): Place | undefined {
    if (run.length > PART) return undefined;
    const [body] = this.#partsOf(run);
    const print = body === undefined ? undefined : fingerprint(body);
    if (body === undefined || print === undefined) return undefined;
    const place = this.#shared.find(print, body);
    if (place !== undefined && place.segment !== from) return place;
    // It lies in a segment that stays: another session's, or from an earlier step.
    return run.segment === from ? undefined : { segment: run.segment, position: run.position };
  }

  #remember(body: Uint8Array, place: Place): void {
    const print = fingerprint(body);
    if (print !== undefined) this.#shared.add(print, body.length, place);
  }

  /** Runs of messages with their data, offsets counted anew. @throws RangeError when they are damaged */
  #messages(id: SessionId): MovedRun[] {
    const { bytes } = this.#parts;
    return this.#statements.runs.all(id).map((run) => {
      const [segment, base] = [Number(run.segment), Number(run.base)];
      const old = Buffer.allocUnsafe(Number(run.length));
      bytes.read({ segment, position: Number(run.position) }, old);
      const entries = new ByteWriter(Buffer.allocUnsafe(old.length + 64));
      const data: Buffer[] = [];
      let at = 0;
      for (const reader = new ByteReader(old); !reader.done; ) {
        const position = base + reader.count();
        const { message, length } = takeMessage(reader);
        const piece = Buffer.alloc(length);
        bytes.read({ segment, position }, piece);
        data.push(piece);
        entries.count(at);
        putMessage(entries, { ...message, data: piece });
        at += length;
      }
      return {
        first: Number(run.first),
        count: Number(run.count),
        data,
        entries: entries.written,
      };
    });
  }

  /** Where these pieces will lie, one after the other in one segment. */
  #append(...pieces: readonly Uint8Array[]): Place {
    if (this.#out.length >= PART) this.#flush();
    const place = { segment: this.#base.segment, position: this.#base.position + this.#out.length };
    for (const piece of pieces) this.#out.raw(piece);
    return place;
  }

  #flush(): void {
    const { segments } = this.#parts;
    if (this.#out.length > 0) {
      const bytes = [this.#out.written];
      segments.append(...bytes);
      this.#sums.put(this.#base, this.#out.length, checksums(bytes));
    }
    this.#out.reset();
    this.#base = segments.next();
  }

  /** From a segment, or from what is on its way there. */
  #read(place: Place, target: Uint8Array): void {
    const offset = place.position - this.#base.position;
    if (place.segment !== this.#base.segment || offset < 0) this.#parts.bytes.read(place, target);
    else target.set(this.#out.written.subarray(offset, offset + target.length));
  }
}

function prepare(db: DatabaseSync) {
  return {
    putExtent: db.prepare('INSERT INTO extents VALUES (?, ?, ?, ?, ?, ?)'),
    dropExtents: db.prepare('DELETE FROM extents WHERE session = ?'),
    runs: db.prepare('SELECT * FROM message_runs WHERE session = ? ORDER BY first'),
    putRun: db.prepare('INSERT INTO message_runs VALUES (?, ?, ?, ?, ?, ?, ?)'),
    dropRuns: db.prepare('DELETE FROM message_runs WHERE session = ?'),
    putRef: db.prepare('INSERT OR IGNORE INTO refs VALUES (?, ?)'),
    dropRefs: db.prepare('DELETE FROM refs WHERE session = ?'),
    setPlace: db.prepare('UPDATE sessions SET segment = ?, position = ?, length = ? WHERE id = ?'),
  };
}
