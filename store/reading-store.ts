/** A capture open for reading: never changes a byte of it, and sees what a writer beside it commits. */
import { SluiceError } from '#model/errors.ts';
import { lastSessionId, nextName } from './capture-writer.ts';
import { Checksums } from './checksums.ts';
import { isImmutable } from './database.ts';
import { ListReader } from './list-reader.ts';
import { openLists } from './lists.ts';
import type { WorkerOptions } from './protocol.ts';
import { openReadingIndex, type ReadingIndex } from './reading-index.ts';
import { readRetention } from './retention.ts';
import { SegmentReader } from './segments.ts';
import { SessionReader } from './session-reader.ts';
import { readingCalls, type Source, totalsOf } from './store-parts.ts';
import { diskBytes, readCounts } from './totals.ts';
import type { WorkerStore } from './worker-store.ts';

interface OpenSource extends Source, Disposable {
  readonly index: ReadingIndex;
  readonly immutable: boolean;
  /** Changes with every commit of another process. */
  version: unknown;
}

function openSource(path: string, decoder: string | undefined): OpenSource {
  const immutable = isImmutable(path);
  const index = openReadingIndex(path);
  const { db } = index;
  const segments = new SegmentReader(path, new Checksums(db));
  const sessions = db.prepare("SELECT value FROM meta WHERE key = 'sessions'");
  const list = new ListReader(db, () => Number(sessions.get()?.value));
  const reader = new SessionReader(db, segments);
  return {
    path,
    index,
    immutable,
    db,
    list,
    reader,
    lists: openLists({ folder: path, db, reader }, decoder, (ids) => list.changed(ids)),
    version: db.prepare('PRAGMA data_version').get()?.data_version,
    [Symbol.dispose]: () => {
      segments[Symbol.dispose]();
      index[Symbol.dispose]();
    },
  };
}

/** @throws SluiceError as `openReadingIndex` */
export function openForReading({ path, decoder }: Pick<WorkerOptions, 'path' | 'decoder'>): WorkerStore {
  let source = openSource(path, decoder);
  const current = () => {
    if (source.immutable && !isImmutable(path)) {
      // A writer has come since: from now on its commits must be seen.
      source[Symbol.dispose]();
      source = openSource(path, decoder);
    } else if (!source.immutable) {
      const version = source.db.prepare('PRAGMA data_version').get()?.data_version;
      if (version !== source.version) source.list.forget();
      source.version = version;
    }
    return source;
  };
  const refuse = (): never => {
    throw new SluiceError('file-unwritable', `${path} is open for reading only.`);
  };
  return {
    lastSessionId: lastSessionId(source.db),
    nextName: nextName(source.db),
    notices: source.index.notices,
    write: refuse,
    nextWork: () => undefined,
    work: () => {},
    calls: {
      ...readingCalls(current),
      totals: () => {
        const { db } = current();
        const counts = readCounts(db);
        return totalsOf(counts, {
          missed: counts.missed,
          paused: undefined,
          diskBytes: diskBytes(path),
          retention: readRetention(db),
        });
      },
      annotate: refuse,
      remove: refuse,
      putFindings: refuse,
      setRetention: refuse,
      compact: refuse,
      close: () => source[Symbol.dispose](),
    },
  };
}
