/**
 * Opening a capture's index. Everything that can be wrong with a capture is found before anything is written: the header is read as a
 * file first, then SQLite looks without the right to write, and only then is it opened for use.
 *
 * SQLite in WAL mode needs `index.db-shm` to share an index between processes, so a reader beside a writer, or of a capture whose writer
 * was killed, writes locks there; it holds no captured data. A capture that was closed is read without creating even that.
 */
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import { threadId } from 'node:worker_threads';
import { SluiceError } from '#model/errors.ts';
import { CURRENT_VERSION, MIGRATIONS, OLDEST_VERSION } from './migrations/list.ts';
import { writerOf } from './writer-lock.ts';

/** "Slce": marks an SQLite file as a capture of ours (byte 68 of its header). */
export const APPLICATION_ID = 0x536c6365;
const MAGIC = 'SQLite format 3\0';
/** Indexes up to this size are checked whole on opening; larger ones where they are read, to open in time. */
const CHECKED_BYTES = 16 * 1024 * 1024;
const BUSY_MS = 5000;

export function indexPath(folder: string): string {
  return join(folder, 'index.db');
}

const damaged = (folder: string, why: string, cause?: unknown) =>
  new SluiceError('capture-damaged', `${folder} is not a readable capture: ${why}. It was left as it is.`, {
    cause,
  });

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

const unreadable = (folder: string, cause: unknown) =>
  new SluiceError('file-unreadable', `${folder} cannot be read: ${messageOf(cause)}.`, { cause });

function stat(path: string): Stats | undefined {
  return statSync(path, { throwIfNoEntry: false });
}

function hasWal(folder: string): boolean {
  return (stat(`${indexPath(folder)}-wal`)?.size ?? 0) > 0;
}

function readHeader(path: string): Buffer {
  const header = Buffer.alloc(100);
  const fd = openSync(path, 'r');
  try {
    return header.subarray(0, readSync(fd, header, 0, 100, 0));
  } finally {
    closeSync(fd);
  }
}

/** Looks at the folder and at the index's header (https://sqlite.org/fileformat2.html §1.3) as files. */
function checkFiles(folder: string): void {
  if (stat(folder)?.isDirectory() !== true) throw damaged(folder, 'it is not a folder');
  const index = stat(indexPath(folder));
  if (index?.isFile() !== true) throw damaged(folder, 'it has no index.db');
  const header = readHeader(indexPath(folder));
  if (header.length < 100 || header.toString('latin1', 0, 16) !== MAGIC) {
    throw damaged(folder, 'its index.db is not an SQLite database');
  }
  if (header.readUInt32BE(68) !== APPLICATION_ID)
    throw damaged(folder, 'its index.db belongs to another program');
  refuseVersion(folder, header.readUInt32BE(60));
}

/** The size in bytes that the index's header tells. */
export function toldSize(folder: string): number {
  const header = readHeader(indexPath(folder));
  const pageSize = header.readUInt16BE(16) === 1 ? 65_536 : header.readUInt16BE(16);
  return header.readUInt32BE(28) * pageSize;
}

/** Whether pages are missing at the end. With a write-ahead log they may be in there. */
export function isCutShort(folder: string): boolean {
  return !hasWal(folder) && statSync(indexPath(folder)).size < toldSize(folder);
}

function refuseVersion(folder: string, version: number): void {
  if (version >= OLDEST_VERSION && version <= CURRENT_VERSION) return;
  const why =
    version > CURRENT_VERSION
      ? `was written by a newer Sluice (format ${version}, this one knows ${CURRENT_VERSION}); update Sluice to open it`
      : `was written by a Sluice before the first release (format ${version}, this one knows ${OLDEST_VERSION} and up); record it again`;
  throw new SluiceError('capture-unknown-version', `${folder} ${why}.`);
}

export function userVersion(db: DatabaseSync): number {
  return Number(db.prepare('PRAGMA user_version').get()?.user_version);
}

/** Whether the index is complete in one file that nobody writes, so that SQLite can read it without locks. */
export function isImmutable(folder: string): boolean {
  return !hasWal(folder) && writerOf(folder) === undefined;
}

/** Opens without the right to write; while nobody writes not even files of SQLite's own appear. */
export function openReader(folder: string): DatabaseSync {
  const url = pathToFileURL(indexPath(folder));
  url.search = isImmutable(folder) ? '?mode=ro&immutable=1' : '?mode=ro';
  return new DatabaseSync(url, { readOnly: true, timeout: BUSY_MS });
}

