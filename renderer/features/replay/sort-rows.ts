/** Results in the order that was asked for; what has no such value comes last either way. Pure. */
import type { ReplayRow } from '#model/replay/plan.ts';

export const SORTS = ['index', 'status', 'size', 'duration', 'differs'] as const;
export type SortBy = (typeof SORTS)[number];

const KEYS: Readonly<Record<SortBy, (row: ReplayRow) => number | undefined>> = {
  index: ({ index }) => index,
  status: ({ status }) => status,
  size: ({ size }) => size,
  duration: ({ durationMs }) => durationMs,
  differs: ({ differs }) => differs.length,
};

export function sortedRows(rows: readonly ReplayRow[], by: SortBy, descending: boolean): ReplayRow[] {
  const key = KEYS[by];
  return rows.toSorted((a, b) => {
    const [x, y] = [key(a), key(b)];
    if (x === undefined || y === undefined)
      return Number(x === undefined) - Number(y === undefined) || a.index - b.index;
    return (descending ? y - x : x - y) || a.index - b.index;
  });
}
