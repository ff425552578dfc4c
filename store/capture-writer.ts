/**
 * Writes batches of capture events into the index and the segments. One batch is one append and one transaction: its bytes are in a
 * segment before the rows that refer to them are committed. After a batch that could not be written a writer is of no more use: another
 * one begins from what the index says.
 */
import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import type { SessionId } from '#model/session.ts';
import type { Batch } from './batch.ts';
import type { BodyIndex } from './body-index.ts';
import { ByteWriter } from './byte-writer.ts';
import { Checksums, checksums } from './checksums.ts';
import { ACTIVE, codeOf, FAILURES, STATES } from './codes.ts';
import { withoutCuts } from './cuts.ts';
import type { Flight } from './flight.ts';
import { Flights, type Gathered } from './flights.ts';
import { putMessages, putPiece } from './pieces.ts';
import { insertSessions, UPDATE_SESSION } from './row-codec.ts';
import type { Place, SegmentWriter } from './segments.ts';
import { shareBodies } from './shared-bodies.ts';
import { Counters } from './totals.ts';
import { transaction } from './transaction.ts';

/** Rows to a statement, where there are so many. */
const MANY = 32;

/** Ids of the sessions in a batch: those that are active after it, and those that ended in it. */
export interface Written {
  readonly active: SessionId[];
  readonly ended: SessionId[];
}

/** Messages of a session that came in one batch, on their way into the index. */
interface MessageRun extends Place {
  readonly session: SessionId;
  readonly first: number;
  readonly count: number;
  readonly base: number;
  readonly length: number;
}

/** What a batch needs in the index besides its sessions' rows. */
interface Records {
  readonly runs: MessageRun[];
  /** Segments that a session goes on to touch: segment and session. */
  readonly refs: (readonly [number, SessionId])[];
}

export class CaptureWriter {
  readonly #db: DatabaseSync;
  readonly #segments: SegmentWriter;
  readonly #bodies: BodyIndex | undefined;
  readonly #records = new ByteWriter(Buffer.allocUnsafeSlow(1024 * 1024));
  readonly #statements: ReturnType<typeof prepare>;
  readonly #sums: Checksums;
  readonly #flights: Flights;
  /** Counts of this capture, kept up to date by every write. */
  readonly counters: Counters;
  /** Events of sessions that are not in flight (unknown, ended, begun twice): left out. */
  ignored = 0;

  /** Without `bodies` each body is stored as it comes. */
  constructor(db: DatabaseSync, segments: SegmentWriter, bodies?: BodyIndex) {
    this.#db = db;
    this.#segments = segments;
    this.#bodies = bodies;
    this.#statements = prepare(db);
    this.#sums = new Checksums(db);
    this.endActive();
    const { knows } = this.#statements;
    this.#flights = new Flights(lastSessionId(db), (id) => knows.get(id) !== undefined);
    this.counters = new Counters(db);
  }

  /** Bodies above so many bytes are not kept, but for sessions that somebody marked. */
  set bodyLimit(bytes: number) {
    this.#flights.bodyLimit = bytes;
  }

