/** What can be typed at a breakpoint, as a small language: each line edits what is paused, or says how it goes on. Pure. */

import { writeValue } from '#model/filter/print.ts';
import { FieldValue, WritableName } from '#model/rules/parts.ts';
import type { Breakpoint, PausedItem, PausedResolution } from '#model/rules/paused.ts';
import { safeLine } from '#model/safe-text.ts';

/** What is paused as it has been edited so far. */
export type Edited = Extract<PausedResolution, { kind: 'go' }>;

export type Typed =
  | { readonly kind: 'edited'; readonly edited: Edited }
  | { readonly kind: 'resolved'; readonly resolution: PausedResolution; readonly all?: boolean }
  | { readonly kind: 'show'; readonly text: string };

export const HELP = [
  'go (or an empty line)    goes on, with what was edited',
  'all                      this and everything else that is paused goes on',
  'drop                     the connection is cut, or the message left out',
  'answer STATUS [TEXT]     answers the request',
  'set NAME: VALUE          sets a header field',
  'unset NAME               takes a header field out',
  'method NAME, url URL     of a request',
  'status NUMBER            of a response',
  'body TEXT                \\n stands for a line end',
  'edit                     opens headers and body in $VISUAL or $EDITOR',
  'show                     headers and body as they stand',
  'bpu TEXT                 pause at requests whose URL has TEXT in it; without TEXT no more',
  'bpa TEXT                 the same at their responses; bpm METHOD, bps STATUS: by those',
].join('\n');

const show = (text: string): Typed => ({ kind: 'show', text });
const unescaped = (text: string) =>
  text.replace(/\\([nrt\\])/g, (_, char: string) => ({ n: '\n', r: '\r', t: '\t' })[char] ?? '\\');

/** Breakpoints as Fiddler's command line sets them: another of its kind takes its place, an empty one takes it away. */
const QUICK: Readonly<
  Record<string, { readonly at: Breakpoint['at']; readonly filter: (text: string) => string }>
> = {
  bpu: { at: 'request', filter: (text) => `url:${writeValue(text)}` },
  bpa: { at: 'response', filter: (text) => `url:${writeValue(text)}` },
  bpafter: { at: 'response', filter: (text) => `url:${writeValue(text)}` },
  bpm: { at: 'request', filter: (text) => `method=${writeValue(text.toUpperCase())}` },
  bpv: { at: 'request', filter: (text) => `method=${writeValue(text.toUpperCase())}` },
  bps: { at: 'response', filter: (text) => `status=${writeValue(text)}` },
};

/** The breakpoints after that line; undefined: it sets none. */
export function breakpointsAfter(line: string, before: readonly Breakpoint[]): Breakpoint[] | undefined {
  const [, word = '', text = ''] = /^(bp\w+)\s*(.*)$/i.exec(line.trim()) ?? [];
  const name = word.toLowerCase();
  const quick = Object.hasOwn(QUICK, name) ? QUICK[name] : undefined;
  if (quick === undefined) return undefined;
  const field = quick.filter('x').replace(/[:=]x$/i, '');
  const others = before.filter(({ filter, at }) => at !== quick.at || !filter.startsWith(field));
  return text === '' ? others : [...others, { filter: quick.filter(text), at: quick.at }];
}

/** One line for the list of what is paused. */
export function pausedLine({ id, at, method, url, status, direction }: PausedItem): string {
  const what =
    at === 'response' ? `response ${status} to` : at === 'message' ? `message ${direction} on` : 'request';
  return safeLine(`[${id}] ${what} ${method} ${url}`);
}

/** Head and body as they stand. */
export function pausedText(item: PausedItem, edited: Edited): string {
  const { method = item.method, url = item.url, status = item.status, headers = item.headers } = edited;
  const content = edited.content ?? item.content;
  const line =
    item.at === 'response' ? `${status} ${edited.reason ?? item.reason ?? ''}`.trim() : `${method} ${url}`;
  const head =
    item.at === 'message' ? [] : [line, ...headers.map(([name, value]) => `${name}: ${value}`), ''];
  return [...head, content === undefined ? '' : Buffer.from(content).toString('utf8')].join('\n');
}

