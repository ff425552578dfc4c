/**
 * Fiddler's QuickExec words, as the palette takes them: what the line means here, or undefined where it is none of them. Decides only;
 * Palette.tsx does it. Breakpoints are set in the place of those there are, and a word without its argument takes them away, as there.
 */
import type { Breakpoint } from '#model/rules/paused.ts';
import { quickText } from '../../text/quick-exec.ts';

export type QuickCommand =
  | { readonly kind: 'run'; readonly action: string; readonly label: string }
  | { readonly kind: 'capture'; readonly on: boolean; readonly label: string }
  | { readonly kind: 'inspector'; readonly open: boolean; readonly label: string }
  | { readonly kind: 'filter'; readonly text: string; readonly label: string }
  | { readonly kind: 'status'; readonly label: string }
  | { readonly kind: 'break'; readonly breakpoints: readonly Breakpoint[]; readonly label: string };

const quoted = (text: string) => `"${text.replace(/[\\"]/g, '\\$&')}"`;

const filterBy = (text: string): QuickCommand => ({ kind: 'filter', text, label: quickText.filter(text) });

function breakWhere(filter: string | undefined, at: Breakpoint['at']): QuickCommand {
  if (filter === undefined) return { kind: 'break', breakpoints: [], label: quickText.noBreaks };
  return { kind: 'break', breakpoints: [{ filter, at }], label: quickText.breakOn(filter, at) };
}

type Word = (argument: string) => QuickCommand | undefined;
/** Undefined: the word takes no argument, and there is one. */
const alone =
  (command: QuickCommand): Word =>
  (argument) =>
    argument === '' ? command : undefined;
const clear = alone({ kind: 'run', action: 'sessions.clear', label: quickText.clear });
const byMethod: Word = (method) =>
  breakWhere(method === '' ? undefined : `method=${method.toUpperCase()}`, 'request');
const byAnswer: Word = (text) => breakWhere(text === '' ? undefined : `url:${quoted(text)}`, 'response');

const WORDS: Readonly<Record<string, Word>> = {
  start: alone({ kind: 'capture', on: true, label: quickText.start }),
  stop: alone({ kind: 'capture', on: false, label: quickText.stop }),
  status: alone({ kind: 'status', label: quickText.status }),
  show: alone({ kind: 'inspector', open: true, label: quickText.show }),
  hide: alone({ kind: 'inspector', open: false, label: quickText.hide }),
  clear,
  cls: clear,
  // A browser chooses the folder itself.
  dump: () => ({ kind: 'run', action: 'export.all', label: quickText.dump }),
  help: alone({ kind: 'run', action: 'app.shortcuts', label: quickText.help }),
  bpu: (text) => breakWhere(text === '' ? undefined : `url:${quoted(text)}`, 'request'),
  bpv: byMethod,
  bpm: byMethod,
  bps: (status) =>
    status === '' || /^\d{3}$/.test(status)
      ? breakWhere(status === '' ? undefined : `status=${status}`, 'response')
      : undefined,
  bpafter: byAnswer,
  bpa: byAnswer,
  select: (type) => (type === '' ? undefined : filterBy(`type:${quoted(type)}`)),
};

/** `?text`, `@host`, `=404`, `=POST`, `>40000`, `<5kb`. */
function bySign(text: string): QuickCommand | undefined {
  const rest = text.slice(1).trim();
  if (rest === '') return undefined;
  if (text.startsWith('?')) return filterBy(`url:${quoted(rest)}`);
  if (text.startsWith('@')) return filterBy(`host:${quoted(rest)}`);
  if (text.startsWith('=') && /^\d{3}$/.test(rest)) return filterBy(`status=${rest}`);
  if (text.startsWith('=') && /^[a-z]+$/i.test(rest)) return filterBy(`method=${rest.toUpperCase()}`);
  const size = /^[<>]\s*(\d+)(k|kb)?$/i.exec(text);
  return size ? filterBy(`size${text[0]}${size[1]}${size[2] ? 'kb' : ''}`) : undefined;
}

export function quickExec(line: string): QuickCommand | undefined {
  const text = line.trim();
  if (/^[?@=<>]/.test(text)) return bySign(text);
  const [, word = '', argument = ''] = /^(\S+)\s*(.*)$/s.exec(text) ?? [];
  const found = Object.hasOwn(WORDS, word.toLowerCase()) ? WORDS[word.toLowerCase()] : undefined;
  return found?.(argument.trim());
}
