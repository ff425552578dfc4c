/** What the scripts' part of the rules view says. Apart from the other texts, so that it comes with what shows it. */
import { plural } from '../../text/format.ts';

export const scriptsText = {
  title: 'Scripts',
  list: 'Scripts',
  loading: 'Loading the scripts…',
  add: 'New script',
  emptyTitle: 'No scripts yet',
  empty:
    'A script is TypeScript that takes part in traffic where rules do not reach: it sees requests, answers and messages, and changes them. It runs in a sandbox, without files, network or programs.',
  folder: 'Saved in',
  on: (name: string) => `${name} is on`,
  running: 'runs',
  isOff: 'off',
  failed: 'failed',
  starting: 'starts…',
  calls: (count: number) => plural(count, 'call'),
  parts: (hooks: readonly string[]) => (hooks.length === 0 ? 'takes part in nothing yet' : hooks.join(', ')),
  source: 'Source of the script',
  save: 'Save',
  revert: 'Revert',
  saved: 'Script saved',
  remove: 'Delete',
  removeTitle: (name: string) => `Delete ${name}?`,
  removeText: 'Its file goes too.',
  fixed: 'A rule or the command line runs it.',
  problem: (line: number | undefined, message: string) =>
    `${line === undefined ? '' : `Line ${line}: `}${message}`,
  off: 'The script was switched off; traffic goes on without it.',
  console: 'Console',
  consoleEmpty: 'What the script writes with console.log stands here.',
} as const;

/** A script to begin with: every hook, doing nothing. */
export const FIRST_SOURCE = `import type { Request, Response, SentRequest } from 'sluice';

/** For which requests, in the filter language. */
export const filter = '';

export function request(request: Request): void {
  console.log(request.method, request.url);
}

export async function response(response: Response, request: SentRequest): Promise<void> {
  // response.headers.set('X-Changed-By', 'a script');
}
`;

/** The first free name of its kind. */
export function freeScriptName(taken: readonly string[]): string {
  for (let number = 1; ; number += 1) {
    const name = `script-${number}.ts`;
    if (!taken.includes(name)) return name;
  }
}