  /** Writes a batch. @throws what the system or SQLite say; nothing more can be written then, and the batch is not in the capture. */
  write(batch: Batch): Written {
    const base = this.#segments.next();
    const lastId = this.#flights.lastId;
    const gathered = this.#flights.gather(batch, base);
    const cuts = this.#bodies === undefined ? [] : shareBodies(gathered, batch, base, this.#bodies);
    const bytes = cuts.length === 0 ? [batch.bytes] : withoutCuts(batch.bytes, cuts);
    const length = bytes.reduce((sum, piece) => sum + piece.length, 0);
    const records = this.#writeRecords(batch, gathered, base, base.position + length);
    const pieces = [...bytes, this.#records.written];
    this.#segments.append(...pieces);
    try {
      transaction(this.#db, () => {
        this.#store(gathered, records);
        this.#sums.put(base, length + this.#records.length, checksums(pieces));
        if (this.#flights.lastId > lastId) this.#statements.lastId.run(this.#flights.lastId);
        this.#count(gathered);
        this.counters.save();
      });
    } catch (error) {
      this.counters.reload();
      throw error;
    }
    this.ignored += gathered.ignored;
    return this.#settle(gathered);
  }

  /** Somebody marked these, or took their marks away: the ones in flight are treated so. */
  keep(ids: readonly SessionId[], kept: boolean): void {
    for (const id of ids) {
      const flight = this.#flights.get(id);
      if (flight !== undefined) flight.kept = kept;
    }
  }

  /** Ends in the index what is still active there: nobody will tell how those sessions went. Their logs stay without an end. */
  endActive(): void {
    this.#db
      .prepare('UPDATE sessions SET state = ?, error = ? WHERE state = 0')
      .run(codeOf(STATES, 'failed'), codeOf(FAILURES, 'other'));
  }

  /** Puts together what goes behind the batch's bytes, at `from`: pieces of logs and runs of messages. */
  #writeRecords(batch: Batch, { changed }: Gathered, base: Place, from: number): Records {
    const { buffer, byteOffset, length } = batch.operations;
    const operations = Buffer.from(buffer, byteOffset, length);
    const records = this.#records;
    records.reset();
    const runs: MessageRun[] = [];
    const refs: (readonly [number, SessionId])[] = [];
    for (const flight of changed) {
      const firstRuns = flight.runs.filter((run) => run.start === 0 && !run.logged);
      if (flight.entries.length > 0 || firstRuns.length > 0) {
        const start = records.length;
        putPiece(records, flight, firstRuns, operations);
        for (const run of firstRuns) {
          run.logged = true;
          if (run.segment !== base.segment) refs.push([run.segment, flight.begun.id]);
        }
        if (flight.length > 0 && flight.segment !== base.segment)
          refs.push([flight.segment, flight.begun.id]);
        flight.segment = base.segment;
        flight.position = from + start;
        flight.length = records.length - start;
      }
      if (flight.messageEntries.length > 0) {
        const start = records.length;
        putMessages(records, flight, operations);
        const count = flight.messageEntries.length / 3;
        runs.push({
          session: flight.begun.id,
          first: flight.messages - count,
          count,
          segment: base.segment,
          base: base.position,
          position: from + start,
          length: records.length - start,
        });
      }
    }
    return { runs, refs };
  }

