/**
 * Sessions of captures into another one under new numbers, in the order given: bodies, messages, marks, comments and findings go along,
 * and a session that repeats another still says so where both are copied. One at a time in memory.
 */
import { SluiceError } from '#model/errors.ts';
import type { FullSession, SessionId } from '#model/session.ts';
import { eventsOf } from '#model/session-events.ts';
import type { CaptureStore } from '#store/capture-store.ts';
import { fullSession } from './bodies.ts';

export interface Origin {
  readonly store: CaptureStore;
  readonly id: SessionId;
  /** Put before the comment: where the session comes from. */
  readonly note?: string;
}

const ANNOTATED_AT_ONCE = 500;

async function read({ store, id }: Origin): Promise<FullSession | undefined> {
  try {
    return await fullSession(store, id);
  } catch (error) {
    // Removed since it was listed.
    if (error instanceof SluiceError && error.code === 'not-found') return undefined;
    throw error;
  }
}

/** A session that had not ended where it comes from does not go on here. */
function ended(full: FullSession): FullSession {
  const { row } = full.session;
  if (row.state !== 'active') return full;
  return { ...full, session: { ...full.session, row: { ...row, state: 'client-aborted' } } };
}

/** Answers how many were copied. Numbers begin after `to`'s last. */
export async function copySessions(
  origins: Iterable<Origin>,
  to: CaptureStore,
  { signal, onSession = () => undefined }: { signal?: AbortSignal; onSession?: () => void } = {},
): Promise<number> {
  const newIds = new Map<CaptureStore, Map<SessionId, SessionId>>();
  let waiting: (() => Promise<void>)[] = [];
  const annotate = async () => {
    // What is said of a session finds only one that is on disk.
    await to.flush();
    for (const say of waiting) await say();
    waiting = [];
  };
  let last: number = to.lastSessionId;
  let copied = 0;
  for (const origin of origins) {
    signal?.throwIfAborted();
    const full = await read(origin);
    onSession();
    if (full === undefined) continue;
    last += 1;
    const id = last;
    const known = newIds.get(origin.store) ?? new Map<SessionId, SessionId>();
    newIds.set(origin.store, known.set(origin.id, id));
    const { parentId: oldParent, ...row } = full.session.row;
    const parentId = oldParent === undefined ? undefined : known.get(oldParent);
    const session = { ...full.session, row: parentId === undefined ? row : { ...row, parentId } };
    for (const event of eventsOf(ended({ ...full, session }), { id }))
      if (!to.write(event)) await to.drained();
    copied += 1;
    const comment = [origin.note, row.comment].filter((text) => text !== undefined).join('\n');
    if (row.mark !== 0 || comment !== '') {
      waiting.push(() => to.annotate([id], { mark: row.mark, ...(comment === '' ? {} : { comment }) }));
    }
    if (row.findings > 0) {
      const findings = (await origin.store.findings(origin.id)).map((finding) => ({
        ...finding,
        sessionId: id,
      }));
      waiting.push(() => to.putFindings(id, findings));
    }
    if (waiting.length >= ANNOTATED_AT_ONCE) await annotate();
  }
  await annotate();
  return copied;
}
