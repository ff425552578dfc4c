/** A table of sessions from the host: how far the count is, and the last table until the next one is there. */
import { useEffect, useState } from 'react';
import type { StatsTable } from '#model/contract/contract.ts';
import { toSluiceError } from '#model/errors.ts';
import { useApp } from '../../app.ts';

export interface CountedTable {
  readonly query: string | undefined;
  readonly table?: StatsTable;
  /** Sessions so far; absent when the table is whole. */
  readonly counted?: number;
  readonly problem?: string;
  /** How long the last one took. */
  readonly tookMs?: number;
}

/** `round` counts the same again; undefined asks nothing. */
export function useTable(query: string | undefined, round: number): CountedTable {
  const { rpc } = useApp();
  const [state, setState] = useState<CountedTable>({ query });
  // biome-ignore lint/correctness/useExhaustiveDependencies: another round asks again
  useEffect(() => {
    if (query === undefined) return;
    const began = performance.now();
    setState((old) => (old.query === query ? { ...old, counted: old.counted ?? 0 } : { query, counted: 0 }));
    return rpc.watch(
      'sessions.stats',
      { query },
      {
        item: ({ counted, table }) =>
          setState((old) =>
            table ? { query, table, tookMs: performance.now() - began } : { ...old, query, counted },
          ),
        error: (error) => setState({ query, problem: toSluiceError(error).message }),
      },
    );
  }, [rpc, query, round]);
  return state.query === query ? state : { query, counted: 0 };
}
