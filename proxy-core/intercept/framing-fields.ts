/**
 * Keeps a message's framing right after edits (RFC 9112 §6): what rules made of its head is given the fields that say how long its body
 * is, and digests of a body that has changed are worked out anew (RFC 9530) or taken out. Pure.
 */
import { createHash } from 'node:crypto';
import type { HeaderPair } from '#model/headers.ts';
import type { Framing } from '../wire/framing.ts';

const LENGTH = 'content-length';
const CODED = 'transfer-encoding';

const is = (name: string, wanted: string) => name.length === wanted.length && name.toLowerCase() === wanted;

export interface Framed {
  readonly headers: HeaderPair[];
  readonly framing: Framing;
}

/** Without fields that speak of a body. */
export const withoutFraming = (headers: readonly HeaderPair[]): HeaderPair[] =>
  headers.filter(([name]) => !is(name, LENGTH) && !is(name, CODED));

const isFraming = ([name]: HeaderPair) => is(name, LENGTH) || is(name, CODED);

/**
 * `headers` with fields that say `framing`: those of `came`, the message as it came, for as long as its body is the one that came.
 * `changed`: it is another.
 */
export function framed(
  headers: readonly HeaderPair[],
  framing: Framing,
  came: readonly HeaderPair[],
  changed: boolean,
): HeaderPair[] {
  const old = came.filter(isFraming);
  if (!changed) {
    const kept = headers.filter(isFraming);
    const same = kept.length === old.length && kept.every((pair, i) => pair === old[i]);
    return same ? [...headers] : [...withoutFraming(headers), ...old];
  }
  const plain = withoutFraming(headers);
  const name = old.find(([key]) => is(key, LENGTH))?.[0] ?? 'Content-Length';
  if (framing.kind === 'length') return [...plain, [name, String(framing.length)]];
  if (framing.kind === 'none') return [...plain, [name, '0']];
  return [...plain, ...old.filter(([key]) => is(key, CODED))];
}

/** How a body of another length is delimited: chunks stay chunks, since trailers may follow them. */
export function reframed(framing: Framing, size: number): Framing {
  if (framing.kind === 'chunked' || framing.kind === 'until-close') return framing;
  return size === 0 ? { kind: 'none' } : { kind: 'length', length: size };
}

const ALGORITHMS: Readonly<Record<string, string>> = {
  'sha-256': 'sha256',
  'sha-512': 'sha512',
  sha: 'sha1',
  md5: 'md5',
};
const hash = (algorithm: string, bytes: Buffer) => createHash(algorithm).update(bytes).digest('base64');

/** `content-digest: sha-256=:…:` and `digest: sha-256=…`; members of algorithms that are not known go. */
function digests(value: string, bytes: Buffer, structured: boolean): string | undefined {
  const members = value.split(',').flatMap((member) => {
    const name = (member.split('=', 1)[0] ?? '').trim();
    const algorithm = ALGORITHMS[name.toLowerCase()];
    if (algorithm === undefined) return [];
    const digest = hash(algorithm, bytes);
    return [structured ? `${name}=:${digest}:` : `${name}=${digest}`];
  });
  return members.length === 0 ? undefined : members.join(structured ? ', ' : ',');
}

/** `bytes` is the body as it goes out, after content coding. */
export function withDigests(headers: readonly HeaderPair[], bytes: Buffer): HeaderPair[] {
  return headers.flatMap((pair): HeaderPair[] => {
    const [name, value] = pair;
    switch (name.toLowerCase()) {
      case 'content-md5':
        return [[name, hash('md5', bytes)]];
      case 'content-digest':
      case 'repr-digest':
      case 'digest': {
        const digest = digests(value, bytes, name.toLowerCase() !== 'digest');
        return digest === undefined ? [] : [[name, digest]];
      }
      default:
        return [pair];
    }
  });
}
