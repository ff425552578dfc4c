/** The counts of a capture: kept by the writer as it goes, counted from the index on opening and by readers. */
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import type { SessionRow } from '#model/session.ts';
import { ACTIVE, codeOf, KINDS, SOURCES, STATES } from './codes.ts';
import { indexPath } from './database.ts';

export interface Counters {
  sessions: number;
  active: number;
  decrypted: number;
  findings: number;
}

/** Whether TLS of a client was opened: above none of these, nobody trusts our root certificate yet. */
export function isDecrypted(row: SessionRow): boolean {
  return (
    row.source === 'proxy' && row.scheme === 'https' && row.kind !== 'tunnel' && row.state === 'completed'
  );
}

const DECRYPTED =
  `source = ${codeOf(SOURCES, 'proxy')} AND kind <> ${codeOf(KINDS, 'tunnel')} AND state = ${codeOf(STATES, 'completed')} ` +
  "AND origin IN (SELECT id FROM origins WHERE scheme = 'https')";

/** Counts everything anew; walks the whole index. */
export function countSessions(db: DatabaseSync): Counters {
  const row = db
    .prepare(
      `SELECT count(*) AS sessions, count(*) FILTER (WHERE state = ${ACTIVE}) AS active,
        count(*) FILTER (WHERE ${DECRYPTED}) AS decrypted,
        (SELECT count(*) FROM findings) AS findings FROM sessions`,
    )
    .get();
  return {
    sessions: Number(row?.sessions),
    active: Number(row?.active),
    decrypted: Number(row?.decrypted),
    findings: Number(row?.findings),
  };
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
