import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { eventsOf, makeSession } from '#proxy-core/testing/session-factory.ts';
import { CaptureWriter } from './capture-writer.ts';
import {
  checkCapture,
  createCapture,
  fromSystem,
  indexPath,
  isImmutable,
  openReader,
  openWriter,
} from './database.ts';
import { CURRENT_VERSION, OLDEST_VERSION } from './migrations/list.ts';
import { SegmentWriter } from './segments.ts';
import { batchMaker, temporaryFolder, treeHash } from './testing.ts';

let folder: ReturnType<typeof temporaryFolder>;
let path: string;
beforeEach(() => {
  folder = temporaryFolder();
  path = join(folder.path, 'a.sluice');
});
afterEach(() => folder[Symbol.dispose]());

/** A closed capture of many sessions, several hundred kilobytes. */
function fill(): void {
  createCapture(path);
  using db = openWriter(path);
  using segments = new SegmentWriter(path, 1e6);
  const sessions = Array.from({ length: 400 }, (_, i) => makeSession({ id: i + 1 }));
  const events = sessions.flatMap((session) => [...eventsOf(session)]);
  new CaptureWriter(db, segments).write(batchMaker()(...events));
}

/** Overwrites bytes of the index. */
function patch(at: number, bytes: Uint8Array): void {
  const index = readFileSync(indexPath(path));
  index.set(bytes, at);
  writeFileSync(indexPath(path), index);
}

/** Checks, expects the code, and that not one byte and no file has changed. */
function refuses(code: string): string {
  const before = existsSync(path) ? treeHash(folder.path) : {};
  let message = '';
  expect(() => {
    try {
      checkCapture(path);
    } catch (error) {
      message = error instanceof Error ? error.message : '';
      throw error;
    }
  }).toThrow(expect.objectContaining({ code }));
  if (existsSync(path)) expect(treeHash(folder.path)).toEqual(before);
  return message;
}

describe('a new capture', () => {
  it('is a folder of the user alone, marked as ours, of the current version', () => {
    createCapture(path);
    expect(() => checkCapture(path)).not.toThrow();
    if (process.platform !== 'win32') expect(statSync(path).mode & 0o777).toBe(0o700);
    using db = openReader(path);
    expect(db.prepare('PRAGMA application_id').get()).toEqual({ application_id: 0x536c6365 });
    expect(db.prepare('PRAGMA user_version').get()).toEqual({ user_version: CURRENT_VERSION });
  });

  it('makes the folders above it, and replaces nothing', () => {
    createCapture(join(folder.path, 'x', 'y', 'b.sluice'));
    mkdirSync(path);
    expect(() => createCapture(path)).toThrow(expect.objectContaining({ code: 'capture-exists' }));
    expect(Object.keys(treeHash(folder.path))).toEqual([join('x', 'y', 'b.sluice', 'index.db')]);
  });

  it('under a file cannot be', () => {
    writeFileSync(path, '');
    expect(() => createCapture(join(path, 'b.sluice'))).toThrow(
      expect.objectContaining({ code: 'file-unwritable' }),
    );
  });
});

