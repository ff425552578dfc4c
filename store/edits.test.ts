import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeSession } from '#proxy-core/testing/session-factory.ts';
import { annotate, remove } from './edits.ts';
import { MIGRATIONS } from './migrations/list.ts';
import { sessionColumns, UPSERT_SESSION } from './row-codec.ts';

let db: DatabaseSync;
beforeEach(() => {
  db = new DatabaseSync(':memory:');
  for (const sql of MIGRATIONS) db.exec(sql);
  for (const id of [1, 2, 3, 4]) {
    const { row } = makeSession({ id, ...(id === 4 ? { state: 'active' as const } : {}) }).session;
    db.prepare(UPSERT_SESSION).run(...Object.values(sessionColumns(row, 0)));
    db.exec(`INSERT INTO details VALUES (${id}, '{}'); INSERT INTO extents VALUES (${id}, 0, 0, 1, 0, 1);
      INSERT INTO messages VALUES (${id}, 0, 1, 0, 1, NULL, 1, 0, 1);
      INSERT INTO findings VALUES (${id}, 0, 'c', 1, 'low', 't', 'd', 'e', 'p', '[]')`);
  }
});
afterEach(() => db.close());

const noted = () =>
  db
    .prepare('SELECT id, mark, comment FROM sessions ORDER BY id')
    .all()
    .map((r) => Object.values(r));
const left = () =>
  ['sessions.id', 'details.id', 'extents.session', 'messages.session', 'findings.session'].map((column) =>
    db
      .prepare(`SELECT ${column} AS id FROM ${column.split('.')[0]} ORDER BY id`)
      .all()
      .map((row) => row.id),
  );

describe('annotate', () => {
  it('changes what is given and nothing else', () => {
    annotate(db, [1, 2, 99], { mark: 3, comment: "it's" });
    annotate(db, [2], { comment: 'other' });
    annotate(db, [1], { mark: 0 });
    expect(noted()).toEqual([
      [1, 0, "it's"],
      [2, 3, 'other'],
      [3, 0, null],
      [4, 0, null],
    ]);
  });

  it('takes a comment away when it is empty', () => {
    annotate(db, [3], { comment: 'x' });
    annotate(db, [3], { comment: '' });
    expect(noted()[2]).toEqual([3, 0, null]);
  });
});

describe('remove', () => {
  it('takes sessions with all that is theirs', () => {
    expect(remove(db, [2, 3, 99])).toBe(2);
    expect(left()).toEqual(Array(5).fill([1, 4]));
  });

  it('leaves active sessions, also when all are to go', () => {
    expect(remove(db, [4])).toBe(0);
    expect(remove(db, 'all')).toBe(3);
    expect(left()).toEqual(Array(5).fill([4]));
    expect(remove(db, 'all')).toBe(0);
  });
});
