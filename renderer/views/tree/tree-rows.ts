/**
 * What of a tree is on the screen: which nodes are open, the rows that follow from it, and finding text in it. Pure; the view draws rows and
 * nothing else. A node is known by its place (indices of children from the root), for names may stand twice.
 */
import type { TreeNode } from './tree-node.ts';

export interface TreeRow {
  /** Place of the node: indices joined by dots; the root's is empty. */
  readonly place: string;
  readonly node: TreeNode;
  /** 1 for children of the root. */
  readonly level: number;
  readonly position: number;
  readonly siblings: number;
  readonly open: boolean;
}

/** Children of nodes by place, made once: a large container is scanned the first time only. */
export class Children {
  readonly #made = new Map<string, readonly TreeNode[]>();

  /** Those of the node at `place`; what cannot be read is one node that says why. */
  of(place: string, node: TreeNode): readonly TreeNode[] {
    const known = this.#made.get(place);
    if (known !== undefined) return known;
    let children: readonly TreeNode[];
    try {
      children = node.children?.() ?? [];
    } catch (error) {
      children = [
        { key: undefined, kind: 'error', text: error instanceof Error ? error.message : String(error) },
      ];
    }
    this.#made.set(place, children);
    return children;
  }
}

export const placeOf = (parent: string, index: number): string =>
  parent === '' ? String(index) : `${parent}.${index}`;
export const parentOf = (place: string): string => place.slice(0, Math.max(0, place.lastIndexOf('.')));

/** The rows below the root, which itself has none: open nodes are followed by their children. */
export function rowsOf(root: TreeNode, open: ReadonlySet<string>, children: Children): TreeRow[] {
  if (root.children === undefined) {
    return [{ place: '', node: root, level: 1, position: 1, siblings: 1, open: false }];
  }
  const rows: TreeRow[] = [];
  const visit = (place: string, parent: TreeNode, level: number) => {
    const nodes = children.of(place, parent);
    for (const [index, node] of nodes.entries()) {
      const own = placeOf(place, index);
      const isOpen = node.children !== undefined && open.has(own);
      rows.push({ place: own, node, level, position: index + 1, siblings: nodes.length, open: isOpen });
      if (isOpen) visit(own, node, level + 1);
    }
  };
  visit('', root, 1);
  return rows;
}

/** The names on the way to a place. */
export function keysTo(root: TreeNode, place: string, children: Children): (string | number)[] {
  const keys: (string | number)[] = [];
  let node = root;
  let at = '';
  for (const index of place === '' ? [] : place.split('.')) {
    const next = children.of(at, node)[Number(index)];
    if (next === undefined) break;
    if (next.key !== undefined) keys.push(next.key);
    at = placeOf(at, Number(index));
    node = next;
  }
  return keys;
}

/** Nodes that are opened at first, as far as they fit on a screen. */
const FIRST_ROWS = 60;

/** Opens level by level what fits, so that small bodies are seen whole. */
export function firstOpen(root: TreeNode, children: Children): Set<string> {
  const open = new Set<string>();
  let rows = children.of('', root).length;
  let level: (readonly [string, TreeNode])[] = [['', root]];
  while (level.length > 0 && rows < FIRST_ROWS) {
    const next = level.flatMap(([place, node]) =>
      children.of(place, node).map((child, index) => [placeOf(place, index), child] as const),
    );
    for (const [place, node] of next) {
      if (node.children === undefined) continue;
      const count = node.count ?? children.of(place, node).length;
      if (rows + count > FIRST_ROWS) continue;
      open.add(place);
      rows += count;
    }
    level = next.filter(([place]) => open.has(place));
  }
  return open;
}

/** Nodes looked at in one search, at most: a window must not wait. */
const MOST_SEARCHED = 200_000;

export interface Found {
  readonly places: readonly string[];
  /** The search ended before all had been looked at. */
  readonly cut: boolean;
}

/** Places whose name or leaf text contains `text`, in any case, in order. */
export function findInTree(root: TreeNode, text: string, children: Children): Found {
  const wanted = text.toLowerCase();
  const places: string[] = [];
  if (wanted === '') return { places, cut: false };
  let seen = 0;
  // Last in, first out, with children in reverse: in document order, and without recursion.
  const stack: { place: string; node: TreeNode }[] = [{ place: '', node: root }];
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    const { place, node } = next;
    seen += 1;
    if (seen > MOST_SEARCHED) return { places, cut: true };
    const named = typeof node.key === 'string' && node.key.toLowerCase().includes(wanted);
    if (named || node.text.toLowerCase().includes(wanted)) places.push(place);
    if (node.children === undefined) continue;
    const nodes = children.of(place, node);
    for (let index = nodes.length - 1; index >= 0; index -= 1) {
      const child = nodes[index];
      if (child !== undefined) stack.push({ place: placeOf(place, index), node: child });
    }
  }
  return { places, cut: false };
}

/** `open` and all that is above `place`. */
export function openedTo(open: ReadonlySet<string>, place: string): Set<string> {
  const all = new Set(open);
  for (let at = parentOf(place); at !== ''; at = parentOf(at)) all.add(at);
  return all;
}
