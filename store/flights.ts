/**
 * Folds a batch's operations into the sessions in flight. Pure of files and database: it says what changed, and the writer puts that on
 * disk. The rows follow model/session-fold.ts; a property test holds the two together.
 */
import type { SessionId } from '#model/session.ts';
import { durationMs } from '#model/session-fold.ts';
import type { Batch } from './batch.ts';
import { type BatchHandler, type Beginning, readBatch } from './batch-reader.ts';
import { ACTIVE } from './codes.ts';
import type { Cut } from './cuts.ts';
import { Flight } from './flight.ts';
import type { Place } from './segments.ts';

/** What a batch brought. */
export interface Gathered {
  /** The sessions it changed, in the order of their first change. */
  readonly changed: Flight[];
  readonly texts: { readonly id: number; readonly text: string }[];
  readonly origins: {
    readonly id: number;
    readonly prefix: string;
    readonly scheme: string;
    readonly host: string;
    readonly port: number;
  }[];
  /** What of the batch's bytes nobody wants. */
  readonly cuts: Cut[];
  /** Operations of sessions that are not in flight (unknown, ended, begun twice): left out. */
  ignored: number;
}

export class Flights {
  readonly #flights = new Map<SessionId, Flight>();
  readonly #isStored: (id: SessionId) => boolean;
  /** The highest id that has begun. */
  lastId: SessionId | 0;
  /** Bodies above so many bytes are not kept. */
  bodyLimit = Number.POSITIVE_INFINITY;

  /** `isStored` is asked of ids up to `lastId`: those may have been used before. */
  constructor(lastId: SessionId | 0, isStored: (id: SessionId) => boolean) {
    this.lastId = lastId;
    this.#isStored = isStored;
  }

  /**
   * Reads a batch whose bytes will lie at `base`.
   * @throws RangeError when it makes no sense; what is in flight is then of no use any more
   */
  gather(batch: Batch, base: Place): Gathered {
    const gathered: Gathered = { changed: [], texts: [], origins: [], cuts: [], ignored: 0 };
    readBatch(batch, this.#handler(gathered, base));
    return gathered;
  }

  /** The session, when it is in flight. */
  get(id: SessionId): Flight | undefined {
    return this.#flights.get(id);
  }

  /** Forgets what the batch brought, and the sessions that it ended. */
  settle({ changed }: Gathered): void {
    for (const flight of changed) {
      if (flight.state === ACTIVE) flight.settle();
      else this.#flights.delete(flight.begun.id);
    }
  }

  #handler(gathered: Gathered, base: Place): BatchHandler {
    /** The session, now among those changed; undefined when it is not in flight. */
    const touch = (id: SessionId): Flight | undefined => {
      const flight = this.#flights.get(id);
      if (flight === undefined || flight.state !== ACTIVE) {
        gathered.ignored += 1;
        return undefined;
      }
      if (!flight.touched) {
        flight.touched = true;
        gathered.changed.push(flight);
      }
      return flight;
    };
    return {
      text: (id, text) => gathered.texts.push({ id, text }),
      origin: (id, prefix, scheme, host, port) => gathered.origins.push({ id, prefix, scheme, host, port }),
      begin: (begun, start, end) => {
        if (!this.#begin(begun)) gathered.ignored += 1;
        else touch(begun.id)?.log(start, end);
      },
      response: (id, status, mime, kind, start, end) => {
        const flight = touch(id);
        if (flight === undefined) return;
        flight.responded = true;
        flight.status = status;
        if (mime !== 0) flight.mime = mime;
        if (kind !== undefined) flight.kind = kind;
        flight.log(start, end);
      },
      logged: (id, start, end) => touch(id)?.log(start, end),
      data: (id, side, offset, length) => {
        const flight = touch(id);
        if (flight === undefined || (side === 1 && !flight.responded)) {
          if (flight !== undefined) gathered.ignored += 1;
          gathered.cuts.push({ offset, length });
        } else if (flight.isDropped(side) || this.#isTooLong(flight, side, length)) {
          for (const run of flight.drop(side)) {
            // What earlier batches brought of it is in the segment already.
            if (run.segment === base.segment && run.position >= base.position)
              gathered.cuts.push({ offset: run.position - base.position, length: run.length });
          }
          flight.sizes[side] += length;
          gathered.cuts.push({ offset, length });
        } else flight.extend(side, length, base.segment, base.position + offset);
      },
      message: (id, offset, start, end) => touch(id)?.hear(offset, start, end),
      process: (id, name) => {
        const flight = touch(id);
        if (flight !== undefined) flight.process = name;
      },
      end: (id, state, endedAt, failure, start, end) => {
        const flight = touch(id);
        if (flight === undefined) return;
        flight.state = state;
        flight.durationMs = durationMs(flight.begun.startedAt, endedAt);
        flight.failure = failure;
        flight.log(start, end);
      },
    };
  }

  #isTooLong(flight: Flight, side: 0 | 1, more: number): boolean {
    return !flight.kept && flight.sizes[side] + more > this.bodyLimit;
  }

  #begin(begun: Beginning): boolean {
    const { id } = begun;
    if (this.#flights.has(id) || (id <= this.lastId && this.#isStored(id))) return false;
    this.#flights.set(id, new Flight(begun));
    this.lastId = Math.max(this.lastId, id);
    return true;
  }
}
