import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { transaction } from './transaction.ts';

let db: DatabaseSync;
beforeEach(() => {
  db = new DatabaseSync(':memory:');
  db.exec('CREATE TABLE t (a INTEGER PRIMARY KEY)');
});
afterEach(() => db.close());

const rows = () =>
  db
    .prepare('SELECT a FROM t ORDER BY a')
    .all()
    .map(({ a }) => a);
const put = (a: number) => db.prepare('INSERT INTO t VALUES (?)').run(a);

it('keeps what is done in it and gives its answer', () => {
  const answer = transaction(db, () => {
    put(1);
    put(2);
    return 'done';
  });
  expect(answer).toBe('done');
  expect(rows()).toEqual([1, 2]);
  expect(db.isTransaction).toBe(false);
});

it('keeps nothing when something fails, and says what', () => {
  put(1);
  const failing = () =>
    transaction(db, () => {
      put(2);
      put(1);
    });
  expect(failing).toThrow('UNIQUE');
  expect(rows()).toEqual([1]);
  expect(transaction(db, () => put(2).changes)).toBe(1);
});

it('stands it when SQLite has rolled back by itself', () => {
  const failing = () =>
    transaction(db, () => {
      put(1);
      db.exec('ROLLBACK');
      throw new Error('the disk is full');
    });
  expect(failing).toThrow('the disk is full');
  expect(rows()).toEqual([]);
});
