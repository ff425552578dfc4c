/** Which fields of a session a filter looks at, for rules that must know when they can be decided. Looks at no more of a filter than that. */
import type { Filter, FilterField } from '../filter/ast.ts';

/** Known once there is a response, and not before. */
const LATER: readonly FilterField[] = ['status', 'type', 'size', 'duration', 'error', 'finding', 'severity'];

export function filterFields(filter: Filter): FilterField[] {
  if ('terms' in filter) return filter.terms.flatMap(filterFields);
  if ('term' in filter) return filterFields(filter.term);
  return 'field' in filter ? [filter.field] : [];
}

/** The first field that a request alone cannot answer. */
export const laterField = (filter: Filter): FilterField | undefined =>
  filterFields(filter).find((field) => LATER.includes(field));

/** What must all hold, one by one. */
export const conjuncts = (filter: Filter): Filter[] =>
  filter.type === 'and' ? filter.terms.flatMap(conjuncts) : [filter];
