/**
 * Heads between HTTP/1.1 and HTTP/2 (RFC 9113 §8). In a session an HTTP/2 head has no pseudo-fields: method, target and status stand where
 * they always stand, and the authority is that of the URL. What came on HTTP/2 and goes on by it keeps its very pairs.
 */
import { type HeaderPair, type Headers, headerValue } from '#model/headers.ts';
import type { RequestHead, ResponseHead } from '#model/session.ts';
import { formatAuthority, type Target } from '../target.ts';
import { fieldKind, members } from './field-kinds.ts';

export const HTTP2 = 'HTTP/2.0';

export interface Http2Head<Head> {
  /** What is told to the session; the head given when nothing had to be changed. */
  readonly sent: Head;
  readonly pseudo: Headers;
  readonly headers: Headers;
}

/** Names that Connection fields list; such fields end here. */
function namedIn(headers: Headers): ReadonlySet<string> | undefined {
  let named: Set<string> | undefined;
  for (const [name, value] of headers) {
    if (fieldKind(name) !== 'connection') continue;
    named ??= new Set();
    for (const member of members(value)) named.add(member);
  }
  return named;
}

/** Fields that HTTP/2 forbids (RFC 9113 §8.2.2) taken out, names in small letters (§8.2). */
function fromHttp1(headers: Headers): HeaderPair[] {
  const named = namedIn(headers);
  const fields: HeaderPair[] = [];
  let lengthSaid = false;
  for (const pair of headers) {
    const [name, value] = pair;
    switch (fieldKind(name)) {
      case 'connection':
      case 'keep-alive':
      case 'proxy-connection':
      case 'transfer-encoding':
      case 'upgrade':
      case 'http2-settings':
      case 'proxy-authorization':
      case 'host':
        continue;
      case 'te':
        if (/\btrailers\b/i.test(value)) fields.push(['te', 'trailers']);
        continue;
      case 'content-length':
        // Equal values are one value (RFC 9112 §6.3).
        if (!lengthSaid) fields.push(['content-length', members(value)[0] ?? value]);
        lengthSaid = true;
        continue;
      default: {
        const lower = name.toLowerCase();
        if (named?.has(lower)) continue;
        // HTTP/2 knows no white space around a value, and HTTP/1.1 reads over it.
        fields.push(lower === name ? pair : [lower, value]);
      }
    }
  }
  return fields;
}

/** What ends at this hop of a request that came on HTTP/2. Its Host says what `:authority` says. */
function withoutHop(headers: Headers): HeaderPair[] {
  const fields: HeaderPair[] = [];
  for (const pair of headers) {
    const kind = fieldKind(pair[0]);
    if (kind !== 'host' && kind !== 'proxy-authorization') fields.push(pair);
  }
  return fields;
}

/** RFC 9110 §7.6.2. */
function countDown(fields: readonly HeaderPair[]): HeaderPair[] {
  return fields.map((pair) => {
    if (fieldKind(pair[0]) !== 'max-forwards' || !/^[1-9]\d{0,8}$/.test(pair[1])) return pair;
    return [pair[0], String(Number(pair[1]) - 1)];
  });
}

/** A request as it goes out on HTTP/2. */
export function http2Request(head: RequestHead, target: Target, via: boolean): Http2Head<RequestHead> {
  const same = head.httpVersion === HTTP2;
  let headers = same ? withoutHop(head.headers) : fromHttp1(head.headers);
  const hosts = same ? 1 : 0;
  let changed = headers.length + hosts !== head.headers.length;
  if (head.method === 'TRACE' || head.method === 'OPTIONS') {
    changed ||= headerValue(headers, 'max-forwards') !== undefined;
    headers = countDown(headers);
  }
  if (via) headers.push(['via', `${head.httpVersion.slice('HTTP/'.length)} sluice`]);
  const pseudo: HeaderPair[] = [
    [':method', head.method],
    [':scheme', target.scheme],
    [':authority', target.hostField || formatAuthority(target, target.scheme)],
    [':path', target.path],
  ];
  if (same && !changed && !via && head.target === target.path) return { sent: head, pseudo, headers };
  return {
    sent: { method: head.method, target: target.path, httpVersion: HTTP2, headers },
    pseudo,
    headers,
  };
}

const statusPseudo = new Map<number, Headers>();

function pseudoOf(status: number): Headers {
  const known = statusPseudo.get(status);
  if (known !== undefined) return known;
  const made: Headers = [[':status', String(status)]];
  statusPseudo.set(status, made);
  return made;
}

/** A response, interim or final, as it goes out on HTTP/2. */
export function http2Response(head: ResponseHead, via: boolean): Http2Head<ResponseHead> {
  const pseudo = pseudoOf(head.status);
  if (head.httpVersion === HTTP2 && !via) return { sent: head, pseudo, headers: head.headers };
  const headers = head.httpVersion === HTTP2 ? [...head.headers] : fromHttp1(head.headers);
  if (via) headers.push(['via', `${head.httpVersion.slice('HTTP/'.length)} sluice`]);
  return { sent: { httpVersion: HTTP2, status: head.status, reason: '', headers }, pseudo, headers };
}

/** Trailers as HTTP/2 has them. */
export const http2Trailers = (trailers: Headers): HeaderPair[] =>
  trailers.map((pair) => (pair[0] === pair[0].toLowerCase() ? pair : [pair[0].toLowerCase(), pair[1]]));

/** A request that came on HTTP/2, for an HTTP/1.1 origin: several Cookie fields become one (RFC 9113 §8.2.3). */
export function joinCookies(headers: Headers): HeaderPair[] {
  const crumbs = headers.filter(([name]) => name === 'cookie');
  if (crumbs.length < 2) return headers.map(([name, value]) => [name, value]);
  const joined = crumbs.map(([, value]) => value).join('; ');
  let said = false;
  return headers.flatMap(([name, value]): HeaderPair[] => {
    if (name !== 'cookie') return [[name, value]];
    if (said) return [];
    said = true;
    return [[name, joined]];
  });
}
