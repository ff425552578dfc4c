/** What the tree of a body says. */
import { formatCount } from '../../text/format.ts';
import type { TreeKind } from './tree-node.ts';

export const treeText = {
  label: 'Body as a tree',
  find: 'Find in the tree',
  next: 'Next',
  previous: 'Previous',
  none: 'Nothing found',
  found: (at: number, all: number, cut: boolean) =>
    `${formatCount(at)} of ${formatCount(all)}${cut ? ' so far' : ''}`,
  copyValue: 'Copy value',
  copyPath: 'Copy path',
  copyKey: 'Copy name',
  openAll: 'Open all below',
  closeAll: 'Close all below',
  menu: 'Of this value',
  failed: (structure: string, why: string) => `Not readable as ${structure}: ${why}.`,
  count: (kind: TreeKind, count: number) =>
    kind === 'array'
      ? `${formatCount(count)} ${count === 1 ? 'item' : 'items'}`
      : `${formatCount(count)} ${count === 1 ? 'field' : 'fields'}`,
} as const;
