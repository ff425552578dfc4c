/**
 * Redaction as a step between a capture and a format: sessions in, sessions without their secrets out, a few at a time in memory. They are
 * read twice, because a secret may be told only by the last of them.
 */
import type { FullSession } from '#model/session.ts';
import { areLarge } from '../har-transfer.ts';
import { workAhead } from '../read-ahead.ts';
import type { Redaction } from './open-redaction.ts';

/** The sessions from the beginning, some at a time, each time it is called; the same ones as far as possible. */
export type ReadSessions = () => AsyncIterable<readonly FullSession[]>;

/** Learns all of them; `onSession` after each. Leaves the redaction open. */
export async function learnAll(
  redaction: Redaction,
  read: ReadSessions,
  onSession: () => void = () => undefined,
): Promise<void> {
  const learn = async (sessions: readonly FullSession[]) => {
    await redaction.learn(sessions);
    return sessions.length;
  };
  for await (const count of workAhead(read(), learn, areLarge)) for (let i = 0; i < count; i++) onSession();
}

/** The sessions redacted, after all of them have been learnt. Leaves the redaction open, for its summary. */
export async function* redactedSessions(
  redaction: Redaction,
  read: ReadSessions,
  onLearnt: () => void = () => undefined,
): AsyncGenerator<readonly FullSession[]> {
  await learnAll(redaction, read, onLearnt);
  yield* workAhead(read(), (sessions) => redaction.redact(sessions), areLarge);
}
