/**
 * One stored session brought before the checks: bodies decoded, messages read, no more of either than checks look at, whatever a hostile
 * peer sent.
 */
import type { BodySide, Message, Session, SessionId } from '#model/session.ts';
import {
  type CheckJob,
  type CheckResult,
  type CheckRunner,
  MAX_CHECKED_MESSAGE_BYTES,
  MAX_CHECKED_MESSAGES,
} from '#security/check-runner.ts';
import { mayBeChecked, mimeOf } from '#security/reading/textual.ts';
import type { CaptureStore } from '#store/capture-store.ts';
import { bodySize, readDecoded } from './bodies.ts';

/** What a check sees of a body: secrets and personal data stand in text, and text that long is rare. */
const BODY_CAP = 1024 * 1024;
/** Messages may be of any length: few are read before their average is known. */
const FIRST_PAGE = 8;
const LONGEST_PAGE = 500;

export type CheckableStore = Pick<CaptureStore, 'get' | 'readBody' | 'messages'>;

const NOTHING: CheckResult = { findings: [], failures: [], cut: [] };

/** A body as checks want it; one that they would not read stays where it is. */
async function checkedBody(
  store: CheckableStore,
  session: Session,
  side: BodySide,
): Promise<{ bytes: Uint8Array; cut: boolean }> {
  const head = side === 'request' ? session.request.head : session.response?.head;
  if (!mayBeChecked(mimeOf(head?.headers ?? []))) return { bytes: new Uint8Array(), cut: false };
  const { bytes, problem } = await readDecoded(store, session, side, BODY_CAP);
  return { bytes, cut: problem !== undefined || bodySize(session, side) > BODY_CAP };
}

/** The session's messages from the first on, as many as checks look at; `all` says whether these are all. */
async function firstMessages(
  store: CheckableStore,
  session: Session,
): Promise<{ messages: Message[]; all: boolean }> {
  const messages: Message[] = [];
  const { messageCount, row } = session;
  let bytes = 0;
  while (messages.length < messageCount) {
    if (messages.length >= MAX_CHECKED_MESSAGES || bytes >= MAX_CHECKED_MESSAGE_BYTES) {
      return { messages, all: false };
    }
    const average = messages.length === 0 ? undefined : Math.max(1, bytes / messages.length);
    const wanted =
      average === undefined ? FIRST_PAGE : Math.ceil((MAX_CHECKED_MESSAGE_BYTES - bytes) / average);
    const limit = Math.min(wanted, LONGEST_PAGE, MAX_CHECKED_MESSAGES - messages.length);
    const page = await store.messages(row.id, messages.length, limit);
    if (page.length === 0) break;
    messages.push(...page);
    bytes += page.reduce((sum, { data }) => sum + data.length, 0);
  }
  return { messages, all: true };
}

/** A session as the checks get it; undefined for one that is gone, unfinished or a tunnel. */
async function readJob(store: CheckableStore, id: SessionId): Promise<CheckJob | undefined> {
  const session = await store.get(id);
  if (!session || session.row.state === 'active' || session.row.kind === 'tunnel') return undefined;
  const [request, response, { messages, all }] = await Promise.all([
    checkedBody(store, session, 'request'),
    checkedBody(store, session, 'response'),
    firstMessages(store, session),
  ]);
  return {
    session,
    requestBody: request.bytes,
    requestTruncated: request.cut,
    responseBody: response.bytes,
    responseTruncated: response.cut,
    messages,
    messagesTruncated: !all,
  };
}

/** What the checks say of a session; nothing for one that is gone, unfinished or a tunnel. */
export async function checkSession(
  store: CheckableStore,
  runner: Pick<CheckRunner, 'check'>,
  id: SessionId,
): Promise<CheckResult> {
  const job = await readJob(store, id);
  return job === undefined ? NOTHING : runner.check(job);
}

/**
 * The same for one session after the other: sessions are read side by side, but come before the checks in the order in which they were
 * asked for, as some checks look at what came before.
 */
export function createOrderedCheck(
  store: CheckableStore,
  runner: Pick<CheckRunner, 'check'>,
): (id: SessionId) => Promise<CheckResult> {
  let last: Promise<void> = Promise.resolve();
  return async (id) => {
    const before = last;
    let given = (): void => undefined;
    last = new Promise((resolve) => {
      given = resolve;
    });
    try {
      const job = await readJob(store, id);
      await before;
      const answer = job === undefined ? NOTHING : runner.check(job);
      given();
      return await answer;
    } finally {
      given();
    }
  };
}
