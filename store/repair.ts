/**
 * Replaces a damaged index by what can be read of it. The damaged one stays in the capture's folder under another name, and segments are
 * not touched.
 */
import { existsSync, renameSync, rmSync, statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { SluiceError } from '#model/errors.ts';
import { APPLICATION_ID, checkFolder, checkIndex, fromSystem, indexPath } from './database.ts';
import { lossText, salvageIndex } from './reading-index.ts';
import { lockWriter } from './writer-lock.ts';

function keptName(path: string): string {
  for (let number = 1; ; number++) {
    const name = `${path}.damaged-${number}`;
    if (!existsSync(name)) return name;
  }
}

/**
 * Repairs the index where it is damaged; answers what was done, a sentence each.
 * @throws SluiceError as `checkFolder`, `capture-in-use`, `file-unwritable`
 */
export function repairIndex(folder: string): string[] {
  checkFolder(folder);
  try {
    checkIndex(folder);
    return ['The index is usable: nothing was changed.'];
  } catch (error) {
    if (!(error instanceof SluiceError && error.code === 'capture-damaged')) throw error;
  }
  const path = indexPath(folder);
  const draft = `${path}.new`;
  using _ = lockWriter(folder);
  try {
    rmSync(draft, { force: true });
    const db = new DatabaseSync(draft);
    let lost: string[];
    try {
      db.exec(`PRAGMA journal_mode = DELETE; PRAGMA application_id = ${APPLICATION_ID}`);
      lost = lossText(salvageIndex(db, folder));
    } finally {
      db.close();
    }
    const kept = keptName(path);
    renameSync(path, kept);
    for (const end of ['-wal', '-shm']) {
      // What SQLite made for reading holds nothing.
      if ((statSync(path + end, { throwIfNoEntry: false })?.size ?? 0) === 0 || end === '-shm') {
        rmSync(path + end, { force: true });
      } else renameSync(path + end, kept + end);
    }
    renameSync(draft, path);
    return [`The index was damaged and has been replaced; the old one is ${kept}.`, ...lost];
  } catch (error) {
    rmSync(draft, { force: true });
    throw error instanceof SluiceError ? error : fromSystem(folder, error);
  }
}
