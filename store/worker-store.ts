/** The capture inside the worker: answers calls and takes batches, one at a time, in the order they come. */
import { existsSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { SluiceError } from '#model/errors.ts';
import type { SessionId } from '#model/session.ts';
import type { Batch } from './batch.ts';
import type { StoreTotals } from './capture-store.ts';
import { CaptureWriter, lastSessionId, nextName } from './capture-writer.ts';
import { checkCapture, createCapture, isImmutable, openReader, openWriter } from './database.ts';
import { annotate, remove } from './edits.ts';
import { findingGroups, findingsOf, putFindings } from './findings.ts';
import { type Lists, openLists } from './lists.ts';
import type { StoreCalls, WorkerOptions } from './protocol.ts';
import { SegmentWriter } from './segments.ts';
import { SessionReader } from './session-reader.ts';
import { countSessions, diskBytes, indexBytes } from './totals.ts';
import { lockWriter } from './writer-lock.ts';

/** What a batch or a call changed, for `onChange`: `ended` are not among `changed`, and end once. */
export interface Change {
  readonly changed?: readonly SessionId[];
  readonly ended?: readonly SessionId[];
  readonly removed?: boolean;
  readonly findings?: boolean;
}

export interface WorkerStore {
  readonly lastSessionId: SessionId | 0;
  /** The first number that is free for names.ts. */
  readonly nextName: number;
  readonly calls: StoreCalls;
  write(batch: Batch): void;
}

/** Opens the capture; see `OpenCapture` for what it throws. `changed` is told of every change once it is committed. */
export function openStore(options: WorkerOptions, changed: (change: Change) => void): WorkerStore {
  return options.mode === 'read' ? openForReading(options) : openForWriting(options, changed);
}

interface Source {
  readonly db: DatabaseSync;
  readonly lists: Lists;
  readonly reader: SessionReader;
}

function readingCalls(source: () => Source) {
  return {
    flush: () => {},
    query: (...args) => source().lists.reader.query(...args),
    ids: (...args) => source().lists.reader.ids(...args),
    position: (...args) => source().lists.reader.position(...args),
    look: (...args) => source().lists.judge.look(...args),
    measure: (...args) => source().lists.measurer.page(...args),
    get: (id) => source().reader.get(id),
    readBody: (...args) => source().reader.readBody(...args),
    messages: (...args) => source().reader.messages(...args),
    findings: (id) => findingsOf(source().db, id),
    findingGroups: () => findingGroups(source().db),
  } satisfies Partial<StoreCalls>;
}

function openForReading({ path, decoder }: WorkerOptions): WorkerStore {
  checkCapture(path);
  const open = () => {
    const immutable = isImmutable(path);
    const db = openReader(path);
    const total = () => Number(db.prepare('SELECT count(*) AS count FROM sessions').get()?.count);
    const reader = new SessionReader(path, db);
    return { db, immutable, lists: openLists(db, reader, decoder, total), reader };
  };
  let source = open();
  const close = () => {
    source.reader[Symbol.dispose]();
    source.db.close();
  };
  const current = () => {
    // A writer has come since: from now on its commits must be seen.
    if (source.immutable && !isImmutable(path)) {
      close();
      source = open();
    }
    return source;
  };
  const refuse = (): never => {
    throw new SluiceError('file-unwritable', `${path} is open for reading only.`);
  };
  return {
    lastSessionId: lastSessionId(source.db),
    nextName: nextName(source.db),
    write: refuse,
    calls: {
      ...readingCalls(current),
      totals: () => ({ ...countSessions(current().db), diskBytes: diskBytes(path) }),
      annotate: refuse,
      remove: refuse,
      putFindings: refuse,
      close,
    },
  };
}

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

function openForWriting(
  { path, mode, segmentBytes, decoder }: WorkerOptions,
  tell: (change: Change) => void,
): WorkerStore {
  if (mode === 'create') createCapture(path);
  else ensureCapture(path);
  const stack = new DisposableStack();
  try {
    stack.use(lockWriter(path));
    const db = stack.adopt(openWriter(path), (open) => open.close());
    const segments = stack.use(new SegmentWriter(path, segmentBytes));
    const writer = new CaptureWriter(db, segments);
    const reader = stack.use(new SessionReader(path, db));
    const lists = openLists(db, reader, decoder, () => writer.counters.sessions);
    const changed = (change: Change) => {
      lists.judge.changed([...(change.changed ?? []), ...(change.ended ?? [])]);
      tell(change);
    };
    const totals = (): StoreTotals => ({
      ...writer.counters,
      diskBytes: segments.totalBytes + indexBytes(path),
    });
    return {
      lastSessionId: lastSessionId(db),
      nextName: nextName(db),
      write: (batch) => {
        const { active, ended } = writer.write(batch);
        changed({ changed: active, ended });
      },
      calls: {
        ...readingCalls(() => ({ db, lists, reader })),
        totals,
        annotate: (ids, change) => {
          annotate(db, ids, change);
          changed({ changed: ids });
        },
        remove: (ids) => {
          const removed = remove(db, ids);
          Object.assign(writer.counters, countSessions(db));
          changed({ removed: true, findings: true });
          return removed;
        },
        putFindings: (id, findings) => {
          writer.counters.findings += putFindings(db, id, findings);
          changed({ changed: [id], findings: true });
        },
        close: () => {
          // The lock is given back even when the disk takes nothing more.
          using _ = stack;
          writer.endActive();
        },
      },
    };
  } catch (error) {
    stack.dispose();
    throw error;
  }
}
