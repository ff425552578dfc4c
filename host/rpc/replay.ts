/** `replay.*`: sending sessions again, once or many times, watching that and ending it. */
import type { Services } from '../services.ts';
import type { HandlerGroup } from './handlers.ts';

export function replayHandlers({ replays }: Services): HandlerGroup<'replay'> {
  return {
    'replay.start': (plan) => replays.start(plan),
    'replay.watch': ({ id }, signal) => replays.watch(id, signal),
    'replay.cancel': async ({ id }) => {
      replays.cancel(id);
      return {};
    },
  };
}
