/** `exports.*`: preparing, following and stopping files that the browser downloads. */
import type { Services } from '../services.ts';
import type { HandlerGroup } from './handlers.ts';

export function exportsHandlers({ exports }: Services): HandlerGroup<'exports'> {
  return {
    'exports.start': (selection) => exports.start(selection),
    'exports.watch': ({ id }, signal) => exports.watch(id, signal),
    'exports.cancel': async ({ id }) => {
      exports.cancel(id);
      return {};
    },
  };
}
