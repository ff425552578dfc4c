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
    time: 'Started',
    findings: 'Findings',
  },
  columnNames: { id: 'Number', duration: 'Duration' } as Readonly<Record<string, string>>,
  sortHint: (column: string) => `Sort by ${column.toLowerCase()}`,
  live: 'live',
  mark: (mark: number) => `Mark ${mark}`,
  comment: 'Comment',
  findings: (count: number, severity: string) =>
    `${plural(count, 'finding')}, highest ${severity.toLowerCase()}`,
  messages: 'messages',
  sources: { replay: 'Replayed', composer: 'Sent from the composer', import: 'Imported' },
  newBelow: (count: number) => `${formatCount(count)} new`,

  filterLabel: 'Filter sessions',
  filterPlaceholder: 'Filter, as host:*.acme.test and status>=400',
  filterCount: (matched: number, total: number, counting: boolean) =>
    counting
      ? `${formatCount(matched)} so far of ${formatCount(total)}`
      : `${formatCount(matched)} of ${formatCount(total)}`,
  filterClear: 'Clear the filter',
  filterAt: (column: number) => `at character ${column}`,
  exportMenu: 'Export',
  emptyTitle: 'No sessions yet',
  emptyText: (proxy: string) => `Point a browser, phone or program at ${proxy} and its requests appear here.`,
  emptyTry: 'Or try it from a terminal:',
  emptyCopy: 'Copy the command',
  emptyPaused: 'Capturing is off: traffic passes through, but nothing is recorded.',
  noMatchTitle: 'No session matches the filter',
  noMatchText: (total: number) => `${plural(total, 'session is', 'sessions are')} in this capture.`,
  backToList: 'Back to the list',
  rowMenu: 'Session actions',
  inspector: 'Inspector',

  commentTitle: (count: number) => (count === 1 ? 'Comment' : `Comment on ${plural(count, 'session')}`),
  commentLabel: 'Comment',
  commentHelp:
    'Shown in the list, found by the filter, kept in exports. Leave it empty to take a comment away.',
  commentSave: 'Save comment',

  clearTitle: 'Clear the capture?',
  clearText: (total: number) =>
    `${plural(total, 'session')} with bodies and findings will be deleted from disk. This cannot be undone.`,
  clearConfirm: (total: number) => `Delete ${plural(total, 'session')}`,
  cleared: (count: number) => `${plural(count, 'session')} deleted`,
  removeTitle: (count: number) => `Remove ${plural(count, 'session')}?`,
  removeText: (count: number) =>
    `${count === 1 ? 'It' : 'They'} will be deleted from disk with bodies and findings. This cannot be undone.`,
  removeConfirm: 'Remove',
  removed: (count: number) => `${plural(count, 'session')} removed`,
  stillRunning: (count: number) =>
    `${plural(count, 'session is', 'sessions are')} still running and ${count === 1 ? 'stays' : 'stay'}.`,
  copied: (what: string, count: number) =>
    count === 1 ? `${what} copied` : `${formatCount(count)} × ${what} copied`,
  replaying: (count: number) => `Sending ${plural(count, 'request')} again`,
  replayed2: (count: number) => `${plural(count, 'request')} sent again`,
  showReplayed: 'Show',
  tooMany: (what: string, most: number) =>
    `At most ${formatCount(most)} sessions can be ${what} at once. Select fewer.`,
  noChildren: 'No session in this list was made from this one.',
  noDuplicates: 'No other session in this list has this method and address.',
  selected: (count: number) => `${plural(count, 'session')} selected`,
} as const;

/** What importing and exporting say. */
export const transferText = {
  importing: (name: string) => `Importing ${name}`,
  reading: 'Reading the last of it…',
  imported: (count: number) => `${plural(count, 'session')} imported`,
  importedFrom: (name: string) => `From ${name}`,
  importedNone: (name: string) => `There are no sessions in ${name}`,
  importFailed: (name: string) => `${name} could not be imported whole`,
  importCancelled: 'Import stopped: what had been read by then is in the list.',
  keptBefore: 'Sessions before that place are in the list.',
  notHar: (name: string) => `${name} is not a HAR file: choose one whose name ends in .har.`,
  oneFile: 'Drop one file at a time.',
  drop: 'Drop the HAR file to import it',
  exporting: (count: number) => `Exporting ${plural(count, 'session')}`,
  exportProgress: (written: number, total: number) => `${formatCount(written)} of ${formatCount(total)}`,
  exported: (count: number) => `${plural(count, 'session')} exported`,
  exportedTo: (name: string) => `${name} holds cookies, tokens and passwords as they were captured.`,
  exportFailed: 'The export failed',
  exportCancelled: 'Export stopped: the file is not complete.',
  nothing: 'There is nothing to export.',
} as const;

/** Names of the actions of the Sessions view. */
export const sessionActionText = {
  replay: 'Replay',
  edit: 'Edit in composer',
  copyUrl: 'Copy URL',
  copyCurl: 'Copy as cURL',
  copyFetch: 'Copy as fetch',
  mark: (mark: number) => (mark === 0 ? 'Remove mark' : `Mark ${mark}`),
  markMenu: 'Mark',
  comment: 'Comment…',
  remove: 'Remove…',
  clear: 'Clear all sessions…',
  find: 'Filter sessions',
  grid: 'Go to the list of sessions',
  clearFilter: 'Clear the filter',
  selectAll: 'Select all',
  parent: 'Go to the session this one was made from',
  children: 'Select the sessions made from this one',
  duplicates: 'Select requests to the same address',
  relatedMenu: 'Related',
  inspect: 'Open in the inspector',
  showInspector: 'Show the inspector',
  hideInspector: 'Hide the inspector',
  exportAll: 'Export all as HAR',
  exportFiltered: 'Export filtered as HAR',
  exportSelected: 'Export selected as HAR',
  importHar: 'Import HAR…',
  filterMenu: 'Filter by',
  only: (what: string, value: string) => `Only ${what} ${value}`,
  onlyThis: (what: string) => `Only this ${what}`,
  without: (what: string, value: string) => `Without ${what} ${value}`,
  withoutThis: (what: string) => `Without this ${what}`,
  what: { host: 'host', path: 'path', status: 'status', type: 'type' },
} as const;
