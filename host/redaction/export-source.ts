/**
 * The sessions of an export, redacted unless the user said otherwise. Whoever exports takes its sessions from here, so that there is one
 * place where secrets could get out.
 */
import type { RedactionChoice, RedactionSummary } from '#model/redaction.ts';
import type { FullSession, SessionId } from '#model/session.ts';
import type { CaptureStore } from '#store/capture-store.ts';
import { sessionsOf } from '../har-transfer.ts';
import { openRedaction } from './open-redaction.ts';
import { redactedSessions } from './redacted-sessions.ts';

export interface ExportEvents {
  /** A session was looked through; all of them are before the first is written. */
  readonly onLooked?: () => void;
  /** A session was given to the format, and the next is asked for. */
  readonly onSession?: () => void;
}

export interface ExportSource extends AsyncDisposable {
  readonly sessions: AsyncIterable<FullSession>;
  /** What has been masked so far; undefined where redaction is off. */
  summary(): Promise<RedactionSummary | undefined>;
}

async function* reporting(
  sessions: AsyncIterable<FullSession>,
  onSession: () => void,
): AsyncGenerator<FullSession> {
  for await (const full of sessions) {
    yield full;
    onSession();
  }
}

/** @throws SluiceError `usage` for a pattern that cannot be read. */
export function exportSource(
  store: CaptureStore,
  ids: readonly SessionId[],
  choice: RedactionChoice = {},
  { onLooked, onSession = () => undefined }: ExportEvents = {},
): ExportSource {
  const read = () => sessionsOf(store, ids);
  if (choice === 'off') {
    return {
      sessions: reporting(read(), onSession),
      summary: async () => undefined,
      [Symbol.asyncDispose]: async () => undefined,
    };
  }
  const redaction = openRedaction(choice);
  return {
    sessions: reporting(redactedSessions(redaction, read, onLooked), onSession),
    summary: () => redaction.summary(),
    [Symbol.asyncDispose]: () => redaction.close(),
  };
}

/** Octets of a session's bodies and messages: most of what an export holds. */
export const bytesOf = ({ requestBody, responseBody, messages }: FullSession): number =>
  messages.reduce((sum, { data }) => sum + data.length, requestBody.length + responseBody.length);
