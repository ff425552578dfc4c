/**
 * Recognises the few header fields a proxy must look at, cheaply: it is asked of every field of every message. A name of another length
 * than theirs is not even lower-cased.
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
const BY_NAME = new Map<string, FieldKind>(KINDS.map((kind) => [kind, kind]));
const LENGTHS = new Uint8Array(32);
for (const { length } of KINDS) LENGTHS[length] = 1;

/** Which of them `name` is, in any case; undefined for every other field. */
export function fieldKind(name: string): FieldKind | undefined {
  if (LENGTHS[name.length] !== 1) return undefined;
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
