/** `search.*`: finding text anywhere in the capture, and how far the index is that makes it fast. */
import type { SearchIndexStatus } from '#model/search.ts';
import type { Services } from '../services.ts';
import { createChanges, latest } from './changes.ts';
import type { HandlerGroup } from './handlers.ts';

const GAP_MS = 250;

export function searchHandlers({ store, search }: Services): HandlerGroup<'search'> {
  return {
    'search.run': async function* (query, signal) {
      // What has been seen by now is searched: the search reads what is on disk.
      await store.flush();
      yield* search.find(query, signal);
    },
    'search.index': async function* (_, signal) {
      const changes = createChanges();
      using _told = search.onStatus(() => changes.ring());
      using _stored = store.onChange(({ ended, removed }) => {
        if (removed || ended.length > 0) changes.ring();
      });
      const compute = async (): Promise<SearchIndexStatus> => {
        const { sessions } = await store.totals();
        const { indexed = 0, working = false } = search.status ?? {};
        // Those removed since stay in the index until their group goes.
        return { indexed: Math.min(indexed, sessions), sessions, working };
      };
      yield* latest(changes, compute, signal, GAP_MS);
    },
  };
}
