/** `tree.*` and `timeline.*`: what all sessions add up to, live. */
import { filterOf } from '../filter-text.ts';
import type { Services } from '../services.ts';
import { latest } from './changes.ts';
import type { HandlerGroup } from './handlers.ts';

/** Sums are for the eye: more often than this nobody reads them, and the store has other things to do. */
const GAP_MS = 400;
const NO_ROWS = { offset: 0, limit: 0 };
const BY_ID = { by: 'id', descending: false } as const;

export function treeHandlers({ store, stored }: Services): HandlerGroup<'tree'> & HandlerGroup<'timeline'> {
  return {
    'tree.watch': ({ open, counts }, signal) => {
      const filters = counts.map(filterOf);
      const compute = async () => {
        const { levels, counted } = await store.tree(open);
        let counting = !counted;
        const matched: number[] = [];
        for (const filter of filters) {
          const page = await store.peek({ filter, order: BY_ID, ...NO_ROWS });
          matched.push(page.matched);
          counting ||= !page.counted;
        }
        return { levels: [...levels], counts: matched, ...(counting ? { counting } : {}) };
      };
      return latest(stored, compute, signal, GAP_MS, ({ counting }) => counting !== true);
    },
    'timeline.watch': ({ filter, from, to, spans }, signal) => {
      const range = { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
      const query = { filter: filterOf(filter), spans, ...range };
      const compute = async () => {
        const { timeline, counted } = await store.timeline(query);
        return { ...timeline, ...(counted ? {} : { counting: true }) };
      };
      return latest(stored, compute, signal, GAP_MS, ({ counting }) => counting !== true);
    },
  };
}
