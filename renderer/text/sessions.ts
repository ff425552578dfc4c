/** What the Sessions view says. */
import { formatCount, plural } from './format.ts';

export const sessionsText = {
  grid: 'Sessions',
  columns: {
    id: '#',
    method: 'Method',
    status: 'Status',
    protocol: 'Protocol',
    host: 'Host',
    path: 'Path',
    type: 'Type',
    size: 'Size',
    duration: 'Time',
    findings: 'Findings',
  },
  columnNames: { id: 'Number', duration: 'Duration' } as Readonly<Record<string, string>>,
  sortHint: (column: string) => `Sort by ${column.toLowerCase()}`,
  live: 'live',
  mark: (mark: number) => `Mark ${mark}`,
  comment: 'Comment',
  findings: (count: number, severity: string) =>
    `${plural(count, 'finding')}, highest ${severity.toLowerCase()}`,
  replayed: 'Replayed by you',
  composed: 'Sent from the composer',
  imported: 'Imported',
  newBelow: (count: number) => `${formatCount(count)} new`,
  jumpToNewest: 'Jump to the newest',

  filterLabel: 'Filter sessions',
  filterPlaceholder: 'Filter, as host:*.acme.test and status>=400',
  filterCount: (matched: number, total: number) => `${formatCount(matched)} of ${formatCount(total)}`,
  filterClear: 'Clear the filter',
  filterAt: (column: number) => `at character ${column}`,
  exportMenu: 'Export and import',

  emptyTitle: 'No sessions yet',
  emptyText: (proxy: string) => `Point a browser, phone or program at ${proxy} and its requests appear here.`,
  emptyPaused: 'Capturing is off: traffic passes through, but nothing is recorded.',
  emptyConnect: 'Connect a client',
  emptyImport: 'Import a HAR',
  emptyResume: 'Start capturing',
  noMatchTitle: 'No session matches the filter',
  noMatchText: (total: number) => `${plural(total, 'session is', 'sessions are')} in this capture.`,

  inspector: 'Inspector',
  inspectorEmptyTitle: 'Nothing selected',
  inspectorEmptyText: 'Select a session to see its headers, bodies and timing.',

  commentTitle: (count: number) => (count === 1 ? 'Comment' : `Comment on ${plural(count, 'session')}`),
  commentLabel: 'Comment',
  commentSave: 'Save comment',

  clearTitle: 'Clear the capture?',
  clearText: (total: number) =>
    `${plural(total, 'session')} with bodies and findings will be deleted from disk. This cannot be undone.`,
  clearConfirm: (total: number) => `Delete ${plural(total, 'session')}`,
  cleared: (count: number) => `${plural(count, 'session')} deleted`,
  removeTitle: (count: number) => `Remove ${plural(count, 'session')}?`,
  removeText: 'They will be deleted from disk with their bodies and findings. This cannot be undone.',
  removeConfirm: (count: number) => `Remove ${plural(count, 'session')}`,
  copied: (what: string, count: number) =>
    count === 1 ? `${what} copied` : `${formatCount(count)} × ${what} copied`,
  replayedToast: (count: number) => `${plural(count, 'request')} sent again`,
  tooManyToReplay: (most: number) => `At most ${most} sessions can be replayed at once. Select fewer.`,
  importing: (name: string) => `Importing ${name}…`,
  imported2: (count: number, name: string) => `${plural(count, 'session')} imported from ${name}`,
  notThere: 'The session this one came from does not match the filter.',
} as const;

/** Names of the actions of the Sessions view. */
export const sessionActionText = {
  replay: 'Replay',
  edit: 'Edit in composer',
  copyUrl: 'Copy URL',
  copyCurl: 'Copy as cURL',
  mark: (mark: number) => (mark === 0 ? 'Remove mark' : `Mark ${mark}`),
  comment: 'Comment…',
  remove: 'Remove',
  removeOthers: 'Remove all others',
  clear: 'Clear all sessions…',
  find: 'Filter sessions',
  clearFilter: 'Clear the filter',
  selectAll: 'Select all',
  parent: 'Go to the session this one came from',
  duplicates: 'Show requests to the same address',
  showInspector: 'Show the inspector',
  hideInspector: 'Hide the inspector',
  exportAll: 'Export all as HAR',
  exportFiltered: 'Export filtered as HAR',
  exportSelected: 'Export selected as HAR',
  importHar: 'Import HAR…',
} as const;
