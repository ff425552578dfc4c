/** What the window's frame says: header, rail, status bar, palette, help, connection. */
import { formatCount, plural } from './format.ts';

export const frameText = {
  product: 'Sluice',
  skip: 'Skip to the view',
  capturing: 'Capturing',
  paused: 'Paused',
  captureToggle: (capturing: boolean) => (capturing ? 'Stop capturing' : 'Start capturing'),
  copyProxy: 'Copy the proxy address',
  proxyCopied: 'Proxy address copied',
  connect: 'Connect a client',
  more: 'More',
  views: 'Views',
  view: {
    sessions: 'Sessions',
    search: 'Find everywhere',
    compare: 'Compare',
    composer: 'Composer',
    rules: 'Rules',
    findings: 'Findings',
    connect: 'Connect',
    settings: 'Settings',
  },
  findingsBadge: (count: number) => (count > 99 ? '99+' : formatCount(count)),
  viewWithFindings: (count: number) => `Findings, ${plural(count, 'finding')}`,
  status: 'Status',
  moreStatus: 'More of the status',
  sessions: (count: number) => (count === 1 ? 'session' : 'sessions'),
  perSecond: '/s',
  memory: 'Memory',
  disk: 'Disk',
  findings: (count: number) => (count === 1 ? 'finding' : 'findings'),
  of: (limit: string) => `of ${limit}`,
  backlog: 'Unchecked',
  backlogHelp: (behind: string) =>
    `The security checks are ${behind} behind the traffic; they catch up by themselves`,
  nearSessions: 'Oldest sessions go soon',
  nearBytes: 'Capture is nearly full',
  nearHelp: 'By the limits in Settings. Marked and commented sessions stay.',
  free: (size: string) => `${size} left on disk`,
  freeHelp:
    'When the disk is full recording pauses; traffic passes all the same. Limit what is kept in Settings.',
  missed: (count: number) => `${plural(count, 'session')} missed`,
  recordingPaused: (missed: number) =>
    missed > 0 ? `Recording is paused: ${plural(missed, 'session')} missed` : 'Recording is paused',
  dropped: (sessions: number, bodies: number) =>
    [
      ...(sessions > 0 ? [plural(sessions, 'session')] : []),
      ...(bodies > 0 ? [plural(bodies, 'body', 'bodies')] : []),
    ]
      .join(' and ')
      .concat(' dropped'),
  droppedHelp: 'By the limits in Settings',
  capture: 'Capture',
  row: (row: number, of: number) => `Row ${formatCount(row)} of ${formatCount(of)}`,
  rows: (of: number) => plural(of, 'row'),
  selected: (count: number) => `${formatCount(count)} selected`,
  loadingView: 'Loading the view',
  lostTitle: 'The connection to Sluice is lost.',
  lostText: 'What is shown may be old.',
  tryNow: 'Try now',
  neverTitle: 'Sluice cannot be reached',
  neverText:
    'This window has no valid key, or Sluice is not running. Start it, and open the address it prints: each run has an address of its own.',
  failedTitle: 'This view failed',
  failedText:
    'Something in it went wrong; your sessions are safe. Choose another view and come back, and report it if it stays.',
} as const;

export const paletteText = {
  title: 'Command palette',
  open: 'Search sessions or run a command',
  placeholder: 'Type a command, or what to look for',
  results: 'Commands',
  filterBy: (text: string) => `Filter sessions by “${text}”`,
  goTo: (id: number) => `Go to session ${id}`,
  current: 'in use',
  recent: 'Recent',
  search: 'Sessions',
  count: (count: number) => plural(count, 'command'),
} as const;

export const groupText = {
  sessions: 'Sessions',
  filter: 'Filter',
  files: 'Import and export',
  capture: 'Capture',
  view: 'Go to',
  settings: 'Appearance',
} as const;

export const frameActionText = {
  startCapturing: 'Start capturing',
  stopCapturing: 'Stop capturing',
  palette: 'Show all commands',
  shortcuts: 'Show keyboard shortcuts',
  show: (view: string) => `Go to ${view}`,
  newRequest: 'New request in the composer',
  importRequests: 'Import requests…',
  theme: { system: 'Theme: follow the system', dark: 'Theme: dark', light: 'Theme: light' },
  density: { compact: 'Rows: compact', normal: 'Rows: normal', relaxed: 'Rows: relaxed' },
} as const;

export const shortcutsText = {
  title: 'Keyboard shortcuts',
  description: 'Single letters act while the list of sessions has the focus.',
  edit: 'Change shortcuts…',
  done: 'Done',
  search: 'Find an action',
  resetAll: 'Reset all',
  change: 'Change',
  changeOf: (label: string) => `Change the keys of ${label}`,
  resetOf: (label: string) => `Reset the keys of ${label}`,
  removeOf: (label: string) => `Take the keys away from ${label}`,
  press: (label: string) => `Press the keys for ${label}`,
  pressNow: 'Press keys…',
  conflict: (label: string) => `“${label}” has these keys.`,
  takeIt: 'Take them from it',
  leaveIt: 'Leave them',
  browserKeeps: 'A browser may keep these keys for itself.',
  full: 'There is no room for more shortcuts of your own: reset some first.',
  marks: 'Mark in a colour',
  list: 'Moving in the list',
  move: 'Next or previous session',
  extend: 'Extend the selection',
  page: 'A page down or up',
  ends: 'First or last session',
  menu: 'Menu of the selected sessions',
  toGrid: 'From the filter or the inspector back to the list',
} as const;
