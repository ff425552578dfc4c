import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { makeSession, type SessionOverrides } from '#proxy-core/testing/session-factory.ts';
import { createCapture, openWriter } from './database.ts';
import { emptyIndex, putRow, temporaryFolder } from './testing.ts';
import { Counters, diskBytes, indexBytes, isDecrypted, readCounts, recount } from './totals.ts';

const kinds: [boolean, SessionOverrides][] = [
  [true, { url: 'https://a.test/' }],
  [true, { url: 'https://a.test/', kind: 'websocket', status: 101 }],
  [false, { url: 'http://a.test/' }],
  [false, { url: 'https://a.test/', source: 'composer' }],
  [false, { url: 'https://a.test/', state: 'active' }],
  [false, { url: 'https://a.test/', state: 'client-aborted' }],
  [false, { url: 'tunnel://a.test:443', kind: 'tunnel' }],
];

it('counts as the writer does', () => {
  using db = emptyIndex();
  expect(recount(db)).toEqual({ sessions: 0, decrypted: 0, findings: 0 });
  for (const [i, [decrypted, overrides]] of kinds.entries()) {
    const { row } = makeSession({ id: i + 1, ...overrides }).session;
    expect(isDecrypted(row)).toBe(decrypted);
    putRow(db, row);
  }
  expect(recount(db)).toEqual({ sessions: kinds.length, decrypted: 2, findings: 0 });
  expect(readCounts(db)).toMatchObject({ sessions: 0, active: 1 });
});

it('keeps counts, and takes them back with a transaction that fails', () => {
  using db = emptyIndex();
  const counters = new Counters(db);
  counters.now.sessions += 3;
  counters.now.missed += 1;
  expect(readCounts(db).sessions).toBe(0);
  counters.save();
  expect(readCounts(db)).toEqual({ ...counters.now });
  db.exec('BEGIN');
  counters.now.sessions += 1;
  counters.save();
  db.exec('ROLLBACK');
  counters.reload();
  expect(counters.now).toMatchObject({ sessions: 3, missed: 1 });
  counters.now.sessions += 1;
  counters.save();
  expect(new Counters(db).now.sessions).toBe(4);
});

it('adds up the sizes of files', () => {
  using folder = temporaryFolder();
  expect(diskBytes(folder.path)).toBe(0);
  writeFileSync(join(folder.path, 'a'), 'abc');
  writeFileSync(join(folder.path, 'b'), '12345');
  expect(diskBytes(folder.path)).toBe(8);
});

it('adds up the files of an index, its log included', () => {
  using folder = temporaryFolder();
  const path = join(folder.path, 'a.sluice');
  createCapture(path);
  expect(indexBytes(path)).toBe(diskBytes(path));
  {
    using db = openWriter(path);
    db.exec("UPDATE meta SET value = 5 WHERE key = 'last_session'");
    expect(indexBytes(path)).toBe(diskBytes(path));
    writeFileSync(join(path, 'bodies-000001.seg'), '12345');
    expect(indexBytes(path)).toBe(diskBytes(path) - 5);
  }
});
