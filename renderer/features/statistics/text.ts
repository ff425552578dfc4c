/** What the statistics say. */
import { formatCount, plural } from '../../text/format.ts';
import type { Figure, Grouping } from './queries.ts';

export const statisticsText = {
  title: 'Statistics',
  of: 'Of',
  selection: (count: number) => `Selection (${formatCount(count)})`,
  list: (count: number) => `List (${formatCount(count)})`,
  by: 'By',
  groupings: {
    host: 'Host',
    endpoint: 'Endpoint',
    type: 'Type',
    status: 'Status',
    method: 'Method',
  } satisfies Record<Grouping, string>,
  figures: {
    count: 'Sessions',
    'sum(size)': 'Received',
    'p50(duration)': 'p50',
    'p95(duration)': 'p95',
    'p99(duration)': 'p99',
  } satisfies Record<Figure, string>,
  sent: 'Sent',
  span: 'Over',
  perSecond: 'Per second',
  durations: 'Time taken',
  none: '(none)',
  counting: (counted: number) => `${formatCount(counted)} counted…`,
  stale: 'More has come since.',
  again: 'Count again',
  groups: (shown: number, all: number) => `${formatCount(shown)} of ${plural(all, 'group')}`,
  left: (count: number) => `${plural(count, 'session')} left out: there are too many groups.`,
  scattered: 'The selection is too scattered to be counted. Select fewer sessions, or filter.',
  empty: 'There is nothing to count.',
  only: (key: string) => `Show only ${key}`,
} as const;
