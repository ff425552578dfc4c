/**
 * A whole session as the capture events that would have made it: how imports reach the store, and how tests make traffic. Folding the
 * events again (session-fold.ts) gives the same session, but for what people add later: mark, comment, findings.
 */
import type { CaptureEvent } from './capture-event.ts';
import type { FullSession, RequestPart, ResponsePart, SessionId, SessionSource } from './session.ts';

/** Bodies are told in pieces of at most this many bytes, so that a sink can push back in between. */
const PIECE = 256 * 1024;

export interface EventsOptions {
  /** Another id than the session's own, as when importing into a capture that has sessions already. */
  readonly id?: SessionId;
  readonly source?: SessionSource;
}

function* pieces(body: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < body.length; at += PIECE) yield body.subarray(at, at + PIECE);
}

const endOf = ({ trailers, chunkExtensions }: RequestPart | ResponsePart) => ({
  trailers,
  ...(chunkExtensions === undefined ? {} : { chunkExtensions }),
});

/** The events of `full` in wire order. An active session gets no `end`; a body that is not complete gets no `…-end`. */
export function* eventsOf(full: FullSession, options: EventsOptions = {}): Generator<CaptureEvent> {
  const { row, request, response, informational, facts, timings, failure } = full.session;
  const id = options.id ?? row.id;
  const upgraded = row.kind === 'websocket' && response !== undefined;
  yield {
    type: 'begin',
    id,
    kind: upgraded ? 'http' : row.kind,
    source: options.source ?? row.source,
    at: row.startedAt,
    url: row.url,
    head: request.head,
    ...(row.parentId === undefined ? {} : { parentId: row.parentId }),
  };
  if (Object.keys(facts).length > 0) yield { type: 'facts', id, facts };
  for (const touch of full.session.touches ?? []) yield { type: 'touched', id, touch };
  for (const head of informational) yield { type: 'informational', id, head };
  for (const data of pieces(full.requestBody)) yield { type: 'request-data', id, data };
  if (request.sent !== undefined) yield { type: 'request-sent', id, head: request.sent };
  if (request.body.complete) yield { type: 'request-end', id, ...endOf(request) };
  if (response !== undefined) {
    yield {
      type: 'response-head',
      id,
      head: response.head,
      ...(upgraded ? { kind: 'websocket' as const } : {}),
    };
    if (response.sent !== undefined) yield { type: 'response-sent', id, head: response.sent };
    for (const data of pieces(full.responseBody)) yield { type: 'response-data', id, data };
    if (response.body.complete) yield { type: 'response-end', id, ...endOf(response) };
  }
  for (const { index: _, ...message } of full.messages) yield { type: 'message', id, message };
  if (row.state === 'active') return;
  yield {
    type: 'end',
    id,
    at: row.startedAt + (row.durationMs ?? 0),
    state: row.state,
    timings,
    ...(failure === undefined ? {} : { failure }),
  };
}
