/** Moving the cursor and selecting with mouse and keyboard. Ranges over rows that are not loaded are asked of the host. */
import { toSluiceError } from '#model/errors.ts';
import type { SessionId } from '#model/session.ts';
import { useApp } from '../../app.ts';
import { rangeTo, selectOne, selectRange, toggleOne } from '../../state/selection.ts';
import { useSessions } from '../../state/sessions.ts';
import { toast } from '../../ui/toast.ts';
import type { RowCache } from './row-cache.ts';

export type SelectMode = 'one' | 'toggle' | 'range';

const MOST = 100_000;

/** The function that puts the cursor on a row. */
export function useCursor(cache: RowCache): (index: number, mode: SelectMode) => void {
  const { rpc } = useApp();

  async function idsOf(start: number, end: number): Promise<Iterable<SessionId>> {
    const known: SessionId[] = [];
    for (let i = start; i < end; i++) {
      const row = cache.rowAt(i);
      if (!row) break;
      known.push(row.id);
    }
    if (known.length === end - start) return known;
    const { filter, order } = useSessions.getState();
    const limit = Math.min(end - start, MOST);
    return (await rpc.call('sessions.ids', { filter, order, offset: start, limit })).ids;
  }

  return (index, mode) => {
    const { selection, select } = useSessions.getState();
    const row = cache.rowAt(index);
    if (mode === 'toggle' && row) select(toggleOne(selection, index, row.id), row);
    else if (mode === 'range') {
      const [start, end] = rangeTo(selection, index);
      idsOf(start, end).then(
        (ids) => select(selectRange(selection, index, ids), row),
        (error: unknown) => toast(toSluiceError(error).message, { tone: 'err' }),
      );
    } else select(selectOne(index, row?.id), row);
  };
}
