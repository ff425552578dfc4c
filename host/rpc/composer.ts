/** `composer.*`: requests that people write themselves. The engine refuses what cannot be put on the wire as written. */
import { SluiceError } from '#model/errors.ts';
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
    'composer.sendRaw': async ({ url, octets, parentId }) => {
      if (engine.sendRaw === undefined) {
        throw new SluiceError(
          'not-allowed',
          'This engine cannot send octets as they are: use the engine wire.',
        );
      }
      const parent = parentId === undefined ? {} : { parentId };
      return { id: await engine.sendRaw({ url, octets, source: 'composer', ...parent }) };
    },
  };
}
