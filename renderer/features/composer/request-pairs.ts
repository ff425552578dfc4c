/**
 * The parts of a request that are lists of names and values, as rows that can be edited: the query of its address, its cookies, and the credentials
 * of its Authorization. Pure. The address and the header stay the truth: what is not edited in them stays as it is written.
 */
import type { Draft, DraftHeader } from './draft.ts';

export interface Pair {
  readonly name: string;
  readonly value: string;
}

const decoded = (text: string) => {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
};

function cutUrl(url: string): [before: string, query: string | undefined, after: string] {
  const hash = url.indexOf('#');
  const plain = hash < 0 ? url : url.slice(0, hash);
  const at = plain.indexOf('?');
  const after = hash < 0 ? '' : url.slice(hash);
  return at < 0 ? [plain, undefined, after] : [plain.slice(0, at), plain.slice(at + 1), after];
}

const membersOf = (query: string | undefined) =>
  query === undefined || query === '' ? [] : query.split('&');

function pairOf(member: string): Pair {
  const at = member.indexOf('=');
  if (at < 0) return { name: decoded(member), value: '' };
  return { name: decoded(member.slice(0, at)), value: decoded(member.slice(at + 1)) };
}

export const queryOf = (url: string): Pair[] => membersOf(cutUrl(url)[1]).map(pairOf);

/** The address with these members; one that is as it was keeps its spelling. An empty list takes the query away. */
export function withQuery(url: string, pairs: readonly Pair[]): string {
  const [before, query, after] = cutUrl(url);
  const old = membersOf(query).map((member) => ({ member, ...pairOf(member) }));
  const members = pairs.map(({ name, value }) => {
    const same = old.findIndex((one) => one.name === name && one.value === value);
    if (same >= 0) return old.splice(same, 1)[0]?.member ?? '';
    return `${encodeURIComponent(name)}=${encodeURIComponent(value)}`;
  });
  return before + (members.length === 0 ? '' : `?${members.join('&')}`) + after;
}

type Headers = Draft['headers'];
const named = (name: string) => (header: DraftHeader) => header.on && header.name.toLowerCase() === name;

/** `value` undefined takes the fields of that name away. */
function withField(headers: Headers, name: string, value: string | undefined): DraftHeader[] {
  const is = named(name.toLowerCase());
  const at = headers.findIndex(is);
  if (value === undefined) return headers.filter((header) => !is(header));
  if (at < 0) {
    const key = Math.max(0, ...headers.map((header) => header.key)) + 1;
    return [...headers, { key, on: true, name, value }];
  }
  return headers.flatMap((header, i) => (i === at ? [{ ...header, value }] : is(header) ? [] : [header]));
}

export const cookiesOf = (headers: Headers): Pair[] =>
  headers
    .filter(named('cookie'))
    .flatMap(({ value }) => value.split(';'))
    .map((crumb) => crumb.trim())
    .filter((crumb) => crumb !== '')
    .map((crumb) => {
      const at = crumb.indexOf('=');
      return at < 0 ? { name: crumb, value: '' } : { name: crumb.slice(0, at), value: crumb.slice(at + 1) };
    });

export const withCookies = (headers: Headers, cookies: readonly Pair[]): DraftHeader[] =>
  withField(
    headers,
    'Cookie',
    cookies.length === 0 ? undefined : cookies.map(({ name, value }) => `${name}=${value}`).join('; '),
  );

export type Authorization =
  | { readonly kind: 'none' }
  | { readonly kind: 'basic'; readonly user: string; readonly password: string }
  | { readonly kind: 'bearer'; readonly token: string }
  /** Of another scheme: left as it is. */
  | { readonly kind: 'other'; readonly value: string };

const utf8Base64 = (text: string) => btoa(String.fromCharCode(...new TextEncoder().encode(text)));

function basicOf(encoded: string): Authorization {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(
      Uint8Array.from(atob(encoded), (unit) => unit.charCodeAt(0)),
    );
    const colon = text.indexOf(':');
    if (colon >= 0) return { kind: 'basic', user: text.slice(0, colon), password: text.slice(colon + 1) };
  } catch {
    // Not what RFC 7617 says: shown as it is.
  }
  return { kind: 'other', value: `Basic ${encoded}` };
}

export function authorizationOf(headers: Headers): Authorization {
  const value = headers.find(named('authorization'))?.value;
  if (value === undefined) return { kind: 'none' };
  const [, scheme = '', rest = ''] = /^(\S+)\s*(.*)$/s.exec(value) ?? [];
  if (/^basic$/i.test(scheme)) return basicOf(rest.trim());
  if (/^bearer$/i.test(scheme)) return { kind: 'bearer', token: rest };
  return { kind: 'other', value };
}

export function withAuthorization(headers: Headers, wanted: Authorization): DraftHeader[] {
  switch (wanted.kind) {
    case 'none':
      return withField(headers, 'Authorization', undefined);
    case 'basic':
      return withField(headers, 'Authorization', `Basic ${utf8Base64(`${wanted.user}:${wanted.password}`)}`);
    case 'bearer':
      return withField(headers, 'Authorization', `Bearer ${wanted.token}`);
    default:
      return withField(headers, 'Authorization', wanted.value);
  }
}
