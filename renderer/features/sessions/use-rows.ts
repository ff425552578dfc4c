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
  const [, redraw] = useReducer((n: number) => n + 1, 0);
  const frame = useRef(0);
  const asking = useRef(false);

  useEffect(() => {
    const list = listName({ filter, order });
    // Under a filter a session may come to match later than those after it.
    const growsAtEnd = filter === '' && order.by === 'id' && !order.descending;
    const params = { filter, order, offset: window.offset, limit: window.limit };

    const follow = () => {
      const state = useSessions.getState();
      const place = followRows(state, cache);
      if (place !== 'ask') {
        if (place) state.follow(place.selection, place.current);
        return;
      }
      const { current } = state;
      if (!current || asking.current) return;
      asking.current = true;
      const answered = ({ offset }: { offset: number }) => {
        const now = useSessions.getState();
        if (now.current?.id !== current.id || listName(now) !== list) return;
        now.follow(movedTo(now.selection, offset), offset < 0 ? undefined : now.current);
      };
      rpc
        .call('sessions.position', { filter, order, id: current.id })
        // The next window asks again.
        .then(answered, () => undefined)
        .finally(() => {
          asking.current = false;
        });
    };

    const stop = rpc.watch('sessions.watch', params, {
      item: (rows) =>
        new Promise<void>((drawn) => {
          frame.current = requestAnimationFrame(() => {
            cache.apply(list, rows, growsAtEnd);
            useSessions.getState().setCounts(rows.matched, rows.total);
            follow();
            redraw();
            drawn();
          });
        }),
      error: (error) => toast(toSluiceError(error).message, { tone: 'err' }),
    });
    return () => {
      cancelAnimationFrame(frame.current);
      stop();
    };
  }, [rpc, cache, filter, order, window.offset, window.limit]);

  return cache;
}
