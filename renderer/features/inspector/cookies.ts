/** Cookies of a session: what the client sent (RFC 6265 §4.2) and what the server set, with attributes and what is unwise about them. */
import { type Headers, headerValues } from '#model/headers.ts';

export interface SentCookie {
  readonly name: string;
  readonly value: string;
}

export interface SetCookie extends SentCookie {
  readonly domain: string | undefined;
  readonly path: string | undefined;
  /** As the server wrote it; Max-Age, in seconds, wins over it. */
  readonly expires: string | undefined;
  readonly maxAge: number | undefined;
  readonly secure: boolean;
  readonly httpOnly: boolean;
  readonly sameSite: string | undefined;
  readonly partitioned: boolean;
  /** The server asks for the cookie's removal. */
  readonly removes: boolean;
}

function pairOf(text: string): SentCookie {
  const at = text.indexOf('=');
  return at < 0
    ? { name: '', value: text.trim() }
    : { name: text.slice(0, at).trim(), value: text.slice(at + 1).trim() };
}

/** Cookies of every Cookie field, in order, duplicates kept. */
export function sentCookies(headers: Headers): SentCookie[] {
  return headerValues(headers, 'cookie')
    .flatMap((value) => value.split(';'))
    .filter((part) => part.trim() !== '')
    .map(pairOf);
}

/** One Set-Cookie value, read as browsers do (RFC 6265 §5.2). `now` decides whether Expires lies in the past. */
export function parseSetCookie(value: string, now: number): SetCookie {
  const [first = '', ...rest] = value.split(';');
  const attributes = new Map<string, string>();
  for (const part of rest) {
    const { name, value: attribute } = pairOf(part);
    // An attribute without a value parses as a nameless pair.
    if (name === '') attributes.set(attribute.toLowerCase(), '');
    else attributes.set(name.toLowerCase(), attribute);
  }
  const maxAgeText = attributes.get('max-age') ?? '';
  const maxAge = /^-?\d+$/.test(maxAgeText) ? Number(maxAgeText) : undefined;
  const expires = attributes.get('expires');
  const expiresAt = expires === undefined ? Number.NaN : Date.parse(expires);
  return {
    ...pairOf(first),
    domain: attributes.get('domain')?.replace(/^\./, '').toLowerCase() || undefined,
    path: attributes.get('path') || undefined,
    expires,
    maxAge,
    secure: attributes.has('secure'),
    httpOnly: attributes.has('httponly'),
    sameSite: attributes.get('samesite') || undefined,
    partitioned: attributes.has('partitioned'),
    removes: maxAge !== undefined ? maxAge <= 0 : expiresAt < now,
  };
}

/** Cookies that the response sets, in order. */
export function setCookies(headers: Headers, now: number): SetCookie[] {
  return headerValues(headers, 'set-cookie').map((value) => parseSetCookie(value, now));
}
