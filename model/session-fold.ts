/**
 * Folds capture events into a session: the one place that says what a session's fields mean in terms of what was seen on the wire.
 * Pure; keeps sizes of bodies and the number of messages, never their bytes.
 */
import type { CaptureEvent } from './capture-event.ts';
import { plainRequestHead, plainResponseHead } from './head-text.ts';
import { type Headers, headerValue, parseMediaType } from './headers.ts';
import type { RequestHead, Session, SessionRow } from './session.ts';

export type BeginEvent = Extract<CaptureEvent, { type: 'begin' }>;

const DEFAULT_PORTS: Readonly<Record<string, number>> = { http: 80, https: 443 };

/** Where a URL points, read leniently and without changing what stood on the wire. `path` includes the query. */
export interface UrlParts {
  readonly scheme: string;
  /** Lower case; IPv6 in brackets. */
  readonly host: string;
  /** 0 when neither the URL nor its scheme names one. */
  readonly port: number;
  readonly path: string;
}

/** Splits an absolute URL (RFC 3986 §3) without normalising its path. Never throws: what is missing comes back empty. */
export function splitUrl(url: string): UrlParts {
  const schemeEnd = url.indexOf('://');
  const scheme = schemeEnd < 0 ? '' : url.slice(0, schemeEnd).toLowerCase();
  const rest = schemeEnd < 0 ? url : url.slice(schemeEnd + 3);
  const authorityEnd = rest.search(/[/?#]/);
  const authority = authorityEnd < 0 ? rest : rest.slice(0, authorityEnd);
  const tail = authorityEnd < 0 ? '' : rest.slice(authorityEnd);
  const hostPort = authority.slice(authority.lastIndexOf('@') + 1);
  const colon = hostPort.lastIndexOf(':');
  const hasPort = colon > hostPort.lastIndexOf(']') && /^\d+$/.test(hostPort.slice(colon + 1));
  return {
    scheme,
    host: (hasPort ? hostPort.slice(0, colon) : hostPort).toLowerCase(),
    port: hasPort ? Number(hostPort.slice(colon + 1)) : (DEFAULT_PORTS[scheme] ?? 0),
    path: tail.startsWith('/') ? tail : scheme === 'tunnel' ? tail : `/${tail}`,
  };
}

/** Essence of a response's media type: its first Content-Type counts. */
export function responseMime(headers: Headers): string | undefined {
  return parseMediaType(headerValue(headers, 'content-type'))?.essence;
}

/** How long something took, in ms. Whole microseconds: what is below is noise of the subtraction of two epoch times. */
export function durationMs(startedAt: number, endedAt: number): number {
  return Math.max(0, Math.round((endedAt - startedAt) * 1000) / 1000);
}

/** The session that a `begin` event opens: active, nothing answered yet. */
export function beginSession(event: BeginEvent): Session {
  const row: SessionRow = {
    id: event.id,
    kind: event.kind,
    source: event.source,
    state: 'active',
    startedAt: event.at,
    method: event.head.method,
    url: event.url,
    ...splitUrl(event.url),
    httpVersion: event.head.httpVersion,
    requestBodySize: 0,
    responseBodySize: 0,
    findings: 0,
    mark: 0,
  };
  if (event.parentId !== undefined) row.parentId = event.parentId;
  const head: RequestHead = plainRequestHead(event.head);
  return {
    row,
    request: { head, trailers: [], body: { size: 0, complete: false } },
    informational: [],
    facts: {},
    timings: {},
    messageCount: 0,
  };
}

/** Applies one later event of the same session to it, in place. A response's data before its head is counted nowhere. */
export function foldEvent(session: Session, event: Exclude<CaptureEvent, BeginEvent>): void {
  const { row, request, response } = session;
  switch (event.type) {
    case 'informational':
      session.informational.push(plainResponseHead(event.head));
      return;
    case 'request-data':
      request.body.size += event.data.length;
      row.requestBodySize = request.body.size;
      return;
    case 'request-end':
      request.body.complete = true;
      request.trailers = [...(event.trailers ?? [])];
      if (event.chunkExtensions !== undefined) request.chunkExtensions = [...event.chunkExtensions];
      return;
    case 'request-sent':
      request.sent = plainRequestHead(event.head);
      return;
    case 'response-sent':
      if (response !== undefined) response.sent = plainResponseHead(event.head);
      return;
    case 'response-head': {
      session.response = {
        head: plainResponseHead(event.head),
        trailers: [],
        body: { size: 0, complete: false },
      };
      row.status = event.head.status;
      if (event.kind !== undefined) row.kind = event.kind;
      const mime = responseMime(event.head.headers);
      if (mime !== undefined) row.mime = mime;
      return;
    }
    case 'response-data':
      if (response === undefined) return;
      response.body.size += event.data.length;
      row.responseBodySize = response.body.size;
      return;
    case 'response-end':
      if (response === undefined) return;
      response.body.complete = true;
      response.trailers = [...(event.trailers ?? [])];
      if (event.chunkExtensions !== undefined) response.chunkExtensions = [...event.chunkExtensions];
      return;
    case 'message':
      session.messageCount += 1;
      return;
    case 'touched':
      session.touches = [...(session.touches ?? []), event.touch];
      return;
    case 'facts':
      Object.assign(session.facts, event.facts);
      if (event.facts.process) row.process = event.facts.process;
      else if (event.facts.process === '') delete row.process;
      return;
    case 'end':
      row.state = event.state;
      row.durationMs = durationMs(row.startedAt, event.at);
      session.timings = event.timings;
      if (event.failure !== undefined) {
        session.failure = event.failure;
        row.error = event.failure.code;
      }
      return;
  }
}
