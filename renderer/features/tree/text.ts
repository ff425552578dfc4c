/** What the tree of hosts, the focus sets, the presets against noise and the line of what a list is narrowed to say. */
import type { NoiseId } from '../../state/scope.ts';
import { formatCount, plural } from '../../text/format.ts';

export const treeText = {
  panel: 'Hosts and paths',
  hosts: 'Hosts',
  empty: 'Hosts appear here with their first request.',
  noHost: '(no host)',
  slash: '/',
  counting: 'counting…',
  findings: (count: number) => plural(count, 'finding'),
  errorWord: (count: number) => (count === 1 ? 'error' : 'errors'),
  sessionWord: (count: number) => (count === 1 ? 'session' : 'sessions'),
  errors: (count: number) => `${plural(count, 'error')}: failed, or answered with 400 or above`,
  more: (count: number) => `${plural(count, 'more session')} in places with few`,
  menu: 'Actions of the place',
  only: 'Show only this',
  notOnly: 'Show the others too',
  include: 'Show this too',
  notInclude: 'Take this out again',
  exclude: 'Hide this',
  notExclude: 'Show this again',
  newTab: 'Open in a new tab',
  copy: 'Copy the address',
  collapse: 'Close all',

  sets: 'Focus sets',
  setsEmpty: 'Keep what the list shows now under a name.',
  saveSet: 'Save as a focus set',
  setName: 'Name of the focus set',
  removeSet: (name: string) => `Remove the focus set ${name}`,
  tooManySets: (most: number) => `At most ${most} focus sets are kept. Remove one first.`,

  noise: 'Noise',
  noiseHelp: 'Hidden from the list, captured all the same',
  noises: { telemetry: 'Telemetry', static: 'Static files' } satisfies Record<NoiseId, string>,
  hide: (what: string) => `Hide ${what.toLowerCase()}`,

  scope: 'The list is narrowed',
  hidden: (count: number, what: string) => `${formatCount(count)} hidden: ${what}`,
  hiddenNoise: (what: string) => `Hidden: ${what}`,
  without: (what: string) => `not ${what}`,
  remove: (what: string) => `Take away: ${what}`,
  removeNoise: (what: string) => `Show ${what.toLowerCase()} again`,
  removeAll: 'Show everything',
} as const;
