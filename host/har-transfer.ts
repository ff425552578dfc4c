/** Sessions out of a capture for exports, a session at a time in memory, however many there are. */
import { SluiceError } from '#model/errors.ts';
import type { Filter } from '#model/filter/ast.ts';
import type { FullSession, SessionId } from '#model/session.ts';
import type { CaptureStore } from '#store/capture-store.ts';
import { fullSession } from './bodies.ts';

const IDS_AT_ONCE = 100_000;

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

/** The sessions of these ids, but those that were removed since; `onSession` is called when the next one is asked for. */
export async function* sessionsOf(
  store: CaptureStore,
  ids: Iterable<SessionId>,
  onSession: () => void = () => undefined,
): AsyncGenerator<FullSession> {
  for (const id of ids) {
    try {
      yield await fullSession(store, id);
      onSession();
    } catch (error) {
      // Removed since it was listed.
      if (!(error instanceof SluiceError && error.code === 'not-found')) throw error;
    }
  }
}
