/** `composer.*`: requests that people write themselves. The engine refuses what cannot be put on the wire as written. */
import type { Services } from '../services.ts';
import type { HandlerGroup } from './handlers.ts';

export function composerHandlers({ engine }: Services): HandlerGroup<'composer'> {
  return {
    'composer.send': async ({ parentId, httpVersion, ...request }) => ({
      id: await engine.send({
        ...request,
        ...(parentId === undefined ? {} : { parentId }),
        ...(httpVersion === undefined ? {} : { httpVersion }),
      }),
    }),
  };
}
