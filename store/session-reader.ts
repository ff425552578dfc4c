/** Reads one session of a capture: its row and log as a whole, its bodies by range, its messages. */
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { SluiceError } from '#model/errors.ts';
import type { BodySide, FullSession, Message, Session, SessionFailure, SessionId } from '#model/session.ts';
import { beginSession, foldEvent } from '#model/session-fold.ts';
import { ByteReader } from './byte-reader.ts';
import { takeMessage } from './message-codec.ts';
import { type PiecePlace, takePiece } from './pieces.ts';
import { type DbRow, rowFromDb, SELECT_ROWS } from './row-codec.ts';
import { type Place, SegmentError, type SegmentReader } from './segments.ts';
import { readFirstRuns, readLog } from './session-log.ts';

/** Of a session whose log has no end although its row says that it has ended. */
const STOPPED: SessionFailure = { code: 'other', detail: 'Sluice stopped before this session ended.' };
const CACHED_TEXTS = 1000;
/** What a message is taken to have, before it is read. */
const MESSAGE_BYTES = 4096;

/** Bytes of a body that lie together; `start` is their offset in it. */
export interface StoredRun extends Place {
  readonly side: 0 | 1;
  readonly start: number;
  readonly length: number;
}

export class SessionReader {
  readonly #segments: SegmentReader;
  readonly #texts = new Map<number, string>();
  readonly #session: StatementSync;
  readonly #place: StatementSync;
  readonly #extents: StatementSync;
  readonly #runs: StatementSync;
  readonly #text: StatementSync;

