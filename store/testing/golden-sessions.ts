/**
 * What the golden captures in `golden/` hold: one of each version of the format, written once by the program of that version and never
 * touched again. A new version adds a folder by `writeGolden`; the sessions are the same in all of them.
 */
import type { CaptureEvent } from '#model/capture-event.ts';
import type { Finding } from '#model/finding.ts';
import type { FullSession } from '#model/session.ts';
import { eventsOf, makeSession } from '#proxy-core/testing/session-factory.ts';
import type { CaptureStore } from '../capture-store.ts';
import { record } from '../testing.ts';

const octets = (text: string) => new TextEncoder().encode(text);

/** Removed again, so that the capture has a hole. */
export const REMOVED = 4;
export const NOTED = { id: 3, mark: 2, comment: 'seen by golden eyes' } as const;

export const GOLDEN_FINDING: Finding = {
  checkId: 'golden',
  severity: 'medium',
  confidence: 'high',
  title: 'A finding',
  detail: 'Of a golden capture.',
  endpoint: 'GET api.acme.test/orders/{id}',
  parameter: '',
  sessionId: 2,
  evidence: [],
};

/** Every kind of thing that segments and tables hold: both bodies, no response, messages, facts with certificates, a body in two batches. */
export function goldenSessions(): FullSession[] {
  const message = (at: number, text: string) => ({
    direction: 'sent' as const,
    at,
    opcode: 1,
    data: octets(text),
  });
  const tls = {
    version: 'TLSv1.3',
    cipher: 'TLS_AES_128_GCM_SHA256',
    alpn: 'http/1.1',
    sni: 'api.acme.test',
  };
  return [
    makeSession({ id: 1, responseBody: 'plain text, '.repeat(50) }),
    makeSession({ id: 2, method: 'POST', requestBody: '{"a":1}', facts: { clientTls: tls, serverTls: tls } }),
    makeSession({ id: 3, url: 'http://other.test:8080/a?b=c', status: 404, reason: 'Not Found' }),
    makeSession({ id: 4 }),
    makeSession({ id: 5, status: null, failure: { code: 'refused', detail: 'Nobody listens there.' } }),
    makeSession({
      id: 6,
      kind: 'websocket',
      status: 101,
      messages: [message(1, 'first'), message(2, 'second')],
    }),
    makeSession({ id: 7, responseBody: Uint8Array.from({ length: 20_000 }, (_, i) => i % 251), parentId: 1 }),
  ];
}

/** Events of a session with each body in two pieces. */
function* halved(full: FullSession): Generator<CaptureEvent> {
  for (const event of eventsOf(full)) {
    if (event.type !== 'request-data' && event.type !== 'response-data') {
      yield event;
      continue;
    }
    const half = event.data.length >> 1;
    yield { ...event, data: event.data.subarray(0, half) };
    yield { ...event, data: event.data.subarray(half) };
  }
}

/** Fills a new capture with them: the last one in a batch for every event. */
export async function writeGolden(store: CaptureStore): Promise<void> {
  const sessions = goldenSessions();
  await record(store, ...sessions.slice(0, -1));
  for (const event of sessions.slice(-1).flatMap((last) => [...halved(last)])) {
    store.write(event);
    await store.flush();
  }
  await store.annotate([NOTED.id], { mark: NOTED.mark, comment: NOTED.comment });
  await store.putFindings(GOLDEN_FINDING.sessionId, [GOLDEN_FINDING]);
  await store.remove([REMOVED]);
}
