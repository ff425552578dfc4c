import { describe, expect, it } from 'vitest';
import { makeSession, type SessionOverrides } from '#proxy-core/testing/session-factory.ts';
import type { CaptureEvent } from './capture-event.ts';
import type { FullSession, Session } from './session.ts';
import { eventsOf } from './session-events.ts';
import { beginSession, foldEvent } from './session-fold.ts';

function refold(full: FullSession): Session {
  const [first, ...rest] = [...eventsOf(full)];
  if (first?.type !== 'begin') throw new Error('the first event must be begin');
  const session = beginSession(first);
  for (const event of rest) {
    if (event.type === 'begin') throw new Error('begins once');
    foldEvent(session, event);
  }
  return session;
}

const types = (events: Iterable<CaptureEvent>) => [...events].map((event) => event.type).join(' ');
const message = { direction: 'sent' as const, at: 5, opcode: 1, data: new Uint8Array([104, 105]) };

const examples: Record<string, SessionOverrides> = {
  'a plain GET': {},
  'a POST with trailers and early hints': {
    method: 'POST',
    requestBody: 'a=1',
    requestTrailers: [['X-A', '1']],
    responseTrailers: [['X-B', '2']],
    informational: [
      { httpVersion: 'HTTP/1.1', status: 103, reason: 'Early Hints', headers: [['Link', '</a>']] },
    ],
    durationMs: 12.345,
    startedAt: 1_750_000_000_000.25,
  },
  'no answer': { status: null, failure: { code: 'dns', detail: 'No such host; check its name.' } },
  'a stopped download': { state: 'client-aborted', parentId: 3, source: 'replay' },
  'an active session': { state: 'active' },
  'a WebSocket': {
    kind: 'websocket',
    status: 101,
    messages: [message, { ...message, direction: 'received' }],
  },
  'a tunnel': { kind: 'tunnel', method: 'CONNECT', url: 'tunnel://acme.test:443' },
};

describe('eventsOf', () => {
  it.each(Object.entries(examples))('folds back to %s', (_, overrides) => {
    const full = makeSession(overrides);
    expect(refold(full)).toEqual(full.session);
  });

  it('folds back to octets, heads sent on, chunk extensions, and all of a message', () => {
    const event = { type: 'tick', id: '1', retry: 10 };
    const full = makeSession({
      method: 'POST',
      requestBody: 'x',
      messages: [{ ...message, fragments: 2, wireSize: 1, compressed: true, flaw: 'masked twice', event }],
      facts: { clientStream: 1, serverStream: 3, upstreamProxy: 'http://proxy.test:3128' },
    });
    const { request, response } = full.session;
    if (response === undefined) throw new Error('no response');
    Object.assign(request, {
      head: { ...request.head, raw: 'POST /orders/1  HTTP/1.1\r\nHost:x\r\n\r\n' },
      sent: { ...request.head, target: '/other' },
      chunkExtensions: [';a=1'],
    });
    Object.assign(response, {
      head: { ...response.head, raw: 'HTTP/1.1 200\r\n\r\n' },
      sent: { ...response.head, status: 502 },
      chunkExtensions: [],
    });
    expect(refold(full)).toEqual(full.session);
    const told = [...eventsOf(full)].flatMap((one) => (one.type === 'message' ? [one.message] : []));
    expect(told.map((one, index) => ({ index, ...one }))).toEqual(full.messages);
    expect(types(eventsOf(full))).toBe(
      'begin facts request-data request-sent request-end response-head response-sent response-data response-end message end',
    );
  });

  it('tells an exchange in wire order', () => {
    expect(types(eventsOf(makeSession({ method: 'POST', requestBody: 'x' })))).toBe(
      'begin facts request-data request-end response-head response-data response-end end',
    );
    expect(types(eventsOf(makeSession({ state: 'active', status: null, facts: {} })))).toBe(
      'begin request-end',
    );
  });

  it('tells large bodies in pieces that add up', () => {
    const responseBody = new Uint8Array(600_000).map((_, i) => i % 251);
    const data = [...eventsOf(makeSession({ responseBody }))].flatMap((event) =>
      event.type === 'response-data' ? [event.data] : [],
    );
    expect(data.map((piece) => piece.length)).toEqual([262_144, 262_144, 75_712]);
    expect(Buffer.concat(data).equals(responseBody)).toBe(true);
  });

  it('gives the session another id and source when asked, in every event', () => {
    const events = [...eventsOf(makeSession({ id: 3 }), { id: 40, source: 'import' })];
    expect(new Set(events.map((event) => event.id))).toEqual(new Set([40]));
    expect(events[0]).toMatchObject({ type: 'begin', source: 'import' });
  });
});