  constructor(db: DatabaseSync, segments: SegmentReader) {
    this.#segments = segments;
    this.#session = db.prepare(`${SELECT_ROWS} WHERE s.id = ?`);
    this.#place = db.prepare(
      'SELECT request_size, response_size, segment, position, length, dropped FROM sessions WHERE id = ?',
    );
    this.#extents = db.prepare(
      'SELECT start, segment, position, length FROM extents WHERE session = ? AND side = ? AND start < ? AND start + length > ? ORDER BY start',
    );
    this.#runs = db.prepare(
      'SELECT * FROM message_runs WHERE session = ? AND first < ? AND first + count > ? ORDER BY first',
    );
    this.#text = db.prepare('SELECT text FROM texts WHERE id = ?');
  }

  /** @throws SluiceError `capture-damaged` when a segment lacks its log, or holds something else there */
  get(id: SessionId): Session | undefined {
    return this.#again(id, () => this.#get(id));
  }

  /**
   * The session with its bodies and messages, its log read once. `no-room`: they have more octets than `room`, as far as the row tells
   * that, and were not read. @throws as `get`
   */
  whole(id: SessionId, room = Number.POSITIVE_INFINITY): FullSession | 'no-room' | undefined {
    return this.#again(id, () => this.#wholeSession(id, room));
  }

  /** Empty for a body that was dropped. @throws SluiceError `capture-damaged` when a segment lacks the bytes */
  readBody(id: SessionId, side: BodySide, start: number, end: number): Uint8Array<ArrayBuffer> {
    return this.#again(id, () => this.#readBody(id, side, start, end));
  }

  /** @throws SluiceError `capture-damaged` when a segment lacks them */
  messages(id: SessionId, from: number, limit: number): Message[] {
    return this.#again(id, () => this.#messages(id, from, limit));
  }

  #get(id: SessionId): Session | undefined {
    const found = this.#session.get(id);
    return found === undefined ? undefined : this.#fold(id, found, this.pieces(id, found));
  }

  #fold(id: SessionId, found: DbRow, pieces: readonly Buffer[]): Session {
    const row = rowFromDb(found);
    const { head, events } = this.#whole(id, () => readLog(pieces, row, (text) => this.#textOf(text)));
    const { kind, source, startedAt: at, url } = row;
    const session = beginSession({ type: 'begin', id, kind, source, at, url, head });
    for (const event of events) foldEvent(session, event);
    // The row is written with every batch, and people and checks write there too.
    session.row = row;
    // Captures from before rows had it.
    if (row.process === undefined && session.facts.process) row.process = session.facts.process;
    session.messageCount = Number(found.messages);
    session.request.body.size = row.requestBodySize;
    if (session.response !== undefined) session.response.body.size = row.responseBodySize;
    const dropped = Number(found.dropped);
    if (dropped & 1) session.request.body.dropped = true;
    if (dropped & 2 && session.response !== undefined) session.response.body.dropped = true;
    if (row.error !== undefined && session.failure === undefined) session.failure = STOPPED;
    return session;
  }

  #wholeSession(id: SessionId, room: number): FullSession | 'no-room' | undefined {
    const found = this.#session.get(id);
    if (found === undefined) return undefined;
    const size = Number(found.request_size) + Number(found.response_size);
    if (size + Number(found.messages) * MESSAGE_BYTES > room) return 'no-room';
    const pieces = this.pieces(id, found);
    const session = this.#fold(id, found, pieces);
    const bodyOf = (side: 0 | 1) => {
      const runs = this.runsOf(id, found, side, pieces);
      const body = new Uint8Array(runs.reduce((end, { start, length }) => Math.max(end, start + length), 0));
      for (const run of runs) this.#segments.read(run, body.subarray(run.start, run.start + run.length));
      return body;
    };
    return {
      session,
      requestBody: bodyOf(0),
      responseBody: session.response === undefined ? new Uint8Array() : bodyOf(1),
      messages: session.messageCount === 0 ? [] : this.#messages(id, 0, session.messageCount),
    };
  }

  #readBody(id: SessionId, side: BodySide, start: number, end: number): Uint8Array<ArrayBuffer> {
    const found = this.#place.get(id);
    const sideNumber = side === 'request' ? 0 : 1;
    if ((Number(found?.dropped ?? 0) & (1 << sideNumber)) !== 0) return new Uint8Array();
    const size = Number(found?.[`${side}_size`] ?? 0);
    const stop = Math.min(end, size);
    const body = new Uint8Array(Math.max(0, stop - start));
    if (found === undefined || body.length === 0) return body;
    const read = (place: Place, from: number, to: number) => {
      if (from < to) this.#segments.read(place, body.subarray(from - start, to - start));
    };
    let covered = stop;
    const extents = this.#extents.all(id, sideNumber, stop, start);
    for (const extent of extents) {
      const [first, segment, position] = [
        Number(extent.start),
        Number(extent.segment),
        Number(extent.position),
      ];
      const from = Math.max(start, first);
      read(
        { segment, position: position + from - first },
        from,
        Math.min(stop, first + Number(extent.length)),
      );
      covered = Math.min(covered, first);
    }
    if (start >= covered) return body;
    const runs = this.#whole(id, () => readFirstRuns(this.#pieces(id, found)));
    const run = runs.find((candidate) => candidate.side === sideNumber);
    if (run === undefined) throw damaged(id, 'it does not say where the body is');
    read({ segment: run.segment, position: run.position + start }, start, covered);
    return body;
  }

  #messages(id: SessionId, from: number, limit: number): Message[] {
    return this.#runs
      .all(id, from + limit, from)
      .flatMap((run) => this.#whole(id, () => this.#messagesOf(run, from, from + limit)));
  }

  /** Where a body lies, in order; nothing for one that is empty or was dropped. @throws as `get` */
  runsOf(id: SessionId, row: DbRow, side: 0 | 1, pieces: readonly Buffer[]): StoredRun[] {
    const size = Number(side === 0 ? row.request_size : row.response_size);
    if (size === 0 || (Number(row.dropped) & (1 << side)) !== 0) return [];
    const runs: StoredRun[] = this.#extents.all(id, side, size, 0).map((extent) => ({
      side,
      start: Number(extent.start),
      segment: Number(extent.segment),
      position: Number(extent.position),
      length: Number(extent.length),
    }));
    const length = runs[0]?.start ?? size;
    if (length === 0) return runs;
    const first = this.#whole(id, () => readFirstRuns(pieces)).find((run) => run.side === side);
    if (first === undefined) throw damaged(id, 'it does not say where the body is');
    return [{ ...first, side, start: 0, length }, ...runs];
  }

  /** The segments that a session's log and bodies touch. @throws as `get` */
  touched(id: SessionId): number[] {
    const row = this.#place.get(id);
    if (row === undefined) return [];
    const places = new Set<number>();
    const pieces = this.#pieces(id, row, (segment) => places.add(segment));
    for (const run of this.#whole(id, () => readFirstRuns(pieces))) places.add(run.segment);
    return [...places];
  }

  /** The entries of a session's log, oldest piece first. @throws as `get` */
  pieces(id: SessionId, row: DbRow): Buffer[] {
    return this.#whole(id, () => this.#pieces(id, row));
  }

  #messagesOf(run: DbRow, from: number, to: number): Message[] {
    const messages: Message[] = [];
    const reader = new ByteReader(this.#bytes(pieceOf(run)));
    for (let index = Number(run.first); !reader.done && index < to; index++) {
      const offset = reader.count();
      const { message, length } = takeMessage(reader);
      if (index < from) continue;
      const data = new Uint8Array(length);
      this.#segments.read({ segment: Number(run.segment), position: Number(run.base) + offset }, data);
      messages.push({ index, ...message, data });
    }
    return messages;
  }

  #pieces(id: SessionId, found: DbRow, onSegment: (segment: number) => void = () => undefined): Buffer[] {
    const pieces: Buffer[] = [];
    for (let place = pieceOf(found); place.length > 0; ) {
      onSegment(place.segment);
      const { entries, before } = takePiece(this.#bytes(place), id);
      pieces.push(entries);
      if (before.length > 0 && !isBefore(before, place)) throw new RangeError('its pieces are out of order');
      place = before;
    }
    return pieces.reverse();
  }

  #bytes(place: PiecePlace): Buffer {
    const bytes = Buffer.allocUnsafe(place.length);
    this.#segments.read(place, bytes);
    return bytes;
  }

  /** Texts never change, so they are kept once read. */
  #textOf(id: number): string {
    const known = this.#texts.get(id);
    if (known !== undefined) return known;
    const text = this.#text.get(id)?.text;
    if (typeof text !== 'string') throw new RangeError(`there is no text ${id}`);
    if (this.#texts.size >= CACHED_TEXTS) this.#texts.clear();
    this.#texts.set(id, text);
    return text;
  }

  /** What `read` gives, asked a second time after a failure: between row and segment another process may have moved the session. */
  #again<T>(id: SessionId, read: () => T): T {
    try {
      return read();
    } catch {
      this.#segments.forget();
      return this.#whole(id, read);
    }
  }

  /** What `read` gives; what it cannot make sense of is damage. */
  #whole<T>(id: SessionId, read: () => T): T {
    try {
      return read();
    } catch (error) {
      if (error instanceof SluiceError && !(error instanceof SegmentError)) throw error;
      throw damaged(id, error instanceof Error ? error.message : String(error), error);
    }
  }
}

const pieceOf = ({ segment, position, length }: DbRow): PiecePlace => ({
  segment: Number(segment),
  position: Number(position),
  length: Number(length),
});

/** Segments are only appended to: what was written earlier lies before. */
const isBefore = (a: Place, b: Place) =>
  a.segment < b.segment || (a.segment === b.segment && a.position < b.position);

const damaged = (id: SessionId, why: string, cause?: unknown) =>
  new SluiceError(
    'capture-damaged',
    `The capture is damaged: what it holds of session ${id} cannot be read (${why}).`,
    {
      cause,
    },
  );
