import { describe, expect, it } from 'vitest';
import {
  cursorAfterKey,
  movedTo,
  NO_SELECTION,
  rangeTo,
  selectOne,
  selectRange,
  toggleOne,
} from './selection.ts';

const ids = (selection: { ids: ReadonlySet<number> }) => [...selection.ids];

describe('selecting', () => {
  it('one row puts cursor and anchor there', () => {
    expect(selectOne(4, 40)).toEqual({ ids: new Set([40]), cursor: 4, anchor: 4 });
  });

  it('a row that is not loaded yet moves the cursor and waits', () => {
    expect(selectOne(9000, undefined)).toEqual({ ids: new Set(), cursor: 9000, anchor: 9000 });
  });

  it('toggles rows in and out without touching the old value', () => {
    const one = selectOne(1, 10);
    const two = toggleOne(one, 3, 30);
    expect(ids(two)).toEqual([10, 30]);
    expect(ids(toggleOne(two, 1, 10))).toEqual([30]);
    expect(ids(one)).toEqual([10]);
  });

  it('extends from the anchor in both directions, again and again', () => {
    const start = selectOne(5, 50);
    expect(rangeTo(start, 8)).toEqual([5, 9]);
    const down = selectRange(start, 8, [50, 60, 70, 80]);
    expect(down).toMatchObject({ cursor: 8, anchor: 5 });
    expect(rangeTo(down, 3)).toEqual([3, 6]);
    expect(ids(selectRange(down, 3, [30, 40, 50]))).toEqual([30, 40, 50]);
  });

  it('extends from the top when there was nothing', () => {
    expect(rangeTo(NO_SELECTION, 2)).toEqual([0, 3]);
    expect(selectRange(NO_SELECTION, 2, [1, 2, 3]).anchor).toBe(0);
  });

  it('follows its row to another place, and ends when the row is gone', () => {
    expect(movedTo(selectOne(5, 50), 77)).toEqual({ ids: new Set([50]), cursor: 77, anchor: 77 });
    expect(movedTo(selectOne(5, 50), -1)).toBe(NO_SELECTION);
  });
});

describe('keys', () => {
  it.each([
    ['ArrowDown', 5, 6],
    ['j', 5, 6],
    ['ArrowUp', 5, 4],
    ['k', 5, 4],
    ['ArrowDown', 99, 99],
    ['ArrowUp', 0, 0],
    ['PageDown', 5, 25],
    ['PageDown', 95, 99],
    ['PageUp', 5, 0],
    ['Home', 50, 0],
    ['End', 50, 99],
    ['ArrowDown', -1, 0],
    ['ArrowUp', -1, 99],
    ['ArrowDown', 5000, 99],
  ])('%s at %d goes to %d', (key, cursor, to) => {
    expect(cursorAfterKey(key, cursor, 100, 20)).toBe(to);
  });

  it('others, and any in an empty list, do nothing', () => {
    expect(cursorAfterKey('x', 5, 100, 20)).toBeUndefined();
    expect(cursorAfterKey('toString', 5, 100, 20)).toBeUndefined();
    expect(cursorAfterKey('Home', -1, 0, 20)).toBeUndefined();
  });
});
