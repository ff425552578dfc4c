/** What Fiddler's QuickExec words are called in the palette. */
export const quickText = {
  section: 'QuickExec',
  start: 'Start capturing',
  stop: 'Stop capturing',
  status: 'Say how the capture stands',
  show: 'Show the inspector',
  hide: 'Hide the inspector',
  clear: 'Clear all sessions…',
  dump: 'Export all…',
  help: 'Show keyboard shortcuts',
  filter: (text: string) => `Filter: ${text}`,
  noBreaks: 'Take all breakpoints away',
  breakOn: (filter: string, at: string) =>
    `Break at each ${at === 'response' ? 'response' : 'request'} with ${filter}`,
  breaksSet: (filter: string) => `Breakpoint set: ${filter}`,
  breaksGone: 'No breakpoints are set',
  stands: (capturing: boolean, sessions: string, rate: string) =>
    `${capturing ? 'Capturing' : 'Paused'}: ${sessions}, ${rate}/s`,
} as const;
