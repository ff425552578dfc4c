/**
 * Writes batches as long as the disk takes them. When it does not, recording pauses: batches are counted and let go, traffic is not held up,
 * and as soon as there is room a new writer goes on. Sessions that were in flight then end as far as they are known.
 */
import { statfsSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import type { SluiceError } from '#model/errors.ts';
import type { SessionId } from '#model/session.ts';
import type { Batch } from './batch.ts';
import { type BatchHandler, readBatch } from './batch-reader.ts';
import { BodyIndex } from './body-index.ts';
import { CaptureWriter, type Written } from './capture-writer.ts';
import { Checksums } from './checksums.ts';
import { fromSystem } from './database.ts';
import { SegmentReader, SegmentWriter } from './segments.ts';
import { Counters } from './totals.ts';
import { transaction } from './transaction.ts';

/** How often is tried whether the disk takes something again. */
export const RESUME_MS = 500;
/** With less room than this it would be full again at once. */
const ROOM_BYTES = 16 * 1024 * 1024;

/** Names that were defined while nothing could be written: later sessions refer to them. */
interface Names {
  readonly texts: (readonly [number, string])[];
  readonly origins: (readonly [number, string, string, string, number])[];
}

interface Pause {
  readonly reason: SluiceError;
  readonly names: Names;
  missed: number;
  triedAt: number;
}

export interface RecorderOptions {
  readonly path: string;
  readonly segmentBytes: number;
  /** Bytes that may still be written to the disk; for tests. */
  readonly room?: () => number;
}

/** Room on the disk in bytes for whoever we are. */
function roomOn(path: string): number {
  const { bavail, bsize } = statfsSync(path);
  return bavail * bsize;
}

/** What a batch would have brought: names, and how many sessions begin in it. */
function takeNames(batch: Batch, names: Names): number {
  let begun = 0;
  const ignore = () => undefined;
  const handler: BatchHandler = {
    text: (id, text) => names.texts.push([id, text]),
    origin: (...origin) => names.origins.push(origin),
    begin: () => {
      begun += 1;
    },
    response: ignore,
    logged: ignore,
    data: ignore,
    message: ignore,
    process: ignore,
    end: ignore,
  };
  readBatch(batch, handler);
  return begun;
}

export class Recorder implements Disposable {
  readonly #db: DatabaseSync;
  readonly #options: RecorderOptions;
  /** For bodies that are looked for in segments. */
  readonly #reader: SegmentReader;
  #segments: SegmentWriter;
  #writer: CaptureWriter;
  #bodies: BodyIndex;
  #bodyLimit = Number.POSITIVE_INFINITY;
  #segmentLimit: number;
  #pause: Pause | undefined;

  constructor(db: DatabaseSync, options: RecorderOptions) {
    this.#db = db;
    this.#options = options;
    this.#segmentLimit = options.segmentBytes;
    this.#reader = new SegmentReader(options.path);
    this.#bodies = new BodyIndex(this.#reader);
    this.#segments = this.#openSegments();
    try {
      this.#writer = new CaptureWriter(db, this.#segments, this.#bodies);
    } catch (error) {
      this.#segments[Symbol.dispose]();
      throw error;
    }
  }

  get segments(): SegmentWriter {
    return this.#segments;
  }

  get counters(): Counters {
    return this.#writer.counters;
  }

  /** Why nothing is recorded at the moment. */
  get paused(): SluiceError | undefined {
    return this.#pause?.reason;
  }

  /** Sessions that could not be recorded, in all runs of the capture. */
  get missed(): number {
    return this.counters.now.missed + (this.#pause?.missed ?? 0);
  }

  set bodyLimit(bytes: number) {
    this.#bodyLimit = bytes;
    this.#writer.bodyLimit = bytes;
  }

  /** How long segments get at most, where that is less than usual. */
  set segmentLimit(bytes: number | undefined) {
    this.#segmentLimit = Math.min(bytes ?? this.#options.segmentBytes, this.#options.segmentBytes);
    this.#segments.limit = this.#segmentLimit;
  }

  /** What was written; nothing while recording is paused. */
  write(batch: Batch): Written | undefined {
    if (this.#pause !== undefined && !this.resume()) {
      this.#pause.missed += takeNames(batch, this.#pause.names);
      return undefined;
    }
    try {
      return this.#writer.write(batch);
    } catch (error) {
      const names: Names = { texts: [], origins: [] };
      // What cannot even be read is no matter of the disk.
      const missed = takeNames(batch, names);
      this.#pause = {
        reason: fromSystem(this.#options.path, error),
        names,
        missed,
        triedAt: performance.now(),
      };
      return undefined;
    }
  }

  /** Tries to go on, when the last try was long enough ago; answers whether recording goes on. */
  resume(): boolean {
    const pause = this.#pause;
    if (pause === undefined) return true;
    if (performance.now() - pause.triedAt < RESUME_MS) return false;
    pause.triedAt = performance.now();
    try {
      if ((this.#options.room ?? (() => roomOn(this.#options.path)))() < ROOM_BYTES) return false;
      this.#goOn(pause);
      return true;
    } catch {
      return false;
    }
  }

  /** Somebody marked these, or took their marks away. */
  keep(ids: readonly SessionId[], kept: boolean): void {
    this.#writer.keep(ids, kept);
  }

  /** Segments have been taken away: what is known of places in them is forgotten. */
  forget(): void {
    this.#bodies.forget();
    this.#reader.forget();
  }

  /** Ends what is active; the last thing that is written. Says nothing when the disk takes nothing. */
  end(): void {
    try {
      const { missed } = this;
      transaction(this.#db, () => {
        this.#writer.endActive();
        this.counters.now.missed = missed;
        this.counters.save();
      });
    } catch (error) {
      if (this.#pause === undefined) throw error;
    }
  }

  [Symbol.dispose](): void {
    this.#segments[Symbol.dispose]();
    this.#reader[Symbol.dispose]();
  }

  #openSegments(): SegmentWriter {
    const { path } = this.#options;
    return new SegmentWriter(path, this.#segmentLimit, new Checksums(this.#db).firstUsable(path));
  }

  #goOn({ names, missed }: Pause): void {
    transaction(this.#db, () => {
      const text = this.#db.prepare('INSERT OR REPLACE INTO texts VALUES (?, ?)');
      const origin = this.#db.prepare('INSERT OR REPLACE INTO origins VALUES (?, ?, ?, ?, ?)');
      for (const row of names.texts) text.run(...row);
      for (const row of names.origins) origin.run(...row);
      const counters = new Counters(this.#db);
      counters.now.missed += missed;
      counters.save();
    });
    const segments = this.#openSegments();
    const bodies = new BodyIndex(this.#reader);
    try {
      this.#writer = new CaptureWriter(this.#db, segments, bodies);
    } catch (error) {
      segments[Symbol.dispose]();
      // The names are in the index already, and so is the count.
      if (this.#pause !== undefined)
        this.#pause = { ...this.#pause, missed: 0, names: { texts: [], origins: [] } };
      throw error;
    }
    this.#segments[Symbol.dispose]();
    this.#segments = segments;
    this.#bodies = bodies;
    this.#writer.bodyLimit = this.#bodyLimit;
    this.#pause = undefined;
  }
}
