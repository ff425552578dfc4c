/** Narrowing the list to what one session has, or has not: the filter text for it, joined to the filter that is there. Pure. */
import { scanFilter } from '#model/filter/scan.ts';
import type { SessionRow } from '#model/session.ts';
import { quoted } from '../../state/scope.ts';
import { parseTyped } from './typed-filter.ts';

export const FILTER_BY = ['host', 'path', 'status', 'type'] as const;
export type FilterBy = (typeof FILTER_BY)[number];

/** What of the row is filtered by; undefined when it has none. A path is meant without its query. */
export function filterValue(row: SessionRow, by: FilterBy): string | undefined {
  const value = {
    host: row.host,
    path: row.path.replace(/[?#].*$/s, ''),
    status: row.status?.toString(),
    type: row.mime,
  }[by];
  return value === '' ? undefined : value;
}

/** A condition that the row meets, or one that it does not. @throws never; call it only where filterValue has a value. */
export function filterCondition(row: SessionRow, by: FilterBy, without: boolean): string {
  const value = quoted(filterValue(row, by) ?? '');
  // With a query the path goes on after its value.
  if (by === 'path' && row.path.includes('?')) return `${without ? 'not ' : ''}path:${value}`;
  return `${by}${without ? '!=' : '='}${value}`;
}

/**
 * The filter `text` with the condition too. An `=` of the same field gives way to another one, because both together match nothing; a
 * text that is no filter gives way altogether.
 */
export function withCondition(text: string, condition: string): string {
  const before = text.trim();
  const parsed = parseTyped(before);
  if (before === '' || !parsed.ok || parsed.filter.type === 'all') return condition;
  if (parsed.filter.type === 'or') return `(${before}) and ${condition}`;
  const wanted = /^([a-z]+)=/.exec(condition);
  let depth = 0;
  /** Where the `not` before a token begins. */
  let not: number | undefined;
  for (const token of scanFilter(before)) {
    if (token.type === '(') depth += 1;
    if (token.type === ')') depth -= 1;
    if (token.type === 'condition' && depth === 0) {
      if (before.slice(not ?? token.start, token.end) === condition) return before;
      if (not === undefined && token.field === wanted?.[1] && token.operator === '=') {
        return before.slice(0, token.start) + condition + before.slice(token.end);
      }
    }
    not = token.type === 'not' ? (not ?? token.start) : undefined;
  }
  return `${before} and ${condition}`;
}
