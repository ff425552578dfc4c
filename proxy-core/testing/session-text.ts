/**
 * Sessions as text, for the tests of checks: a request, a line of "---", a response; either may be left out. «Guillemets» mark what the
 * evidence must point at. "GET /x" is of https://api.acme.test; a response begins with its status. Lines may be indented.
 */
import type { HeaderPair } from '#model/headers.ts';
import type { SessionOverrides } from './session-factory.ts';

export interface MarkedSession {
  readonly session: SessionOverrides;
  /** In order of appearance. */
  readonly marked: readonly string[];
}

interface Message {
  readonly first: string;
  readonly headers: HeaderPair[];
  readonly body: string;
}

function message(text: string): Message {
  const lines = text.trimStart().split('\n');
  const blank = lines.findIndex((line) => line.trim() === '');
  const head = blank < 0 ? lines : lines.slice(0, blank);
  const headers = head.slice(1).map((line): HeaderPair => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon).trim(), line.slice(colon + 1).trim()];
  });
  const body = blank < 0 ? '' : lines.slice(blank + 1).map((line) => line.trimStart());
  return { first: (head[0] ?? '').trim(), headers, body: body === '' ? '' : body.join('\n').trimEnd() };
}

const ORIGIN = 'https://api.acme.test';

/** @throws Error when there is neither a request nor a response in it */
export function sessionText(text: string): MarkedSession {
  const marked = Array.from(text.matchAll(/«([^»]*)»/g), ([, inside = '']) => inside);
  const plain = text.replaceAll(/[«»]/g, '');
  const parts = plain.split(/^\s*---\s*$/m);
  const isResponse = (part: string | undefined) => /^\s*\d{3}\b/.test(part ?? '');
  const [asked, answered] = isResponse(parts[0]) ? ['GET /x', parts[0]] : [parts[0], parts[1]];
  if (asked === undefined || asked.trim() === '') throw new Error(`no request in ${text}`);
  const request = message(asked);
  const [method = 'GET', target = '/'] = request.first.split(' ');
  const url = target.startsWith('/') ? `${ORIGIN}${target}` : target;
  const session: SessionOverrides = {
    method,
    url,
    requestHeaders: [['Host', new URL(url).host], ...request.headers],
    requestBody: request.body,
  };
  if (answered === undefined)
    return { session: { ...session, responseHeaders: [], responseBody: '' }, marked };
  const response = message(answered);
  const [status = '200', ...reason] = response.first.split(' ');
  return {
    marked,
    session: {
      ...session,
      status: Number(status),
      reason: reason.join(' ') || 'OK',
      responseHeaders: response.headers,
      responseBody: response.body,
    },
  };
}
