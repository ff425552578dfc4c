/** What people change in a capture after the fact: marks, comments, removal. */
import type { DatabaseSync } from 'node:sqlite';
import type { Mark, SessionId } from '#model/session.ts';
import { ACTIVE } from './codes.ts';

const LISTED = 'id IN (SELECT value FROM json_each(?))';

/** Sets mark and comment of sessions; an empty comment takes it away. */
export function annotate(
  db: DatabaseSync,
  ids: readonly SessionId[],
  change: { readonly mark?: Mark; readonly comment?: string },
): void {
  const list = JSON.stringify(ids);
  db.exec('BEGIN');
  if (change.mark !== undefined) {
    db.prepare(`UPDATE sessions SET mark = ? WHERE ${LISTED}`).run(change.mark, list);
  }
  if (change.comment !== undefined) {
    db.prepare(`UPDATE sessions SET comment = ? WHERE ${LISTED}`).run(change.comment || null, list);
  }
  db.exec('COMMIT');
}

/**
 * Removes finished sessions with all that belongs to them; active ones stay. Bytes in segments stay until the capture is compacted, and
 * names stay as long as somebody writes: the run under way uses their numbers on.
 * @returns how many
 */
export function remove(db: DatabaseSync, ids: readonly SessionId[] | 'all'): number {
  db.exec('BEGIN');
  try {
    db.exec('CREATE TEMP TABLE doomed (id INTEGER PRIMARY KEY)');
    const select = `INSERT INTO doomed SELECT id FROM sessions WHERE state <> ${ACTIVE}`;
    if (ids === 'all') db.exec(select);
    else db.prepare(`${select} AND ${LISTED}`).run(JSON.stringify(ids));
    for (const table of ['extents', 'message_runs', 'findings']) {
      db.exec(`DELETE FROM ${table} WHERE session IN doomed`);
    }
    const { changes } = db.prepare('DELETE FROM sessions WHERE id IN doomed').run();
    db.exec('DROP TABLE doomed; COMMIT');
    return Number(changes);
  } catch (error) {
    db.exec('ROLLBACK');
    throw error;
  }
}
