/**
 * Whole sessions, many at a time, for whoever reads a capture from end to end: a call for each part of each session would take longer than
 * reading it. Bounded by octets, so that what is under way is, too.
 */
import type { FullSession, SessionId } from '#model/session.ts';
import type { WholeSessions } from './capture-store.ts';
import type { SessionReader } from './session-reader.ts';

/** Heads take room as well, and a call should not take long. */
const MOST_SESSIONS = 256;

const octetsOf = ({ requestBody, responseBody, messages }: FullSession): Uint8Array[] => [
  requestBody,
  responseBody,
  ...messages.map(({ data }) => data),
];

/** The same sessions with all their octets in one buffer of their own, which can be passed between threads in one piece. */
export function packed(sessions: readonly FullSession[]): {
  readonly sessions: readonly FullSession[];
  readonly buffer: ArrayBuffer;
} {
  const length = sessions.flatMap(octetsOf).reduce((sum, octets) => sum + octets.length, 0);
  const all = new Uint8Array(length);
  let at = 0;
  const moved = (octets: Uint8Array) => {
    const place = all.subarray(at, at + octets.length);
    place.set(octets);
    at += octets.length;
    return place;
  };
  const own = sessions.map(({ session, requestBody, responseBody, messages }) => ({
    session,
    requestBody: moved(requestBody),
    responseBody: moved(responseBody),
    messages: messages.map((message) => ({ ...message, data: moved(message.data) })),
  }));
  return { sessions: own, buffer: all.buffer };
}

/**
 * The first of `ids`, as many as have about `mostBytes` octets of bodies and messages; the very first whatever it has.
 * @throws SluiceError `capture-damaged` where that one cannot be read; another one is left for the next call, which then says so
 */
export function readWholeSessions(
  reader: Pick<SessionReader, 'whole'>,
  ids: readonly SessionId[],
  mostBytes: number,
): WholeSessions {
  const sessions: FullSession[] = [];
  let answered = 0;
  let room = mostBytes;
  for (const id of ids.slice(0, MOST_SESSIONS)) {
    const first = sessions.length === 0;
    let whole: ReturnType<SessionReader['whole']>;
    try {
      whole = reader.whole(id, first ? Number.POSITIVE_INFINITY : room);
    } catch (error) {
      if (first) throw error;
      break;
    }
    if (whole === 'no-room') break;
    answered += 1;
    if (whole === undefined) continue;
    sessions.push(whole);
    room -= octetsOf(whole).reduce((sum, { length }) => sum + length, 0);
    if (room <= 0) break;
  }
  // A large one alone is not copied once more.
  return { sessions: room < 0 && sessions.length === 1 ? sessions : packed(sessions).sessions, answered };
}
