import type { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeSession } from '#proxy-core/testing/session-factory.ts';
import { annotate, annotated, remove } from './edits.ts';
import { emptyIndex, putRow } from './testing.ts';
import { Counters, recount } from './totals.ts';

let db: DatabaseSync;
let counters: Counters;
beforeEach(() => {
  db = emptyIndex();
  for (const id of [1, 2, 3, 4]) {
    putRow(db, makeSession({ id, ...(id === 4 ? { state: 'active' as const } : {}) }).session.row);
    db.exec(`INSERT INTO extents VALUES (${id}, 0, 5, 1, 0, 1);
      INSERT INTO message_runs VALUES (${id}, 0, 1, 1, 0, 0, 1);
      INSERT INTO findings VALUES (${id}, 0, 'c', 1, 'low', 't', 'd', 'e', 'p', '[]')`);
    db.exec(`INSERT INTO refs VALUES (1, ${id})`);
  }
  db.exec('UPDATE sessions SET findings = 1');
  counters = new Counters(db);
  Object.assign(counters.now, recount(db));
});
afterEach(() => db.close());

const noted = () =>
  db
    .prepare('SELECT id, mark, comment FROM sessions ORDER BY id')
    .all()
    .map((r) => Object.values(r));
const left = () =>
  ['sessions.id', 'extents.session', 'message_runs.session', 'findings.session', 'refs.session'].map(
    (column) =>
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
    expect(remove(db, counters, [2, 3, 99]).sessions).toBe(2);
    expect(left()).toEqual(Array(5).fill([1, 4]));
  });

  it('leaves active sessions, also when all are to go', () => {
    expect(remove(db, counters, [4]).sessions).toBe(0);
    expect(remove(db, counters, 'all').sessions).toBe(3);
    expect(left()).toEqual(Array(5).fill([4]));
    expect(remove(db, counters, 'all').sessions).toBe(0);
  });
});

describe('what is removed', () => {
  it('is taken off the counts, and counted as dead', () => {
    remove(db, counters, [1, 2], ({ sessions }) => {
      counters.now.droppedSessions += sessions;
    });
    expect(counters.now).toMatchObject({ ...recount(db), sessions: 2, droppedSessions: 2, deadBytes: 22 });
    expect(new Counters(db).now).toEqual(counters.now);
  });

  it('stays when something fails meanwhile', () => {
    const before = { ...new Counters(db).now };
    const failing = () =>
      remove(db, counters, 'all', () => {
        throw new Error('the disk is full');
      });
    expect(failing).toThrow('the disk is full');
    expect(counters.now).toEqual(before);
    expect(left()).toEqual(Array(5).fill([1, 2, 3, 4]));
  });
});

it('knows what somebody marked or wrote to', () => {
  annotate(db, [1], { mark: 2 });
  annotate(db, [2, 3], { comment: 'x' });
  annotate(db, [3], { comment: '' });
  expect(annotated(db, [1, 2, 3, 4])).toEqual([1, 2]);
});
