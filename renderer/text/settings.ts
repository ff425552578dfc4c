/** What the Settings view says. */
import type { CaptureLosses } from '#model/contract/contract.ts';
import { formatSize, plural } from './format.ts';

export const settingsText = {
  title: 'Settings',
  appearance: 'Appearance',
  theme: 'Theme',
  themes: { system: 'System', dark: 'Dark', light: 'Light' },
  themeHelp: 'System follows the dark or light mode of your computer.',
  density: 'Row height',
  densities: { compact: 'Compact', normal: 'Normal', relaxed: 'Relaxed' },
  densityHelp: 'How close the rows of the session list stand.',
  keys: 'Keyboard',
  commands: 'Commands and their keys',
  keysHelp: 'Single letters act only while the session list has the focus.',
  retention: 'Kept in the capture',
  keepLast: {
    label: 'Keep the last sessions',
    help: 'So many in all; the oldest go first. Marked and commented sessions never go.',
    placeholder: 'all',
  },
  keepBytes: {
    label: 'Keep within a size',
    help: 'On disk, bodies included. The oldest go first; marked and commented ones never.',
    placeholder: 'any size',
  },
  dropBodiesOver: {
    label: 'Leave out bodies over',
    help: 'The session stays, with everything but that body. Traffic is not changed.',
    placeholder: 'none',
  },
  dropped: 'Dropped so far',
  droppedHelp: 'By these limits, in all runs of this capture.',
  droppedSoFar: ({ droppedSessions, droppedBodies, droppedBytes }: CaptureLosses) =>
    droppedSessions === 0 && droppedBodies === 0
      ? 'Nothing'
      : `${plural(droppedSessions, 'session')}, ${plural(droppedBodies, 'body', 'bodies')}, ${formatSize(droppedBytes)}`,
  retentionApply: 'Apply',
  retentionUndo: 'Undo',
  retentionApplied: 'The capture is kept within these limits from now on',
  notACount: 'Type a whole number above 0, or nothing to keep all.',
  notASize: 'Type a size, as 500 MB or 2 GB, or nothing for no limit.',
  tooSmall: (least: string) => `Type at least ${least}, or nothing for no limit.`,
  run: 'This run',
  proxy: 'Proxy address',
  proxyHelp: 'Where clients point their proxy setting.',
  capture: 'Capture',
  captureHelp: 'Everything recorded now goes into this folder.',
  data: 'Data folder',
  dataHelp: 'Certificate, settings and captures.',
  version: 'Version',
  versionOf: (version: string, engine: string) => `Sluice ${version}, engine ${engine}`,
  certificate: 'Certificate',
  file: 'Root certificate',
  fingerprint: 'SHA-256 fingerprint',
  expires: 'Valid until',
  trust: 'How to trust it',
  copy: (what: string) => `Copy: ${what}`,
  reveal: (what: string) => `Show in the file manager: ${what}`,
} as const;