/** The text of `pausedText` after somebody has edited it. A text for people: a wrong line says so. */
export function readPausedText(item: PausedItem, text: string): Edited | string {
  if (item.at === 'message') return { kind: 'go', content: new Uint8Array(Buffer.from(text)) };
  const blank = text.indexOf('\n\n');
  const [line = '', ...fields] = (blank < 0 ? text.trimEnd() : text.slice(0, blank)).split('\n');
  const content = new Uint8Array(Buffer.from(blank < 0 ? '' : text.slice(blank + 2)));
  const headers: [string, string][] = [];
  for (const field of fields) {
    const colon = field.indexOf(':');
    if (colon < 1) return `"${field}" is no header field: write NAME: VALUE.`;
    headers.push([field.slice(0, colon), field.slice(colon + 1).trim()]);
  }
  const [first = '', rest = ''] = [line.split(' ', 1)[0], line.slice(line.indexOf(' ') + 1).trim()];
  const body = item.content === undefined ? {} : { content };
  if (item.at === 'response') {
    const status = Number(first);
    if (!Number.isInteger(status)) return `The first line begins with the status; "${first}" is none.`;
    return { kind: 'go', status, ...(line.includes(' ') ? { reason: rest } : {}), headers, ...body };
  }
  return { kind: 'go', method: first, url: rest, headers, ...body };
}

function answer(argument: string): Typed {
  const [, digits, , text = ''] = /^(\d{3})( (.*))?$/s.exec(argument) ?? [];
  const status = Number(digits);
  if (digits === undefined || status < 200 || status > 599)
    return show('Write answer STATUS TEXT, with a status from 200 to 599.');
  return {
    kind: 'resolved',
    resolution: {
      kind: 'answer',
      status,
      headers: [['Content-Type', 'text/plain; charset=utf-8']],
      content: new Uint8Array(Buffer.from(unescaped(text))),
    },
  };
}

function set(item: PausedItem, edited: Edited, argument: string): Typed {
  const colon = argument.indexOf(':');
  const name = WritableName.safeParse(argument.slice(0, Math.max(0, colon)).trim());
  const value = FieldValue.safeParse(argument.slice(colon + 1).trim());
  if (!name.success || !value.success) {
    return show(
      name.error?.issues[0]?.message ?? value.error?.issues[0]?.message ?? 'Write set NAME: VALUE.',
    );
  }
  const headers = edited.headers ?? item.headers;
  const wanted = name.data.toLowerCase();
  const others = headers.filter(([key]) => key.toLowerCase() !== wanted);
  return { kind: 'edited', edited: { ...edited, headers: [...others, [name.data, value.data]] } };
}

/** What `line` means for `item`, edited so far as `edited` says. "edit" is the caller's. */
export function typedAt(item: PausedItem, edited: Edited, line: string): Typed {
  const [command = '', argument = ''] = [line.trim().split(/\s/, 1)[0], line.trim().replace(/^\S+\s*/, '')];
  switch (command.toLowerCase()) {
    case '':
    case 'go':
    case 'g':
      return { kind: 'resolved', resolution: edited };
    case 'all':
      return { kind: 'resolved', resolution: edited, all: true };
    case 'drop':
      return { kind: 'resolved', resolution: { kind: 'drop' } };
    case 'answer':
      return item.at === 'message' ? show('A message has no answer.') : answer(argument);
    case 'set':
      return set(item, edited, argument);
    case 'unset': {
      const headers = edited.headers ?? item.headers;
      const wanted = argument.toLowerCase();
      return {
        kind: 'edited',
        edited: { ...edited, headers: headers.filter(([name]) => name.toLowerCase() !== wanted) },
      };
    }
    case 'method':
      return { kind: 'edited', edited: { ...edited, method: argument } };
    case 'url':
      return { kind: 'edited', edited: { ...edited, url: argument } };
    case 'status':
      return /^[2-5]\d\d$/.test(argument)
        ? { kind: 'edited', edited: { ...edited, status: Number(argument) } }
        : show('A status is a number from 200 to 599.');
    case 'body':
      return {
        kind: 'edited',
        edited: { ...edited, content: new Uint8Array(Buffer.from(unescaped(argument))) },
      };
    case 'show':
      return show(pausedText(item, edited).split('\n').map(safeLine).join('\n'));
    default:
      return show(HELP);
  }
}
