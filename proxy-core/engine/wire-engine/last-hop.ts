/** Max-Forwards (RFC 9110 §7.6.2): a TRACE or OPTIONS that may go no further is answered here. */

import { bytesOf, requestHeadText } from '#model/head-text.ts';
import { headerValue } from '#model/headers.ts';
import type { RequestHead } from '#model/session.ts';
import type { LocalAnswer } from '../engine.ts';

/** Never reflected (RFC 9110 §9.3.8): a page that can send TRACE must not read them. */
const SECRET = new Set(['authorization', 'proxy-authorization', 'cookie']);
const METHODS = 'GET, HEAD, POST, PUT, DELETE, CONNECT, OPTIONS, TRACE, PATCH';

/** The answer of the last hop, or undefined when the request goes on. */
export function lastHopAnswer(head: RequestHead): LocalAnswer | undefined {
  if (head.method !== 'TRACE' && head.method !== 'OPTIONS') return undefined;
  if (!/^0+$/.test(headerValue(head.headers, 'max-forwards') ?? '')) return undefined;
  if (head.method === 'OPTIONS') {
    return { status: 200, headers: [['Allow', METHODS]], body: new Uint8Array() };
  }
  const { raw: _, ...plain } = head;
  const headers = head.headers.filter(([name]) => !SECRET.has(name.toLowerCase()));
  const body = bytesOf(requestHeadText({ ...plain, headers }));
  return { status: 200, headers: [['Content-Type', 'message/http']], body };
}
