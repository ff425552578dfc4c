/** The rows of the grid, live from the host: watches one window at a time and follows the scroll position with it. */

import { useEffect, useReducer, useRef, useState } from 'react';
import { toSluiceError } from '#model/errors.ts';
import { useApp } from '../../app.ts';
import { movedTo } from '../../state/selection.ts';
import { useSessions } from '../../state/sessions.ts';
import { toast } from '../../ui/toast.ts';
import { followRows } from './follow-rows.ts';
import type { RowWindow } from './grid-math.ts';
import { RowCache } from './row-cache.ts';

/** Filter and order as one text: names the list that rows belong to. */
export const listName = (state: Pick<ReturnType<typeof useSessions.getState>, 'filter' | 'order'>) =>
  JSON.stringify([state.filter, state.order]);

/** The known rows; drawing follows the screen's frames, and the host is given credit only for what was drawn. */
export function useRows(window: RowWindow): RowCache {
  const { rpc } = useApp();
  const filter = useSessions((state) => state.filter);
  const order = useSessions((state) => state.order);
  const [cache] = useState(() => new RowCache());
  const [drawn, redraw] = useReducer((n: number) => n + 1, 0);
  const frame = useRef(0);
  useFollow(cache, drawn);

  useEffect(() => {
    const list = listName({ filter, order });
    // Under a filter a session may come to match later than those after it.
    const growsAtEnd = filter === '' && order.by === 'id' && !order.descending;
    const { offset, limit, fromEnd = false } = window;
    const params = { filter, order, offset, limit, fromEnd };
    const stop = rpc.watch('sessions.watch', params, {
      item: (rows) =>
        new Promise<void>((shown) => {
          frame.current = requestAnimationFrame(() => {
            cache.apply(list, rows, growsAtEnd);
            useSessions.getState().setCounts(rows.matched, rows.total, rows.counting);
            redraw();
            shown();
          });
        }),
      error: (error) => toast(toSluiceError(error).message, { tone: 'err' }),
    });
    return () => {
      cancelAnimationFrame(frame.current);
      stop();
    };
  }, [rpc, cache, filter, order, window]);

  return cache;
}

/** Keeps the selection with its session, after rows came (`drawn`) and after somebody moved the cursor. */
function useFollow(cache: RowCache, drawn: number): void {
  const { rpc } = useApp();
  const selection = useSessions((state) => state.selection);
  const current = useSessions((state) => state.current);
  const asking = useRef(false);

  // biome-ignore lint/correctness/useExhaustiveDependencies: `drawn` says that the cache has other rows
  useEffect(() => {
    const state = useSessions.getState();
    const list = listName(state);
    // The rows are still those of the list before.
    if (!cache.shows(list)) return;
    const place = followRows(state, cache);
    if (place !== 'ask') {
      if (place) state.follow(place.selection, place.current);
      return;
    }
    const asked = state.current;
    if (!asked || asking.current) return;
    asking.current = true;
    rpc
      .call('sessions.position', { filter: state.filter, order: state.order, id: asked.id })
      .then(
        ({ offset }) => {
          const now = useSessions.getState();
          if (now.current?.id !== asked.id || listName(now) !== list) return;
          now.follow(movedTo(now.selection, offset), offset < 0 ? undefined : now.current);
        },
        // The next rows ask again.
        () => undefined,
      )
      .finally(() => {
        asking.current = false;
      });
  }, [rpc, cache, drawn, selection, current]);
}
