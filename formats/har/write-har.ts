/**
 * Sessions as a HAR 1.2 file, streamed: one session in memory at a time, and never one string for a whole entry, because two large
 * bodies with escapes would pass the longest string there is. Secrets are written as captured: redaction comes before this.
 */
import type { FullSession } from '#model/session.ts';
import { addFolded, type Losses } from '../losses.ts';
import { harEntry } from './write-entry.ts';

/** Pieces are gathered to about so many characters: each costs whoever takes it a turn. */
const PIECE = 64 * 1024;
/** A body over this is left out and says so: escaped sixfold it still fits one string. */
export const MAX_HAR_BODY_BYTES = 64 * 1024 * 1024;

export interface HarOptions {
  /** Version of Sluice, for `log.creator`. */
  readonly creatorVersion: string;
  /** Bodies over this are left out; default MAX_HAR_BODY_BYTES. */
  readonly maxBodyBytes?: number;
  readonly losses?: Losses;
}

/** The text of the file, piece by piece; valid UTF-8 once encoded. `readHar` gives the same sessions back. */
export async function* writeHar(
  sessions: AsyncIterable<FullSession> | Iterable<FullSession>,
  options: HarOptions,
): AsyncGenerator<string, void, undefined> {
  const creator = JSON.stringify({ name: 'Sluice', version: options.creatorVersion });
  let text = `{"log":{"version":"1.2","creator":${creator},"pages":[],"entries":[`;
  const maxBodyBytes = options.maxBodyBytes ?? MAX_HAR_BODY_BYTES;
  let entryComma = '\n';
  for await (const session of sessions) {
    const entry = await harEntry(session, maxBodyBytes);
    if (options.losses) {
      for (const side of tooLong(session, maxBodyBytes)) options.losses.add(...side);
      addFolded(session.session, options.losses);
    }
    let fieldComma = `${entryComma}{`;
    for (const [key, value] of Object.entries(entry)) {
      text += `${fieldComma}${JSON.stringify(key)}:${JSON.stringify(value)}`;
      fieldComma = ',';
      if (text.length < PIECE) continue;
      yield text;
      text = '';
    }
    text += '}';
    entryComma = ',\n';
  }
  yield `${text}\n]}}\n`;
}

function tooLong({ requestBody, responseBody }: FullSession, most: number): [string, string][] {
  const sides = [
    ['the body of a request', requestBody],
    ['the body of a response', responseBody],
  ] as const;
  return sides
    .filter(([, body]) => body.length > most)
    .map(([what, body]) => [what, `${body.length} bytes are more than the ${most} that a HAR file can hold`]);
}
