/**
 * The sessions of an export, redacted unless the user said otherwise. Whoever exports takes its sessions from here, so that there is one
 * place where secrets could get out.
 */
import type { RedactionChoice, RedactionSummary } from '#model/redaction.ts';
import type { FullSession, SessionId } from '#model/session.ts';
import type { CaptureStore } from '#store/capture-store.ts';
import { sessionBatches } from '../har-transfer.ts';
import { openRedaction } from './open-redaction.ts';
import { redactedSessions } from './redacted-sessions.ts';

export interface ExportEvents {
  /** A session was looked through; all of them are before the first is written. */
  readonly onLooked?: () => void;
  /** A session was given to the format, and the next is asked for. */
  readonly onSession?: () => void;
  /** Ends the reading with its reason, also while sessions are only looked through. */
  readonly signal?: AbortSignal;
}

export interface ExportSource extends AsyncDisposable {
  readonly sessions: AsyncIterable<FullSession>;
  /** What has been masked so far; undefined where redaction is off. */
  summary(): Promise<RedactionSummary | undefined>;
}

/** One by one what comes some at a time. */
async function* reporting(
  batches: AsyncIterable<readonly FullSession[]>,
  onSession: () => void,
): AsyncGenerator<FullSession> {
  for await (const batch of batches) {
    for (const full of batch) {
      yield full;
      onSession();
    }
  }
}

async function* until<T>(items: AsyncIterable<T>, signal: AbortSignal | undefined): AsyncGenerator<T> {
  for await (const item of items) {
    signal?.throwIfAborted();
    yield item;
  }
}

/** @throws SluiceError `usage` for a pattern that cannot be read. */
export function exportSource(
  store: CaptureStore,
  ids: readonly SessionId[],
  choice: RedactionChoice = {},
  { onLooked, onSession = () => undefined, signal }: ExportEvents = {},
): ExportSource {
  const read = () => until(sessionBatches(store, ids), signal);
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
