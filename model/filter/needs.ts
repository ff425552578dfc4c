/** What has to be loaded of a session before a filter can say yes or no to it. */
import type { Filter, FilterLeaf } from './ast.ts';
import { FIELDS, type Need, WORD_FIELDS } from './fields.ts';

/** Conditions of a filter, in order, each as often as it stands there. */
export function leavesOf(filter: Filter): FilterLeaf[] {
  switch (filter.type) {
    case 'all':
      return [];
    case 'and':
    case 'or':
      return filter.terms.flatMap(leavesOf);
    case 'not':
      return leavesOf(filter.term);
    default:
      return [filter];
  }
}

/** What one condition looks at besides the row. */
export function leafNeeds(leaf: FilterLeaf): readonly Need[] {
  if (leaf.type === 'time') return [];
  if (leaf.type === 'word') return WORD_FIELDS.flatMap((field) => FIELDS[field].needs);
  // How many there are stands in the row (findings) or is known with the session (messages).
  if (leaf.type === 'number')
    return leaf.field === 'ws'
      ? ['session']
      : FIELDS[leaf.field].numbers === undefined
        ? FIELDS[leaf.field].needs
        : [];
  return FIELDS[leaf.field].needs;
}

/** All that a filter looks at besides rows. */
export const needsOf = (filter: Filter): ReadonlySet<Need> => new Set(leavesOf(filter).flatMap(leafNeeds));

/** Whether what the filter says of a session changes by time passing alone. */
export const isRelative = (filter: Filter): boolean =>
  leavesOf(filter).some((leaf) => leaf.type === 'time' && 'ago' in leaf);
