/** What is asked of the filter language's tables, and what their rows mean as filters. Pure. */
import type { SessionId } from '#model/session.ts';
import { quoted } from '../../state/scope.ts';

export const GROUPINGS = ['host', 'endpoint', 'type', 'status', 'method'] as const;
export type Grouping = (typeof GROUPINGS)[number];

/** Columns of figures, as they are asked for and as they come back. */
export const FIGURES = ['count', 'sum(size)', 'p50(duration)', 'p95(duration)', 'p99(duration)'] as const;
export type Figure = (typeof FIGURES)[number];
const MORE_TOTALS = ['sum(reqsize)', 'min(time)', 'max(time)'];
/** Groups that are shown. */
export const MOST_GROUPS = 500;
/** Stretches of numbers that a filter takes without becoming slow. */
const MOST_STRETCHES = 1000;

/** A filter for these sessions and no others; undefined when they are too many and too scattered. */
export function selectionFilter(ids: Iterable<SessionId>): string | undefined {
  const stretches: [SessionId, SessionId][] = [];
  for (const id of [...ids].sort((a, b) => a - b)) {
    const last = stretches.at(-1);
    if (last !== undefined && id === last[1] + 1) last[1] = id;
    else stretches.push([id, id]);
  }
  if (stretches.length > MOST_STRETCHES) return undefined;
  return `id in (${stretches.map(([first, last]) => (first === last ? `${first}` : `${first}..${last}`)).join(', ')})`;
}

/** A filter may have a bar in its values, but only in quotes, as the language wants it. */
export const groupsQuery = (filter: string, by: Grouping): string =>
  `${filter} | ${FIGURES.join(', ')} by ${by}`;

export const totalsQuery = (filter: string): string =>
  `${filter} | ${[...FIGURES, ...MORE_TOTALS].join(', ')}`;

/** The condition that the sessions of a group meet; undefined for what no filter says. */
export function groupCondition(by: Grouping, key: string): string | undefined {
  if (by === 'status') return key === '' ? undefined : `status=${key}`;
  return `${by}=${quoted(key)}`;
}

export type Cell = string | number | null;

/** Largest first; what is missing comes last. */
export function sortedRows(
  rows: readonly (readonly Cell[])[],
  column: number,
  descending: boolean,
): (readonly Cell[])[] {
  const way = descending ? -1 : 1;
  return rows.toSorted((a, b) => {
    const [x = null, y = null] = [a[column], b[column]];
    if (x === y) return 0;
    if (x === null) return 1;
    if (y === null) return -1;
    return (x < y ? -1 : 1) * way;
  });
}
