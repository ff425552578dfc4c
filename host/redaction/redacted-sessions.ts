/**
 * Redaction as a step between a capture and a format: sessions in, sessions without their secrets out, one at a time in memory. They are
 * read twice, because a secret may be told only by the last of them.
 */
import type { FullSession } from '#model/session.ts';
import type { Redaction } from './open-redaction.ts';

/** The sessions from the beginning, each time it is called; the same ones as far as possible. */
export type ReadSessions = () => AsyncIterable<FullSession>;

/** Learns all of them; `onSession` after each. Leaves the redaction open. */
export async function learnAll(
  redaction: Redaction,
  read: ReadSessions,
  onSession: () => void = () => undefined,
): Promise<void> {
  for await (const full of read()) {
    await redaction.learn(full);
    onSession();
  }
}

/** The sessions redacted, after all of them have been learnt. Leaves the redaction open, for its summary. */
export async function* redactedSessions(
  redaction: Redaction,
  read: ReadSessions,
  onLearnt: () => void = () => undefined,
): AsyncGenerator<FullSession> {
  await learnAll(redaction, read, onLearnt);
  for await (const full of read()) yield await redaction.redact(full);
}
