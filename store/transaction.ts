/** One transaction: all of it or nothing. */
import type { DatabaseSync } from 'node:sqlite';

/** @throws what `work` or the commit throw, when everything has been rolled back */
export function transaction<T>(db: DatabaseSync, work: () => T): T {
  db.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    db.exec('COMMIT');
    return result;
  } catch (error) {
    // SQLite has done so by itself after some errors, as of a full disk.
    if (db.isTransaction) db.exec('ROLLBACK');
    throw error;
  }
}
