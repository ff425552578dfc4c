/** What the workbench says of secrets in exports and copies. */
import { formatCount, formatSize, plural } from './format.ts';

export const redactionText = {
  title: (count: number | undefined) =>
    count === undefined ? 'Export' : `Export ${plural(count, 'session')}`,
  looking: (looked: number, total: number) =>
    `Looking for secrets: ${formatCount(looked)} of ${formatCount(total)}`,
  leaves: (count: number, bytes: number) =>
    `${plural(count, 'session')} with ${formatSize(bytes)} of bodies and messages will leave.`,
  secrets: 'Secrets',
  mask: 'Mask',
  asCaptured: 'As captured',
  asCapturedWarning:
    'Cookies, tokens and passwords will be in the file as they were captured. Whoever has it can use them.',
  none: 'No secrets were found in them. Names of hosts, users and what people wrote stay: look before you share.',
  masked: (secrets: number, count: number) =>
    `${plural(secrets, 'secret')} in ${plural(count, 'place')}: each is replaced by a name of its own, the same one everywhere.`,
  list: 'Secrets found',
  maskOne: (kind: string, sample: string) => `Mask ${kind} ${sample}`,
  times: (count: number) => `${formatCount(count)}×`,
  where: (sessions: number, first: number, places: readonly string[]) =>
    `${places.join(', ')} · ${sessions === 1 ? `session ${first}` : `${plural(sessions, 'session')}, first ${first}`}`,
  kept: 'stays as it is',
  more: (count: number) => `and ${plural(count, 'more secret')}`,
  unread: (count: number) => `${plural(count, 'body', 'bodies')} could not be read and will be left out.`,
  pattern: 'Mask also what matches',
  patternHelp:
    'A regular expression (RE2). Its first group, if it has one, is what is masked. Kept for the next export.',
  addPattern: 'Add',
  removePattern: (pattern: string) => `Do not mask what matches ${pattern}`,
  tooManyPatterns: 'No more patterns can be kept: remove one first.',
  previewFailed: 'What leaves could not be looked through',
  export: 'Export',
  settings: 'Sharing',
  copies: 'Secrets in copies',
  copiesHelp: 'In requests that are copied as cURL or fetch, and in addresses. Exports ask each time.',
  copiedMasked: (count: number) => `${plural(count, 'secret')} masked`,
  copyAgain: 'Copy with secrets',
} as const;
