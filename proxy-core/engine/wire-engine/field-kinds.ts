/**
 * Recognises the few header fields a proxy must look at, cheaply: it is asked of every field of every message, several times. A name whose
 * length and first letter are not those of one of theirs is not even looked up.
 */

import type { Headers } from '#model/headers.ts';
import { trimSpace } from '../../wire/fields.ts';

export type FieldKind =
  | 'alt-svc'
  | 'connection'
  | 'content-length'
  | 'expect'
  | 'host'
  | 'http2-settings'
  | 'keep-alive'
  | 'max-forwards'
  | 'proxy-authorization'
  | 'proxy-connection'
  | 'te'
  | 'trailer'
  | 'transfer-encoding'
  | 'upgrade';

const KINDS: readonly FieldKind[] = [
  'alt-svc',
  'connection',
  'content-length',
  'expect',
  'host',
  'http2-settings',
  'keep-alive',
  'max-forwards',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
];
/** As most write them: `Content-Length`. */
const usual = (kind: FieldKind) => kind.replace(/\b[a-z]/g, (letter) => letter.toUpperCase());
const BY_NAME = new Map<string, FieldKind>(
  KINDS.flatMap((kind): [string, FieldKind][] => [
    [kind, kind],
    [usual(kind), kind],
  ]),
);

/** A letter's bit, the same for both cases; others share bits with letters, and then the look-up tells. */
const letterBit = (code: number) => 1 << (code & 31);
/** First letters of the names of a length. */
const FIRST_LETTERS = new Uint32Array(32);
for (const kind of KINDS) {
  FIRST_LETTERS[kind.length] = (FIRST_LETTERS[kind.length] ?? 0) | letterBit(kind.charCodeAt(0));
}

/** Which of them `name` is, in any case; undefined for every other field. */
export function fieldKind(name: string): FieldKind | undefined {
  const letters = FIRST_LETTERS[name.length];
  if (letters === undefined || (letters & letterBit(name.charCodeAt(0))) === 0) return undefined;
  return BY_NAME.get(name) ?? BY_NAME.get(name.toLowerCase());
}

/** The members of a comma-separated value, lower case (RFC 9110 §5.6.1). */
export function members(value: string): string[] {
  return value
    .split(',')
    .map((member) => trimSpace(member).toLowerCase())
    .filter((member) => member !== '');
}

/** The value of the first field of that kind; much cheaper than looking for a name. */
export function firstOf(headers: Headers, kind: FieldKind): string | undefined {
  for (const [name, value] of headers) if (fieldKind(name) === kind) return value;
  return undefined;
}
