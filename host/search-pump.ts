/**
 * Lets the search index follow the traffic: tells the search which sessions have ended, and how many it may take in while the thread that
 * forwards traffic has time. The index is behind under load and catches up after it; searches read what is not in it yet.
 */
import type { CaptureStore } from '#store/capture-store.ts';
import { groupOf } from '#store/search/group.ts';
import { createCheckPace, SLICE_MS } from './check-pace.ts';
import { loopUtilisation } from './check-pump.ts';
import type { CaptureSearch } from './search.ts';

/** A capture with sessions in it is looked at this long after the start, which has more urgent things to do. */
const START_MS = 1500;

/** Slices from one telling of ended sessions to the next: each makes the worker look through their group. */
const TELL_EVERY = 5;

export interface SearchPumpOptions {
  readonly store: Pick<CaptureStore, 'onChange' | 'lastSessionId'>;
  readonly search: Pick<CaptureSearch, 'ended' | 'removed' | 'allow' | 'onStatus'>;
  /** Share of the time since it was last asked that this thread had work, 0 to 1; default: measured. */
  readonly utilisation?: () => number;
}

export function startSearchPump(options: SearchPumpOptions): Disposable {
  const { store, search, utilisation = loopUtilisation() } = options;
  const pace = createCheckPace();
  const groups = new Set<number>();
  let slices: NodeJS.Timeout | undefined;
  let working = false;
  /** Slices until ended sessions may be told again. */
  let quiet = 0;

  const stop = () => {
    clearInterval(slices);
    slices = undefined;
  };
  const slice = () => {
    pace.look(utilisation());
    quiet -= 1;
    if (groups.size > 0 && quiet <= 0) {
      quiet = TELL_EVERY;
      search.ended([...groups]);
      groups.clear();
      working = true;
    }
    if (!working && groups.size === 0) return stop();
    search.allow(pace.perSlice);
  };
  const start = () => {
    if (slices !== undefined) return;
    slices = setInterval(slice, SLICE_MS);
    slices.unref();
  };
  const told = search.onStatus((status) => {
    working = status.working;
  });
  const changes = store.onChange(({ ended, removed }) => {
    if (removed) search.removed();
    if (ended.length === 0) return;
    for (const id of ended) groups.add(groupOf(id));
    start();
  });
  const first = setTimeout(() => {
    working = true;
    start();
  }, START_MS);
  first.unref();
  if (store.lastSessionId === 0) clearTimeout(first);
  return {
    [Symbol.dispose]() {
      stop();
      clearTimeout(first);
      told[Symbol.dispose]();
      changes[Symbol.dispose]();
    },
  };
}
