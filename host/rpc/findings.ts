/** `findings.*`: what the checks found, grouped. */
import type { Services } from '../services.ts';
import { createChanges, latest } from './changes.ts';
import type { HandlerGroup } from './handlers.ts';

const GAP_MS = 250;

export function findingsHandlers({ store }: Services): HandlerGroup<'findings'> {
  return {
    'findings.watch': async function* (_, signal) {
      const changes = createChanges();
      using _subscription = store.onChange(({ findings, removed }) => {
        if (findings || removed) changes.ring();
      });
      const compute = async () => {
        const groups = await store.findingGroups();
        return { groups, total: groups.reduce((sum, group) => sum + group.count, 0) };
      };
      yield* latest(changes, compute, signal, GAP_MS);
    },
  };
}
