/** Reads the cells of columns that somebody made for the rows in sight, and for no others. */
import { useEffect, useReducer, useState } from 'react';
import { toSluiceError } from '#model/errors.ts';
import type { SessionId, SessionRow } from '#model/session.ts';
import { useApp } from '../../app.ts';
import { toast } from '../../ui/toast.ts';
import type { ShownColumn } from './column-layout.ts';
import { fieldOf, isOwn } from './columns.ts';
import { OwnCells, type OwnTexts } from './own-columns.ts';

/** Rows that fly by are not read. */
const QUIET_MS = 60;
const AT_ONCE = 60;

export function useOwnCells(
  columns: readonly ShownColumn[],
  rows: readonly (SessionRow | undefined)[],
): { get(id: SessionId): OwnTexts | undefined } {
  const { rpc } = useApp();
  const [cells] = useState(() => new OwnCells());
  const [round, redraw] = useReducer((n: number) => n + 1, 0);
  const own = columns.flatMap(({ id }) => (isOwn(id) ? [id] : []));
  cells.use(own);
  const missing = own.length === 0 ? [] : cells.missing(rows, AT_ONCE);
  const wanted = missing
    .map(({ id, state, responseBodySize }) => `${id} ${state} ${responseBodySize}`)
    .join();
  const names = own.join(' ');
  // biome-ignore lint/correctness/useExhaustiveDependencies: `wanted` and `names` say what `missing` and `own` are
  useEffect(() => {
    if (wanted === '') return;
    let current = true;
    const timer = setTimeout(() => {
      const fields = own.map((id) => fieldOf(id) ?? '');
      rpc.call('sessions.cells', { ids: missing.map(({ id }) => id), fields }).then(
        (answer) => {
          if (!current) return;
          const told = new Map(answer.cells.map(({ id, texts }) => [id, texts]));
          // What is gone meanwhile is not asked for again.
          for (const row of missing) {
            cells.put(row, new Map(own.map((id, i) => [id, told.get(row.id)?.[i] ?? ''])));
          }
          redraw();
        },
        (error: unknown) => toast(toSluiceError(error).message, { tone: 'err' }),
      );
    }, QUIET_MS);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [rpc, cells, wanted, names, round]);
  return cells;
}
