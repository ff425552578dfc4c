/**
 * Heads as HTTP/1.1 text (RFC 9112 §2.1): the form in which raw views show them and evidence ranges count them. Byte strings in, byte
 * string out (one unit per octet). Heads of HTTP/2 are shown in the same form.
 */

import type { Headers } from './headers.ts';
import type { RequestHead, ResponseHead } from './session.ts';

const fieldLines = (headers: Headers) => headers.map(([name, value]) => `${name}: ${value}\r\n`).join('');

/** Request line, field lines and the empty line. */
export function requestHeadText(head: RequestHead): string {
  return `${head.method} ${head.target} ${head.httpVersion}\r\n${fieldLines(head.headers)}\r\n`;
}

/** Status line, field lines and the empty line. */
export function responseHeadText(head: ResponseHead): string {
  return `${head.httpVersion} ${head.status} ${head.reason}\r\n${fieldLines(head.headers)}\r\n`;
}

/** `head` without `raw` where that says nothing more than the pairs do. */
export function plainRequestHead(head: RequestHead): RequestHead {
  const { raw, ...plain } = head;
  return raw === undefined || raw === requestHeadText(head) ? plain : head;
}

/** The same of a response's head. */
export function plainResponseHead(head: ResponseHead): ResponseHead {
  const { raw, ...plain } = head;
  return raw === undefined || raw === responseHeadText(head) ? plain : head;
}

/** A byte string as bytes; units above 0xFF keep their low octet only, so give it byte strings alone. */
export function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  return bytes;
}
