import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, it } from 'vitest';
import { makeSession, type SessionOverrides } from '#proxy-core/testing/session-factory.ts';
import { MIGRATIONS } from './migrations/list.ts';
import { sessionColumns, UPSERT_SESSION } from './row-codec.ts';
import { temporaryFolder } from './testing.ts';
import { countSessions, diskBytes, isDecrypted } from './totals.ts';

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
  using db = new DatabaseSync(':memory:');
  for (const sql of MIGRATIONS) db.exec(sql);
  expect(countSessions(db)).toEqual({ sessions: 0, active: 0, decrypted: 0, findings: 0 });
  for (const [i, [decrypted, overrides]] of kinds.entries()) {
    const { row } = makeSession({ id: i + 1, ...overrides }).session;
    expect(isDecrypted(row)).toBe(decrypted);
    db.prepare(UPSERT_SESSION).run(...Object.values(sessionColumns(row, 0)));
  }
  expect(countSessions(db)).toEqual({ sessions: kinds.length, active: 1, decrypted: 2, findings: 0 });
});

it('adds up the sizes of files', () => {
  using folder = temporaryFolder();
  expect(diskBytes(folder.path)).toBe(0);
  writeFileSync(join(folder.path, 'a'), 'abc');
  writeFileSync(join(folder.path, 'b'), '12345');
  expect(diskBytes(folder.path)).toBe(8);
});
