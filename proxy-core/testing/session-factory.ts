/**
 * Makes sessions for tests through the product's own fold, so that every session is one that traffic could have made. Nobody
 * hand-writes a session: what a test cares about it overrides, the rest is a plain successful GET.
 */
import type { CaptureEvent } from '#model/capture-event.ts';
import type { HeaderPair } from '#model/headers.ts';
import type {
  ExchangeFacts,
  FullSession,
  Mark,
  Message,
  ResponseHead,
  SessionFailure,
  SessionId,
  SessionKind,
  SessionSource,
  SessionState,
  Timings,
} from '#model/session.ts';
import { beginSession, foldEvent } from '#model/session-fold.ts';

export { eventsOf } from '#model/session-events.ts';

export interface SessionOverrides {
  readonly id?: SessionId;
  readonly kind?: SessionKind;
  readonly source?: SessionSource;
  /** `active` makes a session that has not ended. */
  readonly state?: SessionState;
  readonly startedAt?: number;
  readonly durationMs?: number;
  readonly method?: string;
  /** Absolute; the request target is its path. */
  readonly url?: string;
  readonly httpVersion?: string;
  readonly requestHeaders?: readonly HeaderPair[];
  /** Text is sent as UTF-8. */
  readonly requestBody?: string | Uint8Array;
  readonly requestTrailers?: readonly HeaderPair[];
  /** `null`: no response came. */
  readonly status?: number | null;
  readonly reason?: string;
  /** Replace the default Content-Type. */
  readonly responseHeaders?: readonly HeaderPair[];
  readonly responseBody?: string | Uint8Array;
  readonly responseTrailers?: readonly HeaderPair[];
  readonly informational?: readonly ResponseHead[];
  readonly facts?: ExchangeFacts;
  readonly timings?: Timings;
  readonly failure?: SessionFailure;
  readonly messages?: readonly Omit<Message, 'index'>[];
  readonly mark?: Mark;
  readonly comment?: string;
  readonly parentId?: SessionId;
}

const bytes = (body: string | Uint8Array | undefined): Uint8Array =>
  typeof body === 'string' ? new TextEncoder().encode(body) : (body ?? new Uint8Array());

const headers = (pairs: readonly HeaderPair[]): HeaderPair[] => pairs.map(([name, value]) => [name, value]);

/** A valid session; without overrides `GET https://api.acme.test/orders/1` answered 200 with JSON. */
export function makeSession(overrides: SessionOverrides = {}): FullSession {
  const id = overrides.id ?? 1;
  const startedAt = overrides.startedAt ?? 1_750_000_000_000 + id;
  const url = overrides.url ?? `https://api.acme.test/orders/${id}`;
  const requestBody = bytes(overrides.requestBody);
  const status = overrides.status === undefined ? 200 : overrides.status;
  const responseBody = status === null ? new Uint8Array() : bytes(overrides.responseBody ?? '{"ok":true}');
  const state = overrides.state ?? (overrides.failure === undefined ? 'completed' : 'failed');
  const httpVersion = overrides.httpVersion ?? 'HTTP/1.1';

  const session = beginSession({
    type: 'begin',
    id,
    kind: overrides.kind ?? 'http',
    source: overrides.source ?? 'proxy',
    at: startedAt,
    url,
    head: {
      method: overrides.method ?? 'GET',
      target: url.replace(/^[a-z]+:\/\/[^/?]*(?=[/?]|$)/i, '') || '/',
      httpVersion,
      headers: headers(overrides.requestHeaders ?? [['Host', new URL(url).host]]),
    },
    ...(overrides.parentId === undefined ? {} : { parentId: overrides.parentId }),
  });
  const later: Exclude<CaptureEvent, { type: 'begin' }>[] = [
    {
      type: 'facts',
      id,
      facts: overrides.facts ?? { clientAddress: '127.0.0.1:50000', clientConnection: 1 },
    },
    ...(overrides.informational ?? []).map((head) => ({ type: 'informational' as const, id, head })),
    { type: 'request-data', id, data: requestBody },
    { type: 'request-end', id, trailers: headers(overrides.requestTrailers ?? []) },
  ];
  if (status !== null) {
    const head: ResponseHead = {
      httpVersion,
      status,
      reason: overrides.reason ?? 'OK',
      headers: headers(overrides.responseHeaders ?? [['Content-Type', 'application/json; charset=utf-8']]),
    };
    later.push({ type: 'response-head', id, head }, { type: 'response-data', id, data: responseBody });
    if (state === 'completed') {
      later.push({ type: 'response-end', id, trailers: headers(overrides.responseTrailers ?? []) });
    }
  }
  for (const message of overrides.messages ?? []) later.push({ type: 'message', id, message });
  if (state !== 'active') {
    later.push({
      type: 'end',
      id,
      at: startedAt + (overrides.durationMs ?? 20),
      state,
      timings: overrides.timings ?? { send: 1, wait: 15, receive: 4 },
      ...(overrides.failure === undefined ? {} : { failure: overrides.failure }),
    });
  }
  for (const event of later) foldEvent(session, event);
  session.row.mark = overrides.mark ?? 0;
  if (overrides.comment !== undefined) session.row.comment = overrides.comment;
  return {
    session,
    requestBody,
    responseBody,
    messages: (overrides.messages ?? []).map((message, index) => ({ index, ...message })),
  };
}
