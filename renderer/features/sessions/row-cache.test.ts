import { describe, expect, it } from 'vitest';
import type { SessionRow } from '#model/session.ts';
import { RowCache } from './row-cache.ts';

const row = (id: number) => ({ id }) as SessionRow;
const window = (offset: number, ids: number[], matched: number, total = matched) => ({
  offset,
  rows: ids.map(row),
  matched,
  total,
});

describe('the row cache', () => {
  it('knows the rows of its windows by index', () => {
    const cache = new RowCache();
    expect(cache.loaded).toBe(false);
    expect(cache.shows('a')).toBe(false);
    cache.apply('a', window(10, [100, 101], 500, 900), true);
    expect([cache.shows('a'), cache.shows('b')]).toEqual([true, false]);
    expect(cache).toMatchObject({ loaded: true, matched: 500, total: 900 });
    expect(cache.rowAt(11)?.id).toBe(101);
    expect(cache.rowAt(12)).toBeUndefined();
    expect(cache.find(101)).toEqual({ index: 11, row: row(101) });
    expect(cache.find(7)).toBeUndefined();
  });

  it('keeps rows beyond the window while the list only grows at its end', () => {
    const cache = new RowCache();
    cache.apply('a', window(0, [1, 2], 2), true);
    cache.apply('a', window(2, [3, 4], 4), true);
    expect([0, 1, 2, 3].map((index) => cache.rowAt(index)?.id)).toEqual([1, 2, 3, 4]);
  });

  it.each([
    ['another list', 'b', true, 4],
    ['a list that grows anywhere', 'a', false, 4],
    ['sessions removed', 'a', true, 1],
  ])('forgets them for %s', (_why, list, growsAtEnd, total) => {
    const cache = new RowCache();
    cache.apply('a', window(0, [1, 2], 2), true);
    cache.apply(list, window(1, [9], total), growsAtEnd);
    expect(cache.rowAt(0)).toBeUndefined();
    expect(cache.rowAt(1)?.id).toBe(9);
  });

  it('holds a bounded number of rows however far one scrolls', () => {
    const cache = new RowCache();
    const hundred = Array.from({ length: 100 }, (_, i) => i + 1);
    for (let offset = 0; offset < 100_000; offset += 100)
      cache.apply('a', window(offset, hundred, 100_000), true);
    const known = Array.from({ length: 100_000 }, (_, i) => cache.rowAt(i)).filter(Boolean);
    expect(known.length).toBeLessThanOrEqual(2100);
    expect(cache.rowAt(99_999)).toBeDefined();
  });
});
