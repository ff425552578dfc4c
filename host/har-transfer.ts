/** Sessions out of a capture for exports: a few at a time in memory, however many there are. */
import type { Filter } from '#model/filter/ast.ts';
import type { FullSession, SessionId } from '#model/session.ts';
import type { CaptureStore } from '#store/capture-store.ts';
import { readAhead } from './read-ahead.ts';

const IDS_AT_ONCE = 100_000;
const BATCH_IDS = 256;
const BATCH_BYTES = 1024 * 1024;
/** Of several such ones no two are in memory at once. */
const LARGE_BYTES = 8 * BATCH_BYTES;

/** Ids of every session that passes, oldest first. */
export async function allIds(store: CaptureStore, filter: Filter): Promise<SessionId[]> {
  const ids: SessionId[] = [];
  const order = { by: 'id', descending: false } as const;
  while (true) {
    const page = await store.ids({ filter, order, offset: ids.length, limit: IDS_AT_ONCE });
    for (const id of page) ids.push(id);
    if (page.length < IDS_AT_ONCE) return ids;
  }
}

/** Octets of a session's bodies and messages: most of what an export holds. */
export const bytesOf = ({ requestBody, responseBody, messages }: FullSession): number =>
  messages.reduce((sum, { data }) => sum + data.length, requestBody.length + responseBody.length);

/** Whether these are so large that nothing else should be read beside them. */
export const areLarge = (sessions: readonly FullSession[]): boolean =>
  sessions.reduce((sum, full) => sum + bytesOf(full), 0) > LARGE_BYTES;

/** The sessions of these ids in order, some at a time and the next read meanwhile; without those that were removed since. */
export async function* sessionBatches(
  store: Pick<CaptureStore, 'wholeSessions'>,
  ids: readonly SessionId[],
): AsyncGenerator<readonly FullSession[]> {
  let at = 0;
  const next = async () => {
    if (at >= ids.length) return undefined;
    const { sessions, answered } = await store.wholeSessions(ids.slice(at, at + BATCH_IDS), BATCH_BYTES);
    at += answered;
    return sessions;
  };
  yield* readAhead(next, areLarge);
}
