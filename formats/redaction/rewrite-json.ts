/**
 * Secrets in JSON by the names of their keys, in place: what is not a secret stays octet for octet, and what was JSON stays JSON. Reads a
 * sequence of texts too (NDJSON), and of a text that is cut or broken as far as it makes sense.
 */
import { closingQuote } from '#model/json-text.ts';
import type { Masker } from './masker.ts';
import { jsonEscape, jsonUnescape } from './octets.ts';
import type { Inner } from './rewrite-fields.ts';
import { mayNameSecret, secretKind } from './secret-names.ts';

interface Level {
  readonly array: boolean;
  /** The key that the values of an array stand under. */
  readonly name: string;
  /** `{"name": "password", "value": …}`: what the value beside is called. */
  called: string;
}

const MAX_DEPTH = 1000;
const NUMBER = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
/** Everything between strings, numbers and brackets. */
const NOTHING = /[^"{}[\]\d-]+/y;
const CALLS = /^(?:name|key|field|header|param|parameter|id)$/i;
const VALUES = /^(?:value|val|content|data)$/i;
/** Values that cannot hide anything the sweep over the whole text would not see. */
const PLAIN = /^[^\\%=:{[<]*$/;

export function rewriteJson(text: string, masker: Masker, inner: Inner): string {
  const levels: Level[] = [];
  const pieces: string[] = [];
  let copied = 0;
  let key: string | undefined;
  let at = 0;

  const replace = (start: number, end: number, by: string) => {
    pieces.push(text.slice(copied, start), by);
    copied = end;
  };
  const nameHere = (): string => {
    const top = levels.at(-1);
    if (top === undefined) return '';
    if (top.array) return top.name;
    return key !== undefined && VALUES.test(key) && top.called !== '' ? top.called : (key ?? '');
  };
  const onString = (start: number, end: number) => {
    const raw = text.slice(start, end);
    const name = nameHere();
    const value = mayNameSecret(name) || !PLAIN.test(raw) ? jsonUnescape(raw) : raw;
    const kind = secretKind(name, value);
    const rewritten =
      kind !== undefined ? masked(kind, value, masker) : PLAIN.test(raw) ? value : inner(value);
    if (rewritten !== value) replace(start, end, jsonEscape(rewritten));
    const top = levels.at(-1);
    if (top !== undefined && !top.array && key !== undefined && CALLS.test(key)) top.called = value;
    key = undefined;
  };

  while (at < text.length) {
    const char = text[at];
    if (char === '{' || char === '[') {
      if (levels.length >= MAX_DEPTH) break;
      levels.push({ array: char === '[', name: nameHere(), called: '' });
      key = undefined;
      at += 1;
    } else if (char === '}' || char === ']') {
      levels.pop();
      key = undefined;
      at += 1;
    } else if (char === '"') {
      const end = closingQuote(text, at);
      if (end < 0) break;
      const top = levels.at(-1);
      if (top !== undefined && !top.array && key === undefined) key = jsonUnescape(text.slice(at + 1, end));
      else onString(at + 1, end);
      at = end + 1;
    } else {
      NUMBER.lastIndex = at;
      const number = NUMBER.exec(text)?.[0];
      if (number !== undefined) {
        const kind = secretKind(nameHere(), number);
        if (kind !== undefined) replace(at, at + number.length, `"${masker.mask(kind, number)}"`);
        key = undefined;
        at += number.length;
        continue;
      }
      NOTHING.lastIndex = at;
      const skipped = NOTHING.exec(text)?.[0] ?? char ?? ' ';
      // true, false, null: a value, after which comes a key.
      if (key !== undefined && /[a-z]/.test(skipped)) key = undefined;
      at += skipped.length;
    }
  }
  if (pieces.length === 0) return text;
  return pieces.join('') + text.slice(copied);
}

/** "Bearer SECRET" keeps its first word. */
export function masked(kind: string, value: string, masker: Masker): string {
  const scheme = /^[A-Za-z]{3,12} +(?=\S)/.exec(value)?.[0] ?? '';
  if (kind === 'password' || scheme === '') return masker.mask(kind, value);
  return scheme + masker.mask(kind, value.slice(scheme.length));
}
