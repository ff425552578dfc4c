/** `scripts.*`: the scripts, their sources, what they say and what they show of sessions. */
import { sessionOf } from '../bodies.ts';
import { scriptValues } from '../scripts/script-values.ts';
import type { Services } from '../services.ts';
import { latest } from './changes.ts';
import type { HandlerGroup } from './handlers.ts';

/** Consoles may be written fast. */
const GAP_MS = 250;

export function scriptsHandlers({ scripts, store }: Services): HandlerGroup<'scripts'> {
  const state = () => ({ folder: scripts.folder, scripts: scripts.state() });
  return {
    'scripts.watch': (_, signal) => latest(scripts.changes, state, signal, GAP_MS),
    'scripts.source': async ({ file }) => ({ text: await scripts.source(file) }),
    'scripts.save': async ({ file, text }) => ({ file: await scripts.save(file, text) }),
    'scripts.switch': async ({ file, on }) => {
      await scripts.switch(file, on);
      return {};
    },
    'scripts.remove': async ({ file }) => {
      await scripts.remove(file);
      return {};
    },
    'scripts.values': async ({ id }) => ({
      values: await scriptValues(scripts.scripts, scripts.nameOf, store, await sessionOf(store, id)),
    }),
  };
}
