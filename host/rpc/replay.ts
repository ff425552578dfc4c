/** `replay.*`: sending sessions again, once or many times, watching that and ending it. */
import { scenarioOf } from '../replay/scenario/scenario-of.ts';
import type { Services } from '../services.ts';
import type { HandlerGroup } from './handlers.ts';

export function replayHandlers({ replays, store }: Services): HandlerGroup<'replay'> {
  return {
    'replay.start': (plan) => replays.start(plan),
    'replay.watch': ({ id }, signal) => replays.watch(id, signal),
    'replay.variables': async ({ ids }) => {
      await store.flush();
      return { variables: await scenarioOf(store, ids) };
    },
    'replay.cancel': async ({ id }) => {
      replays.cancel(id);
      return {};
    },
  };
}
