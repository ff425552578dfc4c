import type { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeSession } from '#proxy-core/testing/session-factory.ts';
import { BlockSums, OTHERS } from './block-sums.ts';
import { BLOCK_IDS, Blocks } from './match-counts.ts';
import { emptyIndex, putRow } from './testing.ts';

let db: DatabaseSync;
/** First ids of the blocks that were read, in order. */
let read: number[];
let found: (first: number) => Map<string, number>;
beforeEach(() => {
  db = emptyIndex();
  for (const block of [0, 1, 5]) putRow(db, makeSession({ id: block * BLOCK_IDS + 1 }).session.row);
  read = [];
  found = () => new Map([['a', 1]]);
});
afterEach(() => db.close());

const sums = (weigh?: (value: number) => number) =>
  new BlockSums<number>(new Blocks(db), {
    read: (first) => {
      read.push(first / BLOCK_IDS);
      return found(first);
    },
    join: (a, b) => a + b,
    ...(weigh ? { weigh } : {}),
  });

describe('sums over blocks', () => {
  it('are made once, the newest block first, and again where something has changed', () => {
    const all = sums();
    expect(all.goOn(Number.POSITIVE_INFINITY)).toBe(true);
    expect(all.total()).toEqual(new Map([['a', 3]]));
    expect(read).toEqual([5, 1, 0]);
    all.changed([1, 9]);
    found = () => new Map([['b', 7]]);
    expect(all.total()).toEqual(new Map([['a', 3]]));
    expect(all.goOn(Number.POSITIVE_INFINITY)).toBe(true);
    expect(all.total()).toEqual(
      new Map([
        ['a', 2],
        ['b', 7],
      ]),
    );
    expect(read).toEqual([5, 1, 0, 1]);
  });

  it('go in steps of at least one block', () => {
    const all = sums();
    expect(all.goOn(0)).toBe(false);
    expect(all.goOn(0)).toBe(false);
    expect(all.total()).toEqual(new Map([['a', 2]]));
    expect(all.goOn(0)).toBe(true);
    expect(read).toEqual([5, 1, 0]);
  });

  it('leave out blocks that nobody wants', () => {
    const all = sums();
    expect(all.goOn(Number.POSITIVE_INFINITY, (block) => block !== 1)).toBe(true);
    expect(read).toEqual([5, 0]);
    expect(all.of(1)).toBeUndefined();
    expect(all.of(5)).toEqual(new Map([['a', 1]]));
  });

  it('keep the heaviest keys of a block, and the rest as one', () => {
    const many = Array.from({ length: 700 }, (_, i): [string, number] => [`k${i}`, i + 1]);
    found = (first) => new Map(first === 0 ? many : []);
    const all = sums((value) => value);
    all.goOn(Number.POSITIVE_INFINITY);
    expect(all.total().size).toBe(501);
    expect(all.total().get('k699')).toBe(700);
    expect(all.total().get(OTHERS)).toBe((200 * 201) / 2);
    const whole = sums();
    whole.goOn(Number.POSITIVE_INFINITY);
    expect(whole.total().size).toBe(700);
  });
});
