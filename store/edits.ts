/** What people change in a capture after the fact: marks, comments, removal. */
import type { DatabaseSync } from 'node:sqlite';
import type { Mark, SessionId } from '#model/session.ts';
import { ACTIVE } from './codes.ts';
import { type Counters, DECRYPTED } from './totals.ts';
import { transaction } from './transaction.ts';

const LISTED = 'id IN (SELECT value FROM json_each(?))';

/** Sets mark and comment of sessions; an empty comment takes it away. */
export function annotate(
  db: DatabaseSync,
  ids: readonly SessionId[],
  change: { readonly mark?: Mark; readonly comment?: string },
): void {
  const list = JSON.stringify(ids);
  transaction(db, () => {
    if (change.mark !== undefined) {
      db.prepare(`UPDATE sessions SET mark = ? WHERE ${LISTED}`).run(change.mark, list);
    }
    if (change.comment !== undefined) {
      db.prepare(`UPDATE sessions SET comment = ? WHERE ${LISTED}`).run(change.comment || null, list);
    }
  });
}

/** Which of these sessions somebody has marked or written to. */
export function annotated(db: DatabaseSync, ids: readonly SessionId[]): SessionId[] {
  return db
    .prepare(`SELECT id FROM sessions WHERE ${LISTED} AND (mark <> 0 OR comment IS NOT NULL)`)
    .all(JSON.stringify(ids))
    .map(({ id }) => Number(id));
}

/** What was removed: how many sessions, of about how many bytes in segments. */
export interface Removed {
  readonly sessions: number;
  readonly bytes: number;
}

/**
 * Removes finished sessions with all that belongs to them; active ones stay. Bytes in segments stay until the capture is compacted, and
 * names stay as long as somebody writes: the run under way uses their numbers on. `also` is done in the same transaction.
 */
export function remove(
  db: DatabaseSync,
  counters: Counters,
  ids: readonly SessionId[] | 'all',
  also: (removed: Removed) => void = () => undefined,
): Removed {
  try {
    return transaction(db, () => {
      db.exec('CREATE TEMP TABLE doomed (id INTEGER PRIMARY KEY)');
      const select = `INSERT INTO doomed SELECT id FROM sessions WHERE state <> ${ACTIVE}`;
      if (ids === 'all') db.exec(select);
      else db.prepare(`${select} AND ${LISTED}`).run(JSON.stringify(ids));
      const gone = db
        .prepare(
          `SELECT count(*) AS sessions, count(*) FILTER (WHERE ${DECRYPTED}) AS decrypted,
            ifnull(sum(length + iif(dropped & 1, 0, request_size) + iif(dropped & 2, 0, response_size)), 0) AS bytes,
            ifnull(sum(findings), 0) AS findings FROM sessions WHERE id IN doomed`,
        )
        .get();
      for (const table of ['extents', 'message_runs', 'findings', 'refs']) {
        db.exec(`DELETE FROM ${table} WHERE session IN doomed`);
      }
      db.exec('DELETE FROM sessions WHERE id IN doomed');
      db.exec('DROP TABLE doomed');
      const removed = { sessions: Number(gone?.sessions), bytes: Number(gone?.bytes) };
      counters.now.sessions -= removed.sessions;
      counters.now.decrypted -= Number(gone?.decrypted);
      counters.now.findings -= Number(gone?.findings);
      counters.now.deadBytes += removed.bytes;
      also(removed);
      counters.save();
      return removed;
    });
  } catch (error) {
    counters.reload();
    throw error;
  }
}
