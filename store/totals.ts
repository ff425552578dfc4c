/**
 * The counts of a capture. They are kept in its `meta` table by the transactions that change them, because counting a million rows takes
 * longer than opening may; `recount` takes them anew, for those who doubt.
 */
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { SessionRow } from '#model/session.ts';
import { ACTIVE, codeOf, KINDS, SOURCES, STATES } from './codes.ts';
import { indexPath } from './database.ts';

/** Name of a count → its key in `meta`. */
const KEYS = {
  sessions: 'sessions',
  decrypted: 'decrypted',
  findings: 'findings',
  deadBytes: 'dead_bytes',
  droppedSessions: 'dropped_sessions',
  droppedBodies: 'dropped_bodies',
  droppedBytes: 'dropped_bytes',
  missed: 'missed',
} as const;
type Kept = keyof typeof KEYS;
const NAMES = Object.keys(KEYS) as Kept[];

/**
 * `deadBytes`: about how much of the segments belongs to no session any more. `dropped…`: what retention took away. `missed`: sessions that
 * could not be recorded because the disk took nothing.
 */
export type Counts = Record<Kept | 'active', number>;

/** Whether TLS of a client was opened: above none of these, nobody trusts our root certificate yet. */
export function isDecrypted(row: SessionRow): boolean {
  return (
    row.source === 'proxy' && row.scheme === 'https' && row.kind !== 'tunnel' && row.state === 'completed'
  );
}

/** `isDecrypted` as a condition over `sessions`. */
export const DECRYPTED =
  `source = ${codeOf(SOURCES, 'proxy')} AND kind <> ${codeOf(KINDS, 'tunnel')} AND state = ${codeOf(STATES, 'completed')} ` +
  "AND origin IN (SELECT id FROM origins WHERE scheme = 'https')";

/** The counts as they were committed last; those of active sessions are few enough to be counted. */
export function readCounts(db: DatabaseSync): Counts {
  const meta = new Map(
    db
      .prepare('SELECT key, value FROM meta')
      .all()
      .map(({ key, value }) => [String(key), Number(value)]),
  );
  const { active } =
    db.prepare(`SELECT count(*) AS active FROM sessions WHERE state = ${ACTIVE}`).get() ?? {};
  const kept = NAMES.map((name) => [name, meta.get(KEYS[name]) ?? 0] as const);
  return { ...(Object.fromEntries(kept) as Record<Kept, number>), active: Number(active) };
}

/** What can be counted, counted anew; walks the whole index. */
export function recount(db: DatabaseSync): Pick<Counts, 'sessions' | 'decrypted' | 'findings'> {
  const row = db
    .prepare(
      `SELECT count(*) AS sessions, count(*) FILTER (WHERE ${DECRYPTED}) AS decrypted,
        (SELECT count(*) FROM findings) AS findings FROM sessions`,
    )
    .get();
  return {
    sessions: Number(row?.sessions),
    decrypted: Number(row?.decrypted),
    findings: Number(row?.findings),
  };
}

/** The counts of a capture that is being written. */
export class Counters {
  readonly #db: DatabaseSync;
  readonly #put: StatementSync;
  readonly #saved: Counts;
  /** Changed by whoever changes what is counted, in the same transaction as `save`. */
  readonly now: Counts;

  constructor(db: DatabaseSync) {
    this.#db = db;
    this.#put = db.prepare('INSERT OR REPLACE INTO meta VALUES (?, ?)');
    this.now = readCounts(db);
    this.#saved = { ...this.now };
  }

  /** Writes what has changed since the last time. */
  save(): void {
    for (const name of NAMES) {
      if (this.now[name] === this.#saved[name]) continue;
      this.#put.run(KEYS[name], this.now[name]);
      this.#saved[name] = this.now[name];
    }
  }

  /** After a transaction that failed: the counts are again what the index says. */
  reload(): void {
    Object.assign(this.now, readCounts(this.#db));
    Object.assign(this.#saved, this.now);
  }
}

const sizeOf = (path: string) => statSync(path, { throwIfNoEntry: false })?.size ?? 0;

/** Size in bytes of the index and its log. */
export function indexBytes(folder: string): number {
  return ['', '-wal', '-shm'].reduce((sum, end) => sum + sizeOf(indexPath(folder) + end), 0);
}

/** Size in bytes of a capture's files. A file that goes away meanwhile counts as none. */
export function diskBytes(folder: string): number {
  return readdirSync(folder).reduce((sum, name) => sum + sizeOf(join(folder, name)), 0);
}
