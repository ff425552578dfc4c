/**
 * A capture open for writing. Between calls it does what can wait: tries a disk that was full, makes indexes for orders that people look
 * at, keeps the capture within its limits, and takes dead bytes off the disk.
 */
import { existsSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { SluiceError } from '#model/errors.ts';
import { lastSessionId, nextName } from './capture-writer.ts';
import { Checksums } from './checksums.ts';
import { Compaction, removeRetired } from './compaction.ts';
import { checkCapture, createCapture, openWriter } from './database.ts';
import { annotate, annotated, remove } from './edits.ts';
import { putFindings } from './findings.ts';
import { ListReader } from './list-reader.ts';
import { type Lists, openLists } from './lists.ts';
import type { StoreCalls, WorkerOptions } from './protocol.ts';
import { RESUME_MS, Recorder } from './recorder.ts';
import { RetentionKeeper } from './retention.ts';
import { SegmentReader } from './segments.ts';
import { SessionReader } from './session-reader.ts';
import { readingCalls, STEP_MS, totalsOf } from './store-parts.ts';
import { indexBytes } from './totals.ts';
import type { Change, WorkerStore } from './worker-store.ts';
import { lockWriter } from './writer-lock.ts';

/** Dead bytes are taken off the disk by themselves when they are this share of the segments, and at least so many. */
const DEAD_SHARE = 0.3;
const DEAD_BYTES = 32 * 1024 * 1024;
/** With a limit on the capture's size, when they are this share of it. */
const DEAD_OF_LIMIT = 0.1;
/** By itself only what is mostly dead is emptied: moving costs. */
const WORTH_BY_ITSELF = 0.3;
/** A capture that may take little needs short segments, because whole ones go. */
const SEGMENTS_IN_LIMIT = 16;
const LEAST_SEGMENT = 1024 * 1024;
/** A step between calls may hold up a batch for so long. */
const IDLE_STEP_MS = 15;
const PAUSE_MS = 20;
/** Closing is to be quick. */
const CLOSING_MS = 300;

function ensureCapture(path: string): void {
  if (!existsSync(path)) {
    try {
      createCapture(path);
      return;
    } catch (error) {
      // Another program may have made it since; then that one is opened.
      if (!(error instanceof SluiceError && error.code === 'capture-exists')) throw error;
    }
  }
  checkCapture(path);
}

class WritingStore {
  readonly path: string;
  readonly db: DatabaseSync;
  readonly #changed: (change: Change) => void;
  readonly #stack: DisposableStack;
  readonly #recorder: Recorder;
  readonly #bytes: SegmentReader;
  readonly list: ListReader;
  readonly lists: Lists;
  readonly reader: SessionReader;
  readonly #retention: RetentionKeeper;
  #compaction: Compaction | undefined;
  /** Whether somebody asked for the compaction under way, and does its steps. */
  #asked = false;

  constructor(
    { path, segmentBytes, room, decoder }: WorkerOptions,
    stack: DisposableStack,
    db: DatabaseSync,
    changed: (change: Change) => void,
  ) {
    this.path = path;
    this.db = db;
    this.#stack = stack;
    this.#changed = (change) => {
      this.lists.judge.changed([...(change.changed ?? []), ...(change.ended ?? [])]);
      changed(change);
    };
    this.#recorder = stack.use(
      new Recorder(db, { path, segmentBytes, ...(room === undefined ? {} : { room: () => room }) }),
    );
    removeRetired(db, this.#recorder.segments);
    this.#bytes = stack.use(new SegmentReader(path, new Checksums(db)));
    this.list = new ListReader(db, () => this.#recorder.counters.now.sessions, true);
    this.reader = new SessionReader(db, this.#bytes);
    this.lists = openLists({ folder: path, db, reader: this.reader }, decoder, (ids) =>
      this.list.changed(ids),
    );
    const disk = () => this.#diskBytes();
    this.#retention = new RetentionKeeper(db, () => this.#recorder.counters, disk);
    this.#applyLimits();
  }

  write(...[batch]: Parameters<WorkerStore['write']>): void {
    const written = this.#recorder.write(batch);
    if (written === undefined) {
      this.#changed({ totals: true });
      return;
    }
    const { active, ended } = written;
    this.list.changed(active, ended);
    this.#changed({ changed: active, ended });
  }

  nextWork(): number | undefined {
    if (this.#recorder.paused !== undefined) return RESUME_MS;
    if (this.list.orders.wantsIndex) return 0;
    if (this.#retention.isBusy || this.#wantsCompaction) return PAUSE_MS;
    return undefined;
  }

  work(): void {
    if (this.#recorder.paused !== undefined) {
      if (this.#recorder.resume()) this.#changed({ totals: true, removed: true });
      return;
    }
    if (this.list.orders.wantsIndex) {
      this.list.orders.makeWanted();
      return;
    }
    if (this.#retention.isBusy) {
      const taken = this.#retention.step();
      if (taken === undefined) return;
      if (taken.removed) this.list.forget();
      else this.list.changed(taken.changed);
      this.#changed({ ...taken, totals: true, findings: taken.removed });
      return;
    }
    if (this.#wantsCompaction) this.#compact(WORTH_BY_ITSELF, IDLE_STEP_MS);
  }

  readonly calls: Omit<StoreCalls, keyof ReturnType<typeof readingCalls>> & Pick<StoreCalls, 'flush'> = {
    flush: () => {
      if (this.#recorder.paused !== undefined) throw this.#recorder.paused;
    },
    totals: () =>
      totalsOf(this.#recorder.counters.now, {
        missed: this.#recorder.missed,
        paused: this.#recorder.paused?.message,
        diskBytes: this.#diskBytes(),
        retention: this.#retention.policy,
      }),
    annotate: (ids, change) => {
      annotate(this.db, ids, change);
      const kept = new Set(annotated(this.db, ids));
      this.#recorder.keep([...kept], true);
      this.#recorder.keep(
        ids.filter((id) => !kept.has(id)),
        false,
      );
      this.#retention.lookAgain();
      this.list.changed(ids);
      this.#changed({ changed: ids });
    },
    remove: (ids) => {
      const { sessions } = remove(this.db, this.#recorder.counters, ids);
      this.list.forget();
      this.#changed({ removed: true, findings: true });
      return sessions;
    },
    putFindings: (id, findings) => {
      putFindings(this.db, this.#recorder.counters, id, findings);
      this.list.changed([id]);
      this.#changed({ changed: [id], findings: true });
    },
    setRetention: (policy) => {
      this.#retention.set(policy);
      this.#applyLimits();
      this.#changed({ totals: true });
    },
    compact: (begin) => {
      if (begin) this.#compaction = undefined;
      this.#asked = true;
      const progress = this.#compact(undefined, STEP_MS);
      if (progress.done) {
        this.#asked = false;
        this.db.exec('VACUUM');
        this.#changed({ totals: true });
      }
      return progress;
    },
    close: () => {
      // The lock is given back even when the disk takes nothing more.
      using _ = this.#stack;
      this.#tidyUp();
      this.#recorder.end();
    },
  };

  get #wantsCompaction(): boolean {
    if (this.#asked) return false;
    if (this.#compaction !== undefined) return true;
    const { deadBytes } = this.#recorder.counters.now;
    const { keepBytes } = this.#retention.policy;
    if (keepBytes !== undefined && deadBytes > keepBytes * DEAD_OF_LIMIT && deadBytes > LEAST_SEGMENT)
      return true;
    return deadBytes > DEAD_BYTES && deadBytes > this.#recorder.segments.totalBytes * DEAD_SHARE;
  }

  #compact(worth: number | undefined, ms: number) {
    const { segments, counters } = this.#recorder;
    const removed = () => {
      this.#bytes.forget();
      this.#recorder.forget();
      this.#changed({ totals: true });
    };
    this.#compaction ??= new Compaction(
      { db: this.db, segments, reader: this.reader, bytes: this.#bytes, counters, removed },
      worth,
    );
    try {
      const progress = this.#compaction.step(ms);
      if (progress.done) this.#compaction = undefined;
      return progress;
    } catch (error) {
      // As on a full disk: begun anew when there is reason to.
      this.#compaction = undefined;
      throw error;
    }
  }

  /** Before closing: what nobody looks at any more goes, and what is mostly dead, as far as there is time. */
  #tidyUp(): void {
    if (this.#recorder.paused !== undefined) return;
    try {
      this.list.orders.dropAll();
      const due = performance.now() + CLOSING_MS;
      this.#asked = false;
      while (this.#wantsCompaction && performance.now() < due) this.#compact(WORTH_BY_ITSELF, IDLE_STEP_MS);
    } catch {
      // It is only tidying: the next run does it.
    }
  }

  #applyLimits(): void {
    const { dropBodiesOver, keepBytes } = this.#retention.policy;
    this.#recorder.bodyLimit = dropBodiesOver ?? Number.POSITIVE_INFINITY;
    this.#recorder.segmentLimit =
      keepBytes === undefined
        ? undefined
        : Math.max(LEAST_SEGMENT, Math.floor(keepBytes / SEGMENTS_IN_LIMIT));
  }

  #diskBytes(): number {
    return this.#recorder.segments.totalBytes + indexBytes(this.path);
  }
}

/** @throws SluiceError as `OpenCapture` */
export function openForWriting(options: WorkerOptions, changed: (change: Change) => void): WorkerStore {
  const { path, mode } = options;
  if (mode === 'create') createCapture(path);
  else ensureCapture(path);
  const stack = new DisposableStack();
  try {
    stack.use(lockWriter(path));
    const db = stack.adopt(openWriter(path), (open) => open.close());
    const store = new WritingStore(options, stack, db, changed);
    return {
      lastSessionId: lastSessionId(db),
      nextName: nextName(db),
      notices: [],
      write: (batch) => store.write(batch),
      nextWork: () => store.nextWork(),
      work: () => store.work(),
      calls: { ...readingCalls(() => store), ...store.calls },
    };
  } catch (error) {
    stack.dispose();
    throw error;
  }
}
