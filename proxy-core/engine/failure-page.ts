/** The page a client gets when Sluice could not get an answer: what happened and what to do, as HTML or plain text. No scripts, no styles. */

import { bytesOf } from '#model/head-text.ts';
import type { HeaderPair } from '#model/headers.ts';
import type { SessionFailure } from '#model/session.ts';
import type { LocalAnswer } from './engine.ts';
import { failureStatus } from './failure.ts';

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escapeHtml = (text: string) => text.replace(/[&<>"']/g, (char) => ENTITIES[char] ?? char);

/** `accept` is the request's Accept value: HTML is sent only to those that name it. */
export function failurePage(failure: SessionFailure, url: string, accept: string | undefined): LocalAnswer {
  const status = failureStatus(failure.code);
  const html = /\btext\/html\b/i.test(accept ?? '');
  const text = html
    ? `<!doctype html><html lang="en"><meta charset="utf-8"><title>Sluice: ${failure.code}</title>` +
      `<h1>Sluice could not get this page</h1><p>${escapeHtml(failure.detail)}</p>` +
      `<p><code>${escapeHtml(url)}</code></p><p>Code: <code>${failure.code}</code></p></html>\n`
    : `Sluice: ${failure.detail}\nURL: ${url}\nCode: ${failure.code}\n`;
  const body = new TextEncoder().encode(text);
  const headers: HeaderPair[] = [
    ['Content-Type', html ? 'text/html; charset=utf-8' : 'text/plain; charset=utf-8'],
    ['Content-Length', String(body.length)],
    ['Cache-Control', 'no-store'],
    ['X-Sluice-Failure', failure.code],
  ];
  return { status, headers, body };
}

/** The same for a raw socket on which no response object exists: a whole HTTP/1.1 message that closes the connection. */
export function rawFailureMessage(failure: SessionFailure, url: string): Buffer {
  const page = failurePage(failure, url, undefined);
  const fields = page.headers.map(([name, value]) => `${name}: ${value}\r\n`).join('');
  return Buffer.concat([
    bytesOf(`HTTP/1.1 ${page.status} Sluice\r\n${fields}Connection: close\r\n\r\n`),
    page.body,
  ]);
}
