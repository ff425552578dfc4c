/**
 * Takes off the disk what is of no session any more. Segment by segment: what still lives in one is written again at the end of the newest,
 * a few sessions to a transaction, and when nothing refers to it any more the file goes. At every moment the index refers to bytes that
 * are there, so that it can be left off, or die, at any point. Bodies that are the same meet here, whichever runs wrote them.
 */
import type { DatabaseSync } from 'node:sqlite';
import type { SessionId } from '#model/session.ts';
import type { CompactProgress } from './capture-store.ts';
import type { SegmentReader, SegmentWriter } from './segments.ts';
import { SessionMover } from './session-mover.ts';
import type { SessionReader } from './session-reader.ts';
import type { Counters } from './totals.ts';
import { transaction } from './transaction.ts';

/** Less than this is not worth moving the rest, as a share of a segment. */
const WORTH = 0.05;
const SESSIONS_AT_ONCE = 200;

export interface CompactionParts {
  readonly db: DatabaseSync;
  readonly segments: SegmentWriter;
  readonly reader: SessionReader;
  readonly bytes: SegmentReader;
  readonly counters: Counters;
  /** Told when files have gone. */
  readonly removed: () => void;
}

/** Segments whose sessions are still to be moved, the emptiest first. */
interface Victim {
  readonly segment: number;
  readonly size: number;
  sessions: SessionId[] | undefined;
}

/** Removes the files that a compaction which died had no time to. */
export function removeRetired(db: DatabaseSync, segments: SegmentWriter): void {
  for (const { segment } of db.prepare('SELECT segment FROM retired').all()) segments.remove(Number(segment));
  db.exec('DELETE FROM retired');
}

export class Compaction {
  readonly #parts: CompactionParts;
  readonly #mover: SessionMover;
  readonly #victims: Victim[];
  readonly #all: number;
  readonly #left = new Set<SessionId>();
  #freed = 0;

  /** `worth`: from which share of dead bytes on a segment is emptied. */
  constructor(parts: CompactionParts, worth = WORTH) {
    this.#parts = parts;
    this.#mover = new SessionMover(parts);
    this.#mover.traceOld();
    this.#victims = this.#choose(worth);
    this.#all = this.#victims.length;
    // Nothing that is moved must come to lie in a segment that is to go.
    if (this.#victims.some(({ segment }) => segment === parts.segments.newest)) parts.segments.startAnother();
  }

  get progress(): CompactProgress {
    return {
      done: this.#victims.length === 0,
      segments: this.#all - this.#victims.length,
      ofSegments: this.#all,
      freedBytes: this.#freed,
      left: [...this.#left],
    };
  }

  /** Works for about `ms`. @throws what the system or SQLite say; nothing is lost then */
  step(ms: number): CompactProgress {
    const due = performance.now() + ms;
    do {
      const [victim] = this.#victims;
      if (victim === undefined) break;
      this.#empty(victim);
    } while (performance.now() < due);
    if (this.#victims.length === 0) this.#finish();
    return this.progress;
  }

  #choose(worth: number): Victim[] {
    const { db, segments } = this.#parts;
    const living = new Map(
      db
        .prepare(
          `SELECT segment, sum(length + iif(dropped & 1, 0, request_size) + iif(dropped & 2, 0, response_size)) AS bytes
            FROM sessions GROUP BY segment`,
        )
        .all()
        .map(({ segment, bytes }) => [Number(segment), Number(bytes)]),
    );
    const summed = new Map(
      db
        .prepare('SELECT segment, sum(length) AS bytes FROM sums GROUP BY segment')
        .all()
        .map(({ segment, bytes }) => [Number(segment), Number(bytes)]),
    );
    const share = ({ segment, size }: Victim) => (living.get(segment) ?? 0) / size;
    // What has no checksums, because it is from before there were any, gets them by being written again, when somebody asks.
    const isOld = ({ segment, size }: Victim) => worth === WORTH && (summed.get(segment) ?? 0) < size;
    return [...segments.sizes]
      .map(([segment, size]) => ({ segment, size, sessions: undefined }))
      .filter((victim) => victim.size > 0 && (isOld(victim) || 1 - share(victim) >= worth))
      .sort((a, b) => share(a) - share(b));
  }

  #empty(victim: Victim): void {
    victim.sessions ??= this.#touching(victim.segment);
    const some = victim.sessions.splice(0, SESSIONS_AT_ONCE);
    if (some.length > 0) for (const id of this.#mover.move(some, victim.segment)) this.#left.add(id);
    if (victim.sessions.length > 0) return;
    this.#victims.shift();
    if (this.#touching(victim.segment).length === 0) this.#retire(victim);
  }

  /** Sessions with anything in a segment. Its number may stand in refs of sessions that have left it. */
  #touching(segment: number): SessionId[] {
    return this.#parts.db
      .prepare(
        `SELECT id FROM sessions WHERE segment = ?1 UNION SELECT session FROM refs WHERE segment = ?1
          UNION SELECT session FROM extents WHERE segment = ?1 UNION SELECT session FROM message_runs WHERE segment = ?1`,
      )
      .all(segment)
      .map(({ id }) => Number(id));
  }

  #retire({ segment, size }: Victim): void {
    const { db, segments, removed } = this.#parts;
    // The copies are on the disk before the originals go.
    segments.sync();
    transaction(db, () => {
      db.prepare('DELETE FROM sums WHERE segment = ?').run(segment);
      db.prepare('INSERT OR IGNORE INTO retired VALUES (?)').run(segment);
    });
    db.exec('PRAGMA wal_checkpoint(FULL)');
    removeRetired(db, segments);
    this.#freed += size;
    removed();
  }

  #finish(): void {
    const { db, counters } = this.#parts;
    // What could not be emptied is tried again when more has died.
    transaction(db, () => {
      counters.now.deadBytes = 0;
      counters.save();
    });
  }
}
