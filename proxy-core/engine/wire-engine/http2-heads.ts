/**
 * Heads between HTTP/1.1 and HTTP/2 (RFC 9113 §8). In a session an HTTP/2 head has no pseudo-fields: method, target and status stand where
 * they always stand, and the authority is that of the URL. Node gives and takes fields as one flat list of names and values.
 */
import { STATUS_CODES } from 'node:http';
import type { HeaderPair, Headers } from '#model/headers.ts';
import type { RequestHead, ResponseHead } from '#model/session.ts';
import { formatAuthority, type Target } from '../target.ts';
import { fieldKind, members } from './field-kinds.ts';

export const HTTP2 = 'HTTP/2.0';

/** A request's pseudo-fields and the rest. */
export interface Http2Request {
  readonly method: string;
  readonly scheme: string;
  readonly authority: string;
  readonly path: string;
  readonly headers: HeaderPair[];
}

/** Splits Node's flat list of a request. */
export function readHttp2Request(flat: readonly string[]): Http2Request {
  const pseudo = new Map<string, string>();
  const headers: HeaderPair[] = [];
  for (let i = 0; i + 1 < flat.length; i += 2) {
    const name = flat[i] ?? '';
    const value = flat[i + 1] ?? '';
    if (name.startsWith(':')) pseudo.set(name, value);
    else headers.push([name, value]);
  }
  const host = headers.find(([name]) => name === 'host')?.[1] ?? '';
  return {
    method: pseudo.get(':method') ?? '',
    scheme: pseudo.get(':scheme') ?? '',
    authority: pseudo.get(':authority') ?? host,
    path: pseudo.get(':path') ?? '',
    headers,
  };
}

/** Node's flat list of a response as a head. HTTP/2 has no reason phrase. */
export function readHttp2Response(flat: readonly string[]): ResponseHead {
  const headers: HeaderPair[] = [];
  let status = 0;
  for (let i = 0; i + 1 < flat.length; i += 2) {
    const name = flat[i] ?? '';
    if (name === ':status') status = Number(flat[i + 1]);
    else if (!name.startsWith(':')) headers.push([name, flat[i + 1] ?? '']);
  }
  return { httpVersion: HTTP2, status, reason: '', headers };
}

/** Names that Connection fields list; such fields end here. */
function namedIn(headers: Headers): Set<string> {
  return new Set(
    headers.flatMap(([name, value]) => (fieldKind(name) === 'connection' ? members(value) : [])),
  );
}

/** Fields that HTTP/2 forbids (RFC 9113 §8.2.2) taken out, names in lower case (§8.2). */
function lowered(headers: Headers): HeaderPair[] {
  const named = namedIn(headers);
  const fields: HeaderPair[] = [];
  for (const [name, value] of headers) {
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
      default: {
        const lower = name.toLowerCase();
        if (lower === 'content-length' || !named.has(lower)) fields.push([lower, value]);
      }
    }
  }
  return fields;
}

const flatten = (headers: Headers): string[] => headers.flat();

/** A request as it goes out on HTTP/2: the head for the session, and Node's flat list. */
export function http2Request(head: RequestHead, target: Target): { sent: RequestHead; flat: string[] } {
  const headers = lowered(head.headers);
  const authority = target.hostField || formatAuthority(target, target.scheme);
  const flat = [
    ':method',
    head.method,
    ':scheme',
    target.scheme,
    ':authority',
    authority,
    ':path',
    target.path,
    ...flatten(headers),
  ];
  return { sent: { method: head.method, target: target.path, httpVersion: HTTP2, headers }, flat };
}

/** A response as it goes out on HTTP/2. */
export function http2Response(head: ResponseHead): { sent: ResponseHead; flat: string[] } {
  const headers = lowered(head.headers);
  return {
    sent: { httpVersion: HTTP2, status: head.status, reason: '', headers },
    flat: [':status', String(head.status), ...flatten(headers)],
  };
}

/** Whether `headers` are fit for HTTP/2 as they are: then what came is what goes. */
export function sameFields(a: Headers, b: Headers): boolean {
  return a.length === b.length && a.every(([name, value], i) => name === b[i]?.[0] && value === b[i]?.[1]);
}

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

/** The phrase that goes with a status where the origin sent none. */
export const phraseOf = (status: number): string => STATUS_CODES[status] ?? '';
