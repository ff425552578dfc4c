/** HTTP/1.1 messages to bytes: the inverse of message-reader.ts. Says only what it is given; it adds and corrects nothing. */

import { requestHeadText, responseHeadText } from '#model/head-text.ts';
import type { Headers } from '#model/headers.ts';
import type { RequestHead, ResponseHead } from '#model/session.ts';

const CRLF = Buffer.from('\r\n');

/** Request line, field lines, empty line. */
export function encodeRequestHead(head: RequestHead): Buffer {
  return Buffer.from(requestHeadText(head), 'latin1');
}

/** Status line, field lines, empty line. */
export function encodeResponseHead(head: ResponseHead): Buffer {
  return Buffer.from(responseHeadText(head), 'latin1');
}

/** One chunk (RFC 9112 §7.1) as buffers to write in order; none for no octets, because an empty chunk would end the body. */
export function encodeChunk(data: Buffer, extension = ''): Buffer[] {
  if (data.length === 0) return [];
  return [Buffer.from(`${data.length.toString(16)}${extension}\r\n`, 'latin1'), data, CRLF];
}

/** The last chunk with the trailer section. */
export function encodeLastChunk(trailers: Headers = [], extension = ''): Buffer {
  const lines = trailers.map(([name, value]) => `${name}: ${value}\r\n`).join('');
  return Buffer.from(`0${extension}\r\n${lines}\r\n`, 'latin1');
}
