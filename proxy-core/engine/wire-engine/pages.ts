/** Answers that Sluice gives itself: its own pages, and the reason why there is no other answer. */
import { STATUS_CODES } from 'node:http';
import type { LocalAnswer } from '../engine.ts';
import { failurePage } from '../failure-page.ts';
import { headBytes } from './outgoing-response.ts';
import type { ClientStream, Rejection } from './streams.ts';

/** Writes a whole response. A HEAD request gets the head alone (RFC 9110 §9.3.2). */
export function writePage(stream: ClientStream, page: LocalAnswer, method = 'GET'): void {
  const { status, body } = page;
  const headers = page.headers.filter(([name]) => name.toLowerCase() !== 'content-length');
  stream.respond(
    {
      httpVersion: 'HTTP/1.1',
      status,
      reason: STATUS_CODES[status] ?? 'Sluice',
      headers: [...headers, ['Content-Length', String(body.length)]],
    },
    body.length === 0 ? { kind: 'none' } : { kind: 'length', length: body.length },
  );
  if (method !== 'HEAD' && body.length > 0) {
    stream.write(Buffer.from(body.buffer, body.byteOffset, body.length));
  }
  stream.end();
}

/** A failure as a whole message that ends the connection. */
export function pageMessage({ status, failure: reason }: Rejection, url: string): Buffer {
  const page = failurePage(reason, url, undefined);
  const head = headBytes({
    httpVersion: 'HTTP/1.1',
    status,
    reason: 'Sluice',
    headers: [...page.headers, ['Connection', 'close']],
  });
  return Buffer.concat([head, page.body]);
}
