/** The tree as the rows that are seen of it, and what keys do to its cursor. Pure. */
import type { Branch, BranchLevel, BranchRef } from '#model/contract/tree.ts';
import { samePlace } from '../../state/scope.ts';

export interface TreeRow {
  readonly place: BranchRef;
  readonly branch: Branch;
  /** From 1. */
  readonly level: number;
  readonly position: number;
  readonly siblings: number;
  readonly open: boolean;
}

export const placeKey = ({ host, path }: BranchRef): string => JSON.stringify([host, ...path]);

/** What stands where must not change while counts do. */
const byName = (a: Branch, b: Branch) => names.compare(a.name, b.name);
const names = new Intl.Collator('en', { numeric: true });

const below = (of: BranchRef | undefined, name: string): BranchRef =>
  of === undefined ? { host: name, path: [] } : { host: of.host, path: [...of.path, name] };

/** Hosts, and below each open place its branches as far as they are known. */
export function treeRows(levels: readonly BranchLevel[], open: readonly BranchRef[]): TreeRow[] {
  const known = new Map(levels.map((level) => [level.of ? placeKey(level.of) : '', level]));
  const opened = new Set(open.map(placeKey));
  const rows: TreeRow[] = [];
  const add = (of: BranchRef | undefined, depth: number) => {
    const branches = (known.get(of ? placeKey(of) : '')?.branches ?? []).toSorted(byName);
    for (const [i, branch] of branches.entries()) {
      const place = below(of, branch.name);
      const isOpen = branch.inner && opened.has(placeKey(place));
      rows.push({ place, branch, level: depth, position: i + 1, siblings: branches.length, open: isOpen });
      if (isOpen) add(place, depth + 1);
    }
  };
  add(undefined, 1);
  return rows;
}

/** What a key does: the cursor goes to a place, or a place opens or closes. */
export type TreeMove =
  | { readonly to: BranchRef }
  | { readonly open: BranchRef }
  | { readonly close: BranchRef };

const parentOf = ({ host, path }: BranchRef): BranchRef | undefined =>
  path.length === 0 ? undefined : { host, path: path.slice(0, -1) };

/** As the tree pattern of WAI-ARIA has it; a letter goes to the next place that begins with it. */
export function treeMove(
  key: string,
  rows: readonly TreeRow[],
  cursor: BranchRef | undefined,
  page: number,
): TreeMove | undefined {
  const at = cursor === undefined ? -1 : rows.findIndex(({ place }) => samePlace(place, cursor));
  const row = rows[at];
  const to = (index: number): TreeMove | undefined => {
    const target = rows[Math.min(Math.max(0, index), rows.length - 1)];
    return target && { to: target.place };
  };
  switch (key) {
    case 'ArrowDown':
      return to(at + 1);
    case 'ArrowUp':
      return to(at - 1);
    case 'PageDown':
      return to(at + page);
    case 'PageUp':
      return to(at - page);
    case 'Home':
      return to(0);
    case 'End':
      return to(rows.length - 1);
    case 'ArrowRight':
      if (!row?.branch.inner) return undefined;
      return row.open ? to(at + 1) : { open: row.place };
    case 'ArrowLeft': {
      if (row?.open) return { close: row.place };
      const parent = row && parentOf(row.place);
      return parent && { to: parent };
    }
    default:
      return key.length === 1 && key !== ' ' ? letterMove(key.toLowerCase(), rows, at) : undefined;
  }
}

function letterMove(letter: string, rows: readonly TreeRow[], at: number): TreeMove | undefined {
  const inTurn = [...rows.slice(at + 1), ...rows.slice(0, at + 1)];
  const found = inTurn.find(({ branch }) => branch.name.toLowerCase().startsWith(letter));
  return found && { to: found.place };
}

const isWithin = (outer: BranchRef, { host, path }: BranchRef) =>
  outer.host === host && path.length >= outer.path.length && outer.path.every((part, i) => part === path[i]);

export const opened = (open: readonly BranchRef[], place: BranchRef): BranchRef[] =>
  open.some((one) => samePlace(one, place)) ? [...open] : [...open, place];

/** What was open below it closes too. */
export const closed = (open: readonly BranchRef[], place: BranchRef): BranchRef[] =>
  open.filter((one) => !isWithin(place, one));