/**
 * Makes sure that the capture can be opened, changing nothing.
 * @throws SluiceError `capture-missing`, `capture-damaged`, `capture-unknown-version`, `file-unreadable`
 */
export function checkCapture(folder: string): void {
  checkFolder(folder);
  checkIndex(folder);
}

/** Makes sure that there is a capture of a version that we know: without that there is nothing to be saved. @throws as `checkCapture` */
export function checkFolder(folder: string): void {
  if (!existsSync(folder)) throw new SluiceError('capture-missing', `There is no capture at ${folder}.`);
  try {
    checkFiles(folder);
  } catch (error) {
    throw error instanceof SluiceError ? error : unreadable(folder, error);
  }
}

/** Makes sure that the index can be used as it is. @throws as `checkCapture` */
export function checkIndex(folder: string): void {
  if (isCutShort(folder)) throw damaged(folder, 'its index.db has been cut short');
  const shm = `${indexPath(folder)}-shm`;
  const hadShm = existsSync(shm);
  try {
    const db = openReader(folder);
    try {
      refuseVersion(folder, userVersion(db));
      if (statSync(indexPath(folder)).size <= CHECKED_BYTES) {
        const answer = db.prepare('PRAGMA quick_check(1)').get()?.quick_check;
        if (answer !== 'ok') throw damaged(folder, String(answer));
      }
      db.prepare("SELECT value FROM meta WHERE key = 'last_session'").get();
      db.prepare('SELECT max(id) FROM sessions').get();
    } finally {
      db.close();
    }
  } catch (error) {
    if (!hadShm && writerOf(folder) === undefined) rmSync(shm, { force: true });
    throw error instanceof SluiceError ? error : fromSystem(folder, error);
  }
}

/** A system or SQLite error while opening or using a capture, as one that people can act on. */
export function fromSystem(folder: string, error: unknown): SluiceError {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  const text = messageOf(error);
  const sqlite = error instanceof Error && 'errcode' in error ? Number(error.errcode) & 0xff : 0;
  // https://sqlite.org/rescode.html: CORRUPT, NOTADB, ERROR (a table is missing), CANTOPEN, READONLY, IOERR, FULL.
  if (sqlite === 11 || sqlite === 26 || sqlite === 1) return damaged(folder, text, error);
  if (sqlite === 14) return unreadable(folder, error);
  if (sqlite === 8 || sqlite === 10 || sqlite === 13 || /^E[A-Z]+$/.test(String(code))) {
    return new SluiceError('file-unwritable', `${folder} cannot be written: ${text}.`, { cause: error });
  }
  return new SluiceError('internal', text, { cause: error });
}

function migrate(db: DatabaseSync): void {
  const from = userVersion(db);
  if (from === CURRENT_VERSION) return;
  for (const [i, sql] of MIGRATIONS.entries()) {
    const to = OLDEST_VERSION + i;
    if (to > from) db.exec(`BEGIN; ${sql}; PRAGMA user_version = ${to}; COMMIT`);
  }
  // So that the header itself tells other programs the new version.
  db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
}

/**
 * Opens for writing a capture that has been checked and locked, bringing its format up to date. What was committed survives the end of the
 * process without any forcing to the disk. SQLite forces its files at checkpoints only (synchronous NORMAL, which in WAL mode never leaves
 * a damaged index): a power cut may cost the newest transactions, and of sessions just before it the bytes in segments.
 */
export function openWriter(folder: string): DatabaseSync {
  const db = new DatabaseSync(indexPath(folder), { timeout: BUSY_MS });
  db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA wal_autocheckpoint = 4000');
  migrate(db);
  return db;
}

/**
 * Makes an empty capture: built under another name and moved, so that no half-made one is ever seen. The folder is the user's alone.
 * @throws SluiceError `capture-exists`, `file-unwritable`
 */
export function createCapture(folder: string): void {
  const exists = () =>
    new SluiceError('capture-exists', `${folder} exists already; choose another name or open it.`);
  if (existsSync(folder)) throw exists();
  const draft = `${folder}.new-${process.pid}-${threadId}`;
  try {
    mkdirSync(dirname(folder), { recursive: true });
    rmSync(draft, { recursive: true, force: true });
    mkdirSync(draft, { mode: 0o700 });
    const db = new DatabaseSync(indexPath(draft));
    db.exec(`PRAGMA journal_mode = WAL; PRAGMA application_id = ${APPLICATION_ID}`);
    migrate(db);
    db.close();
    renameSync(draft, folder);
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    if (existsSync(folder)) throw exists();
    throw fromSystem(folder, error);
  }
}
