/**
 * Who may use the proxy, when it asks for a user name and a password: reads Proxy-Authorization (RFC 9110 §11.7.2) with the Basic scheme
 * (RFC 7617) and makes the 407 that asks for it. Compares in constant time, keeps nothing, and never says which part was wrong.
 */
import { createHash, timingSafeEqual } from 'node:crypto';
import { type Headers, headerValues } from '#model/headers.ts';
import type { LocalAnswer } from '../engine.ts';
import type { ProxyCredentials } from '../settings.ts';

const digest = (text: string | Uint8Array) => createHash('sha256').update(text).digest();

/** Whether both are the ones that were set; octets of a text are its UTF-8. Takes as long whichever is wrong. */
export function credentialsMatch(
  { username, password }: ProxyCredentials,
  givenName: Uint8Array,
  givenPassword: Uint8Array,
): boolean {
  const names = timingSafeEqual(digest(username), digest(givenName));
  const passwords = timingSafeEqual(digest(password), digest(givenPassword));
  return names && passwords;
}

/** The token68 of the Basic scheme (RFC 7617 §2), decoded and split at its first colon. */
function basic(value: string): [name: Buffer, password: Buffer] | undefined {
  const token = /^basic +([a-z0-9+/_~.-]+=*) *$/i.exec(value)?.[1];
  const pair = Buffer.from(token ?? '', 'base64');
  const colon = pair.indexOf(':');
  return colon < 0 ? undefined : [pair.subarray(0, colon), pair.subarray(colon + 1)];
}

/** `missing`: the client has not tried yet, as most clients do at first. More than one Proxy-Authorization is `wrong`. */
export function proxyAuthorization(
  headers: Headers,
  credentials: ProxyCredentials,
): 'ok' | 'missing' | 'wrong' {
  const values = headerValues(headers, 'proxy-authorization');
  if (values.length === 0) return 'missing';
  const given = values.length === 1 ? basic(values[0] ?? '') : undefined;
  return given && credentialsMatch(credentials, ...given) ? 'ok' : 'wrong';
}

/** The answer to a request without the right credentials, CONNECT or not. The connection may stay: clients ask again on it. */
export function proxyAuthRequired(realm = 'Sluice'): LocalAnswer {
  const body = new TextEncoder().encode(
    'Sluice: this proxy asks for a user name and a password; set them where the client’s proxy is set.\n',
  );
  return {
    status: 407,
    headers: [
      ['Proxy-Authenticate', `Basic realm="${realm.replace(/[\\"]/g, '\\$&')}", charset="UTF-8"`],
      ['Content-Type', 'text/plain; charset=utf-8'],
      ['Content-Length', String(body.length)],
      ['Cache-Control', 'no-store'],
    ],
    body,
  };
}
