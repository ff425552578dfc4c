/** The rows of the grid, live from the host: watches one window at a time and follows the scroll position with it. */

import { useEffect, useReducer, useRef, useState } from 'react';
import { toSluiceError } from '#model/errors.ts';
import { useApp } from '../../app.ts';
import { useSessions } from '../../state/sessions.ts';
import { toast } from '../../ui/toast.ts';
import type { RowWindow } from './grid-math.ts';
import { RowCache } from './row-cache.ts';

/** The known rows; drawing follows the screen's frames, and the host is given credit only for what was drawn. */
export function useRows(window: RowWindow): RowCache {
  const { rpc } = useApp();
  const filter = useSessions((state) => state.filter);
  const order = useSessions((state) => state.order);
  const [cache] = useState(() => new RowCache());
  const [, redraw] = useReducer((n: number) => n + 1, 0);
  const frame = useRef(0);

  useEffect(() => {
    const list = JSON.stringify([filter, order]);
    const growsAtEnd = order.by === 'id' && !order.descending;
    const params = { filter, order, offset: window.offset, limit: window.limit };
    const stop = rpc.watch('sessions.watch', params, {
      item: (rows) =>
        new Promise<void>((drawn) => {
          frame.current = requestAnimationFrame(() => {
            cache.apply(list, rows, growsAtEnd);
            const { setCounts, selection, current, setCurrent } = useSessions.getState();
            setCounts(rows.matched, rows.total);
            const row = cache.rowAt(selection.cursor);
            if (row && (current === undefined || (current.id === row.id && current !== row))) setCurrent(row);
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
