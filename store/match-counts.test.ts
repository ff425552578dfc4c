import type { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeSession } from '#proxy-core/testing/session-factory.ts';
import { filterSql } from './filter-sql.ts';
import { BLOCK_IDS, Blocks, blockOf, MatchCounts, rangeOf } from './match-counts.ts';
import { ask, emptyIndex, putRow } from './testing.ts';

let db: DatabaseSync;
let counts: MatchCounts;
const put = (id: number, status: number) => putRow(db, makeSession({ id, status }).session.row);
beforeEach(() => {
  db = emptyIndex();
  for (const block of [0, 1, 5]) {
    for (let i = 1; i <= 6; i++) put(block * BLOCK_IDS + i, i % 3 === 0 ? 404 : 200);
  }
  counts = new MatchCounts(db, filterSql(ask('status:404').filter), new Blocks(db));
});
afterEach(() => db.close());

describe('blocks', () => {
  it('are those that have sessions, either way', () => {
    expect([...new Blocks(db).all(false)]).toEqual([0, 1, 5]);
    expect([...new Blocks(db).all(true)]).toEqual([5, 1, 0]);
  });

  it('meet without a gap', () => {
    expect(rangeOf(blockOf(BLOCK_IDS))).toEqual([BLOCK_IDS, 2 * BLOCK_IDS - 1]);
    expect(blockOf(BLOCK_IDS - 1)).toBe(0);
  });
});

describe('counts', () => {
  it('are of what has been counted, the newest first, until all is', () => {
    expect(counts.matched).toBe(0);
    expect(counts.goOn(0)).toBe(false);
    expect([counts.matched, counts.known(5), counts.known(0)]).toEqual([2, 2, undefined]);
    expect(counts.goOn(Number.POSITIVE_INFINITY)).toBe(true);
    expect(counts.matched).toBe(6);
  });

  it('stay what they were until a changed block is counted anew', () => {
    counts.goOn(Number.POSITIVE_INFINITY);
    put(7, 404);
    counts.changed([0, 99]);
    expect([counts.matched, counts.known(0), counts.known(1)]).toEqual([6, undefined, 2]);
    expect(counts.goOn(Number.POSITIVE_INFINITY)).toBe(true);
    expect([counts.matched, counts.known(0)]).toEqual([7, 3]);
  });

  it('forget a block that has no sessions any more', () => {
    counts.goOn(Number.POSITIVE_INFINITY);
    db.exec(`DELETE FROM sessions WHERE id > ${BLOCK_IDS * 5}`);
    counts.changed([5]);
    expect(counts.goOn(Number.POSITIVE_INFINITY)).toBe(true);
    expect(counts.matched).toBe(4);
  });
});
