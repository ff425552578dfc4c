/** The time that the rows in sight span; the same object while it is the same, so that rows are not drawn again for nothing. */
import { useRef } from 'react';
import type { ShownColumn } from './column-layout.ts';
import type { RowCache } from './row-cache.ts';
import { spanOf, type TimeSpan } from './waterfall.ts';

const NOTHING: TimeSpan = { from: 0, to: 1 };

export function useSpan(
  columns: readonly ShownColumn[],
  indices: readonly number[],
  cache: RowCache,
): TimeSpan {
  const last = useRef(NOTHING);
  if (!columns.some(({ id }) => id === 'waterfall')) return NOTHING;
  const span = spanOf(
    indices.flatMap((index) => cache.rowAt(index) ?? []),
    Date.now(),
  );
  if (span.from !== last.current.from || span.to !== last.current.to) last.current = span;
  return last.current;
}
