/** `breaks.*`: what stands at breakpoints, and how it goes on. */
import { SluiceError } from '#model/errors.ts';
import type { Services } from '../services.ts';
import { createChanges, latest } from './changes.ts';
import type { HandlerGroup } from './handlers.ts';

/** People wait for it. */
const GAP_MS = 20;

export function breaksHandlers({ rules, interception }: Services): HandlerGroup<'breaks'> {
  const { breakpoints: queue } = interception;
  return {
    'breaks.watch': async function* (_, signal) {
      using _here = queue.attend();
      const changes = createChanges();
      using _queue = queue.onChange(() => changes.ring());
      const state = () => ({
        breakpoints: [...rules.breakpoints],
        paused: queue.items.map(({ content: _content, ...item }) => item),
      });
      // Breakpoints are set by other windows too.
      const settings = (async () => {
        for (let seen = rules.changes.version; !signal.aborted; seen = rules.changes.version) {
          await rules.changes.after(seen, signal);
          changes.ring();
        }
      })();
      yield* latest(changes, state, signal, GAP_MS);
      await settings;
    },
    'breaks.set': async ({ breakpoints }) => {
      rules.setBreakpoints(breakpoints);
      return {};
    },
    'breaks.get': async ({ id }) => {
      const item = queue.item(id);
      if (item === undefined) throw new SluiceError('not-found', 'It does not wait any more.');
      return item;
    },
    'breaks.resolve': async ({ id, resolution }) => ({ resolved: queue.resolve(id, resolution) }),
    'breaks.releaseAll': async () => ({ released: queue.releaseAll() }),
  };
}