describe('what is no capture is refused and left as it is', () => {
  it('nothing', () => expect(refuses('capture-missing')).toContain(path));

  it('a file', () => {
    writeFileSync(path, 'x');
    expect(refuses('capture-damaged')).toContain('not a folder');
  });

  it('an empty folder', () => {
    mkdirSync(path);
    expect(refuses('capture-damaged')).toContain('no index.db');
  });

  it('a folder as index', () => {
    mkdirSync(indexPath(path), { recursive: true });
    refuses('capture-damaged');
  });

  it.each([0, 10, 5000])('%i bytes of something else', (size) => {
    mkdirSync(path);
    writeFileSync(indexPath(path), Buffer.alloc(size, 'y'));
    expect(refuses('capture-damaged')).toContain('not an SQLite database');
  });

  it("another program's database", () => {
    mkdirSync(path);
    using db = new DatabaseSync(indexPath(path));
    db.exec('CREATE TABLE sessions (id)');
    db.close();
    expect(refuses('capture-damaged')).toContain('another program');
  });

  it('an index with our mark and none of our tables', () => {
    mkdirSync(path);
    const db = new DatabaseSync(indexPath(path));
    db.exec(
      `CREATE TABLE other (id); PRAGMA application_id = ${0x536c6365}; PRAGMA user_version = ${CURRENT_VERSION}`,
    );
    db.close();
    expect(refuses('capture-damaged')).toContain('no such table');
  });

  it('one of a newer version', () => {
    fill();
    patch(60, Uint8Array.of(0, 0, 0, CURRENT_VERSION + 1));
    expect(refuses('capture-unknown-version')).toContain('update Sluice');
  });

  it.each([0, OLDEST_VERSION - 1])('one of version %i, from before the first release', (version) => {
    fill();
    patch(60, Uint8Array.of(0, 0, 0, version));
    expect(refuses('capture-unknown-version')).toContain('record it again');
  });

  it('one of a newer version that only its log tells of', () => {
    createCapture(path);
    const script =
      "const { DatabaseSync } = require('node:sqlite'); const db = new DatabaseSync(process.argv[1]);" +
      "db.exec('PRAGMA user_version = 99'); process.kill(process.pid, 'SIGKILL')";
    spawnSync(process.execPath, ['-e', script, indexPath(path)]);
    const before = treeHash(path, ['-shm']);
    expect(() => checkCapture(path)).toThrow(expect.objectContaining({ code: 'capture-unknown-version' }));
    expect(treeHash(path, ['-shm'])).toEqual(before);
  });

  it('one cut short', () => {
    fill();
    for (const left of [0.9, 0.5, 0.1]) {
      truncateSync(indexPath(path), Math.floor(statSync(indexPath(path)).size * left));
      expect(refuses('capture-damaged')).toContain('cut short');
    }
    truncateSync(indexPath(path), 50);
    refuses('capture-damaged');
  });

  it.each([1, 2, 3, 10])('one with page %i overwritten', (page) => {
    fill();
    patch(page * 4096, Buffer.alloc(4096, 0xa5));
    refuses('capture-damaged');
  });

  it('one whose schema is overwritten', () => {
    fill();
    patch(100, Buffer.alloc(3000, 0xa5));
    refuses('capture-damaged');
  });
});

describe('a reader', () => {
  it('of a closed capture leaves no trace', () => {
    fill();
    const before = treeHash(folder.path);
    expect(isImmutable(path)).toBe(true);
    checkCapture(path);
    {
      using db = openReader(path);
      expect(db.prepare('SELECT count(*) AS n FROM sessions').get()).toEqual({ n: 400 });
      expect(() => db.exec('DELETE FROM sessions')).toThrow();
    }
    expect(treeHash(folder.path)).toEqual(before);
  });

  it('sees what only the log has, and writes neither index nor log', () => {
    fill();
    using db = openWriter(path);
    db.exec('DELETE FROM sessions WHERE id > 300');
    // As a crash leaves it: index and log copied while the writer lives.
    const copy = join(folder.path, 'copy.sluice');
    mkdirSync(copy);
    for (const name of ['index.db', 'index.db-wal']) cpSync(join(path, name), join(copy, name));
    const before = treeHash(copy);
    expect(isImmutable(copy)).toBe(false);
    checkCapture(copy);
    {
      using reader = openReader(copy);
      expect(reader.prepare('SELECT count(*) AS n FROM sessions').get()).toEqual({ n: 300 });
    }
    expect(treeHash(copy, ['-shm'])).toEqual(before);
    rmSync(copy, { recursive: true });
  });
});

describe('errors of the system', () => {
  const error = (more: object) => Object.assign(new Error('why'), more);

  it.each([
    [{ errcode: 11 }, 'capture-damaged'],
    [{ errcode: 26 }, 'capture-damaged'],
    [{ errcode: 267 }, 'capture-damaged'],
    [{ errcode: 14 }, 'file-unreadable'],
    [{ errcode: 13 }, 'file-unwritable'],
    [{ code: 'ENOSPC' }, 'file-unwritable'],
    [{ code: 'EACCES' }, 'file-unwritable'],
    [{}, 'internal'],
  ])('%j', (more, code) => {
    const coded = fromSystem('/a.sluice', error(more));
    expect(coded.code).toBe(code);
    expect(coded.message).toContain('why');
  });
});
