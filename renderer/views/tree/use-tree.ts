/** The state of one tree on the screen: what is open, where the cursor is, what was found. */
import { useMemo, useState } from 'react';
import type { TreeNode } from './tree-node.ts';
import {
  Children,
  type Found,
  findInTree,
  firstOpen,
  keysTo,
  openedTo,
  parentOf,
  placeOf,
  rowsOf,
  type TreeRow,
} from './tree-rows.ts';

/** Nodes opened at once by "open all", at most. */
const MOST_OPENED = 20_000;

export function useTree(root: TreeNode) {
  const children = useMemo(() => new Children(), []);
  const [open, setOpen] = useState<ReadonlySet<string>>(() => firstOpen(root, children));
  const [cursor, setCursor] = useState(() => rowsOf(root, new Set(), children)[0]?.place ?? '');
  const [{ wanted, found }, setFind] = useState<{ wanted: string; found: Found }>({
    wanted: '',
    found: { places: [], cut: false },
  });
  const rows = useMemo(() => rowsOf(root, open, children), [root, open, children]);
  const hits = useMemo(() => new Set(found.places), [found]);
  const at = rows.findIndex((row) => row.place === cursor);
  const hitAt = found.places.indexOf(cursor);

  const toggle = (row: TreeRow, wide = !row.open) => {
    if (row.node.children === undefined) return;
    const next = new Set(open);
    if (wide) next.add(row.place);
    else next.delete(row.place);
    setOpen(next);
  };
  const goTo = (place: string) => {
    setOpen(openedTo(open, place));
    setCursor(place);
  };

  return {
    rows,
    hits,
    found,
    cursor,
    at,
    hitAt,
    wanted,
    setCursor,
    toggle,
    keys: (place: string) => keysTo(root, place, children),
    /** Finds as it is typed: the first hit is gone to. */
    find: (text: string) => {
      const all = findInTree(root, text, children);
      setFind({ wanted: text, found: all });
      const [first] = all.places;
      if (first !== undefined) goTo(first);
    },
    step: (by: 1 | -1) => {
      const { places } = found;
      const next = places[(hitAt + by + places.length) % places.length] ?? places[0];
      if (next !== undefined) goTo(next);
    },
    move: (to: number) => {
      const row = rows[Math.min(rows.length - 1, Math.max(0, to))];
      if (row) setCursor(row.place);
    },
    /** Right: open, or to the first child; left: close, or to the parent (WAI-ARIA tree pattern). */
    across: (direction: 'in' | 'out') => {
      const row = rows[at];
      if (row === undefined) return;
      if (direction === 'in') {
        if (!row.open) toggle(row, true);
        else setCursor(placeOf(row.place, 0));
      } else if (row.open) toggle(row, false);
      else if (parentOf(row.place) !== '') setCursor(parentOf(row.place));
    },
    openBelow: (row: TreeRow) => {
      const next = new Set(open);
      const waiting = [row];
      for (let one = waiting.pop(); one !== undefined && next.size < MOST_OPENED; one = waiting.pop()) {
        if (one.node.children === undefined) continue;
        next.add(one.place);
        const { place } = one;
        for (const [index, node] of children.of(place, one.node).entries()) {
          waiting.push({ ...one, place: placeOf(place, index), node });
        }
      }
      setOpen(next);
    },
    closeBelow: (row: TreeRow) =>
      setOpen(
        new Set([...open].filter((place) => place !== row.place && !place.startsWith(`${row.place}.`))),
      ),
  };
}

export type TreeState = ReturnType<typeof useTree>;
