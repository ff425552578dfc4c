/** Writing to clients what did not come from an origin as it stands: own pages and interim heads. */
import type { ServerResponse } from 'node:http';
import type { ResponseHead } from '#model/session.ts';
import type { LocalAnswer } from '../engine.ts';
import { flatten, responseFields } from '../fields.ts';

/** Answers with a page; `close` ends the connection after it. */
export function writePage(response: ServerResponse, page: LocalAnswer, close = false): void {
  if (response.destroyed || response.headersSent) return;
  if (close) response.shouldKeepAlive = false;
  response.writeHead(page.status, flatten(page.headers));
  response.end(page.body);
}

/** A 1xx head as it goes to the client (RFC 9110 §15.2), in latin1. */
export function informationalMessage(head: ResponseHead): string {
  const fields = responseFields(head.headers, '1.1').map(([name, value]) => `${name}: ${value}\r\n`);
  return `HTTP/1.1 ${head.status} ${head.reason}\r\n${fields.join('')}\r\n`;
}
