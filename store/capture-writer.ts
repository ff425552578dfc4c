/**
 * Folds batches of capture events into the index and the segments. One batch is one append and one transaction: its bytes are in a
 * segment before the rows that refer to them are committed. Sessions in flight are kept in memory, finished ones are forgotten.
 */
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { CaptureEvent } from '#model/capture-event.ts';
import type { Session, SessionFailure, SessionId } from '#model/session.ts';
import { beginSession, foldEvent } from '#model/session-fold.ts';
import { type Batch, unpackBatch } from './batch.ts';
import { sessionColumns, UPSERT_SESSION } from './row-codec.ts';
import type { Place, SegmentWriter } from './segments.ts';
import { type Counters, countSessions, isDecrypted } from './totals.ts';

/** Where a run of a body lies; `start` is its offset in the body. */
interface Extent extends Place {
  readonly start: number;
  length: number;
}

/** A session in flight, with what of it has changed since it was last written. */
interface Flight {
  readonly session: Session;
  headChanged: boolean;
  /** The last extent of each side, which grows when the next bytes follow it in the segment. */
  readonly last: [Extent | undefined, Extent | undefined];
}

export interface Written {
  readonly changed: SessionId[];
  readonly ended: SessionId[];
}

const STOPPED: SessionFailure = { code: 'other', detail: 'Sluice stopped before this session ended.' };

export class CaptureWriter {
  readonly #db: DatabaseSync;
  readonly #segments: SegmentWriter;
  readonly #flights = new Map<SessionId, Flight>();
  readonly #upsertSession: StatementSync;
  readonly #putDetail: StatementSync;
  readonly #putExtent: StatementSync;
  readonly #insertMessage: StatementSync;
  readonly #knows: StatementSync;
  #lastId: number;
  /** Counts of this capture, kept up to date by every write. */
  readonly counters: Counters;
  /** Events of sessions that are not in flight (unknown, ended, begun twice): left out. */
  ignored = 0;

  constructor(db: DatabaseSync, segments: SegmentWriter) {
    this.#db = db;
    this.#segments = segments;
    this.#upsertSession = db.prepare(UPSERT_SESSION);
    this.#putDetail = db.prepare('INSERT OR REPLACE INTO details VALUES (?, ?)');
    this.#putExtent = db.prepare('INSERT OR REPLACE INTO extents VALUES (?, ?, ?, ?, ?, ?)');
    this.#insertMessage = db.prepare('INSERT INTO messages VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)');
    this.#knows = db.prepare('SELECT 1 FROM sessions WHERE id = ?');
    this.endActive();
    this.#lastId = lastSessionId(db);
    this.counters = countSessions(db);
  }

  /** Writes a batch. @throws what the system or SQLite say; the batch is then not in the capture. */
  write(batch: Batch): Written {
    const changed = new Set<SessionId>();
    const ended: SessionId[] = [];
    const base = batch.bytes.length > 0 ? this.#segments.append(batch.bytes) : { segment: 0, position: 0 };
    this.#db.exec('BEGIN');
    try {
      const lastId = this.#lastId;
      for (const { event, offset } of unpackBatch(batch)) {
        const place = { segment: base.segment, position: base.position + offset };
        if (!this.#fold(event, place)) this.ignored += 1;
        else {
          changed.add(event.id);
          if (event.type === 'end') ended.push(event.id);
        }
      }
      for (const id of changed) this.#store(id);
      if (this.#lastId > lastId) {
        this.#db.prepare("UPDATE meta SET value = ? WHERE key = 'last_session'").run(this.#lastId);
      }
      this.#db.exec('COMMIT');
    } catch (error) {
      this.#db.exec('ROLLBACK');
      throw error;
    }
    for (const id of ended) this.#flights.delete(id);
    return { changed: [...changed], ended };
  }

  /** Ends in the index what is still active there: nobody will tell how those sessions went. */
  endActive(): void {
    this.#flights.clear();
    this.#db.exec('BEGIN');
    this.#db
      .prepare(
        "UPDATE details SET detail = json_set(detail, '$.failure', json(?)) WHERE id IN (SELECT id FROM sessions WHERE state = 'active')",
      )
      .run(JSON.stringify(STOPPED));
    this.#db
      .prepare("UPDATE sessions SET state = 'failed', error = ? WHERE state = 'active'")
      .run(STOPPED.code);
    this.#db.exec('COMMIT');
  }

  #begin(event: Extract<CaptureEvent, { type: 'begin' }>): boolean {
    const { id } = event;
    if (this.#flights.has(id) || (id <= this.#lastId && this.#knows.get(id) !== undefined)) return false;
    this.#flights.set(id, {
      session: beginSession(event),
      headChanged: true,
      last: [undefined, undefined],
    });
    this.#lastId = Math.max(this.#lastId, id);
    this.counters.sessions += 1;
    this.counters.active += 1;
    return true;
  }

  #fold(event: CaptureEvent, place: Place): boolean {
    if (event.type === 'begin') return this.#begin(event);
    const flight = this.#flights.get(event.id);
    if (flight === undefined || flight.session.row.state !== 'active') return false;
    const { session } = flight;
    if (event.type === 'request-data') {
      this.#extend(flight, 0, session.request.body.size, event.data.length, place);
    } else if (event.type === 'response-data') {
      if (session.response === undefined) return false;
      this.#extend(flight, 1, session.response.body.size, event.data.length, place);
    } else if (event.type === 'message') {
      const { direction, at, opcode, closeCode, data } = event.message;
      const sent = direction === 'sent' ? 1 : 0;
      this.#insertMessage.run(
        event.id,
        session.messageCount,
        sent,
        at,
        opcode,
        closeCode ?? null,
        place.segment,
        place.position,
        data.length,
      );
    } else {
      flight.headChanged = true;
    }
    foldEvent(session, event);
    if (event.type === 'end') {
      this.counters.active -= 1;
      if (isDecrypted(session.row)) this.counters.decrypted += 1;
    }
    return true;
  }

  #extend(flight: Flight, side: 0 | 1, start: number, length: number, place: Place): void {
    if (length === 0) return;
    const last = flight.last[side];
    const follows =
      last !== undefined && last.segment === place.segment && last.position + last.length === place.position;
    const extent = follows ? last : { ...place, start, length: 0 };
    extent.length += length;
    flight.last[side] = extent;
    const { id } = flight.session.row;
    this.#putExtent.run(id, side, extent.start, extent.segment, extent.position, extent.length);
  }

  #store(id: SessionId): void {
    const flight = this.#flights.get(id);
    if (flight === undefined) return;
    const { row, messageCount, ...detail } = flight.session;
    this.#upsertSession.run(...Object.values(sessionColumns(row, messageCount)));
    if (flight.headChanged) this.#putDetail.run(id, JSON.stringify(detail));
    flight.headChanged = false;
  }
}

/** The highest session id ever used in this capture, 0 for none. */
export function lastSessionId(db: DatabaseSync): number {
  return Number(db.prepare("SELECT value FROM meta WHERE key = 'last_session'").get()?.value ?? 0);
}
