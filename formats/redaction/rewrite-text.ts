/**
 * Secrets in text that has no structure of its own: logs, mails, scripts, comments. What stands behind a telling name and a colon or an
 * equals sign is one where it also looks like one; in scripts only what is quoted, because the rest is code.
 */
import type { Masker } from './masker.ts';
import { percentDecode } from './octets.ts';
import { mayNameSecret, secretKindInText } from './secret-names.ts';

const ASSIGNMENT = /[:=]/g;
const MAX_NAME = 64;
const MAX_VALUE = 8192;
const VALUE_END = /[\s"'`&;,<>(){}[\]|\\]/g;
/** The same, and an equals sign with more behind it: another assignment. Padding of base64 is none. */
const ASSIGNED_END = /[\s"'`&;,<>(){}[\]|\\]|=(?=[^=\s"'`&;,<>(){}[\]|\\])/g;

const isWord = (code: number) =>
  (code >= 48 && code <= 57) ||
  (code >= 65 && code <= 90) ||
  (code >= 97 && code <= 122) ||
  code === 95 ||
  code === 45 ||
  code === 46;
const isQuote = (char: string | undefined) => char === '"' || char === "'" || char === '`';

/** The name that ends before the sign at `at`, quotes and blanks aside; "" where there is none. */
function nameBefore(text: string, at: number): string {
  let end = at;
  while (end > 0 && at - end < 3 && text[end - 1] === ' ') end -= 1;
  // headers["x-api-key"] = …
  if (end > 1 && text[end - 1] === ']' && isQuote(text[end - 2])) end -= 1;
  if (end > 0 && isQuote(text[end - 1])) end -= 1;
  if (end > 0 && text[end - 1] === '\\') end -= 1;
  let start = end;
  while (start > 0 && end - start <= MAX_NAME && isWord(text.charCodeAt(start - 1))) start -= 1;
  return end - start > MAX_NAME ? '' : text.slice(start, end);
}

interface Value {
  readonly start: number;
  readonly end: number;
  readonly quoted: boolean;
}

/** Where the first match of `pattern` at or after `from` is, looked for as far as values go. */
function endAt(pattern: RegExp, text: string, from: number): number {
  const window = text.slice(from, from + MAX_VALUE);
  pattern.lastIndex = 0;
  return from + (pattern.exec(window)?.index ?? window.length);
}

/** The value behind the sign at `at`. */
function valueAfter(text: string, at: number): Value | undefined {
  let start = at + 1;
  while (start - at <= 3 && (text[start] === ' ' || text[start] === '=')) start += 1;
  const escaped = text[start] === '\\' && isQuote(text[start + 1]);
  if (escaped) start += 1;
  const quote = isQuote(text[start]) ? text[start] : undefined;
  if (quote === undefined) {
    const end = endAt(ASSIGNED_END, text, start);
    return end > start ? { start, end, quoted: false } : undefined;
  }
  const window = text.slice(start + 1, start + 1 + MAX_VALUE);
  const length = window.indexOf(quote);
  if (length < 0) return undefined;
  const end = start + 1 + (escaped && window[length - 1] === '\\' ? length - 1 : length);
  return { start: start + 1, end, quoted: true };
}

export type TextKind = 'prose' | 'script';

/** `text` with the named secrets in it masked; the sweep for others is the caller's. */
export function rewriteText(text: string, kind: TextKind, masker: Masker): string {
  let result = '';
  let copied = 0;
  ASSIGNMENT.lastIndex = 0;
  for (let match = ASSIGNMENT.exec(text); match !== null; match = ASSIGNMENT.exec(text)) {
    const name = nameBefore(text, match.index);
    if (name.length < 3 || !mayNameSecret(name)) continue;
    const value = valueAfter(text, match.index);
    if (value === undefined || (kind === 'script' && !value.quoted)) continue;
    const decoded = percentDecode(text.slice(value.start, value.end), false);
    const secret = secretKindInText(name, decoded, value.quoted);
    if (secret === undefined) continue;
    // Once it is a secret, all of the word is.
    const end = value.quoted ? value.end : endAt(VALUE_END, text, value.start);
    const whole = percentDecode(text.slice(value.start, end), false);
    const by = masker.mask(secret, whole);
    if (by === whole) continue;
    result += text.slice(copied, value.start) + by;
    copied = end;
    ASSIGNMENT.lastIndex = end;
  }
  return copied === 0 ? text : result + text.slice(copied);
}