  #store({ changed, texts, origins }: Gathered, { runs, refs }: Records): void {
    const { insertText, insertOrigin, insertRun, putExtent, putRef, dropExtents } = this.#statements;
    for (const { id, text } of texts) insertText.run(id, text);
    for (const { id, prefix, scheme, host, port } of origins)
      insertOrigin.run(id, prefix, scheme, host, port);
    const fresh: Flight[] = [];
    for (const flight of changed) {
      if (flight.stored) this.#update(flight);
      else fresh.push(flight);
      if (flight.dropped !== 0) {
        for (const side of [0, 1] as const)
          if (flight.isDropped(side)) dropExtents.run(flight.begun.id, side);
      }
      for (const { side, start, segment, position, length } of flight.runs) {
        if (start > 0) putExtent.run(flight.begun.id, side, start, segment, position, length);
      }
    }
    this.#insert(fresh);
    for (const { session, first, count, segment, base, position, length } of runs) {
      insertRun.run(session, first, count, segment, base, position, length);
    }
    for (const [segment, session] of refs) putRef.run(segment, session);
  }

  #update(flight: Flight): void {
    this.#statements.updateSession.run(
      flight.kind,
      flight.state,
      flight.durationMs,
      flight.status,
      flight.mime,
      flight.sizes[0],
      flight.sizes[1],
      flight.messages,
      flight.failure,
      flight.segment,
      flight.position,
      flight.length,
      flight.dropped,
      flight.process,
      flight.begun.id,
    );
  }

  /** First rows, as many to a statement as there are: that costs less than one by one. */
  #insert(flights: readonly Flight[]): void {
    const { insertOne, insertMany } = this.#statements;
    let at = 0;
    for (; at + MANY <= flights.length; at += MANY) {
      const values: SQLInputValue[] = [];
      for (let i = at; i < at + MANY; i++) pushRow(values, flights[i]);
      insertMany.run(...values);
    }
    for (; at < flights.length; at++) {
      const values: SQLInputValue[] = [];
      pushRow(values, flights[at]);
      insertOne.run(...values);
    }
  }

  /** What the batch changes in the counts. */
  #count({ changed }: Gathered): void {
    const { now } = this.counters;
    for (const flight of changed) {
      if (!flight.stored) {
        now.sessions += 1;
        now.active += 1;
      }
      if (flight.state === ACTIVE) continue;
      now.active -= 1;
      if (flight.decrypted) now.decrypted += 1;
      if (flight.dropped === 0) continue;
      for (const side of [0, 1] as const) {
        if (!flight.isDropped(side)) continue;
        now.droppedBodies += 1;
        now.droppedBytes += flight.sizes[side];
      }
    }
  }

  /** After the commit: what is told of the batch. */
  #settle(gathered: Gathered): Written {
    const written: Written = { active: [], ended: [] };
    for (const flight of gathered.changed) {
      flight.stored = true;
      (flight.state === ACTIVE ? written.active : written.ended).push(flight.begun.id);
    }
    this.#flights.settle(gathered);
    return written;
  }
}

function pushRow(to: SQLInputValue[], flight: Flight | undefined): void {
  if (flight === undefined) return;
  const { begun, sizes } = flight;
  to.push(
    begun.id,
    flight.kind,
    begun.source,
    flight.state,
    begun.startedAt,
    flight.durationMs,
    begun.method,
    begun.origin,
    begun.path,
    begun.url ?? null,
    flight.status,
    begun.version,
    flight.mime,
    sizes[0],
    sizes[1],
    flight.messages,
    flight.failure,
    begun.parentId ?? null,
    flight.segment,
    flight.position,
    flight.length,
    flight.dropped,
    flight.process,
  );
}

function prepare(db: DatabaseSync) {
  return {
    insertOne: db.prepare(insertSessions(1)),
    insertMany: db.prepare(insertSessions(MANY)),
    updateSession: db.prepare(UPDATE_SESSION),
    insertText: db.prepare('INSERT INTO texts VALUES (?, ?)'),
    insertOrigin: db.prepare('INSERT INTO origins VALUES (?, ?, ?, ?, ?)'),
    putExtent: db.prepare('INSERT OR REPLACE INTO extents VALUES (?, ?, ?, ?, ?, ?)'),
    insertRun: db.prepare('INSERT INTO message_runs VALUES (?, ?, ?, ?, ?, ?, ?)'),
    dropExtents: db.prepare('DELETE FROM extents WHERE session = ? AND side = ?'),
    putRef: db.prepare('INSERT OR IGNORE INTO refs VALUES (?, ?)'),
    knows: db.prepare('SELECT 1 FROM sessions WHERE id = ?'),
    lastId: db.prepare("UPDATE meta SET value = ? WHERE key = 'last_session'"),
  } satisfies Record<string, StatementSync>;
}

/** The highest session id ever used in this capture, 0 for none. */
export function lastSessionId(db: DatabaseSync): number {
  return Number(db.prepare("SELECT value FROM meta WHERE key = 'last_session'").get()?.value ?? 0);
}

/** The first number that no text and no origin has. */
export function nextName(db: DatabaseSync): number {
  const row = db
    .prepare('SELECT max((SELECT max(id) FROM texts), ifnull((SELECT max(id) FROM origins), 0)) AS last')
    .get();
  return Number(row?.last ?? 0) + 1;
}
