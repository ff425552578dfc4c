/** `preferences.*`: the workbench's small choices. */
import type { Services } from '../services.ts';
import { latest } from './changes.ts';
import type { HandlerGroup } from './handlers.ts';

export function preferencesHandlers({ preferences }: Services): HandlerGroup<'preferences'> {
  return {
    'preferences.watch': (_, signal) => latest(preferences.changes, () => preferences.now(), signal, 0),
    'preferences.set': async ({ name, value }) => {
      await preferences.set(name, value);
      return {};
    },
  };
}
