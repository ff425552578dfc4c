/** Runs one check on a session made by the factory, for the twin tests of checks. */
import type { Evidence } from '#model/finding.ts';
import type { FullSession, Message } from '#model/session.ts';
import { makeSession, type SessionOverrides } from '#proxy-core/testing/session-factory.ts';
import type { Check, CheckInput, FindingDraft } from '../check.ts';
import type { CheckJob } from '../check-runner.ts';
import { checkInput } from '../run-checks.ts';

/** The whole session as a job. */
export const jobOf = (full: FullSession): CheckJob => ({
  ...full,
  requestTruncated: false,
  responseTruncated: false,
  messagesTruncated: false,
});

export const inputOf = (full: FullSession): CheckInput => checkInput(jobOf(full));

/** The bytes, as text of one unit each, that evidence points at. */
export function shownBy({ part, message, start, end }: Evidence, full: FullSession): string {
  const { requestHead, responseHead } = inputOf(full);
  const latin1 = (bytes: Uint8Array | undefined) => Buffer.from(bytes ?? []).toString('latin1');
  const texts = {
    'request-head': () => requestHead,
    'response-head': () => responseHead,
    'request-body': () => latin1(full.requestBody),
    'response-body': () => latin1(full.responseBody),
    message: () => latin1(full.messages.find(({ index }) => index === message)?.data),
  };
  return texts[part]().slice(start, end);
}

export interface Found extends FindingDraft {
  /** The text that the evidence points at. */
  readonly shown: string;
}

/** What `check` finds in such a session, with the text its evidence points at. */
export function found(check: Check, overrides: SessionOverrides): Found[] {
  const full = makeSession(overrides);
  return Array.from(check.run(inputOf(full)), (draft) => {
    const [evidence] = draft.evidence;
    return { ...draft, shown: evidence === undefined ? '' : shownBy(evidence, full) };
  });
}

export const JSON_TYPE: [string, string] = ['Content-Type', 'application/json'];

type Said = Omit<Message, 'index'>;

const said = (direction: Message['direction'], data: string | Uint8Array): Said => ({
  direction,
  at: 1_750_000_000_500,
  opcode: typeof data === 'string' ? 1 : 2,
  data: new Uint8Array(typeof data === 'string' ? Buffer.from(data) : data),
});

/** A WebSocket over `ws:` (or, by its URL, `wss:`) that carried these messages; text unless they are bytes. */
export const websocket = (
  messages: readonly (readonly [Message['direction'], string | Uint8Array])[],
  url = 'http://api.acme.test/live',
): SessionOverrides => ({
  kind: 'websocket',
  url,
  status: 101,
  responseHeaders: [['Upgrade', 'websocket']],
  messages: messages.map(([direction, data]) => said(direction, data)),
});

/** An event stream, as a body alone or recorded as messages too. */
export const eventStream = (body: string, events: readonly string[] = []): SessionOverrides => ({
  url: 'http://api.acme.test/events',
  responseHeaders: [['Content-Type', 'text/event-stream']],
  responseBody: body,
  messages: events.map((data) => ({ ...said('received', data), event: { type: 'message' } })),
});
