import { describe, expect, it } from 'vitest';
import type { ReplayRow } from '#model/replay/plan.ts';
import { type SortBy, sortedRows } from './sort-rows.ts';

const row = (index: number, change: Partial<ReplayRow>): ReplayRow => ({
  index,
  parentId: 1,
  values: [],
  atMs: 0,
  size: 0,
  differs: [],
  ...change,
});
const rows = [
  row(1, { status: 403, size: 5, durationMs: 1 }),
  row(2, { failure: 'refused' }),
  row(3, { status: 200, size: 9, durationMs: 7, differs: ['status'] }),
  row(4, { status: 200, size: 1, durationMs: 3 }),
];
const order = (by: SortBy, descending = false) => sortedRows(rows, by, descending).map(({ index }) => index);

describe('results', () => {
  it.each<[SortBy, boolean, number[]]>([
    ['index', false, [1, 2, 3, 4]],
    ['index', true, [4, 3, 2, 1]],
    ['status', false, [3, 4, 1, 2]],
    ['status', true, [1, 3, 4, 2]],
    ['size', true, [3, 1, 4, 2]],
    ['duration', false, [1, 4, 3, 2]],
    ['differs', true, [3, 1, 2, 4]],
  ])('by %s, downwards %s', (by, descending, indexes) => expect(order(by, descending)).toEqual(indexes));
});
