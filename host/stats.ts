/** Tables of a capture's sessions: the store says what the sessions have, a slice at a time, and the table is made here. */
import { Aggregator, type Table } from '#model/filter/aggregate.ts';
import type { Filter } from '#model/filter/ast.ts';
import type { Aggregation } from '#model/filter/query.ts';
import type { CaptureStore } from '#store/capture-store.ts';
import { queryOf } from './filter-text.ts';

type Store = Pick<CaptureStore, 'look' | 'measure'>;

/** What is asked where somebody names no table: where the traffic goes, and how long it takes. */
const DEFAULT_TABLE = queryOf('| count, p95(duration), sum(size) by host').table;

export interface StatsQuery {
  readonly filter: Filter;
  readonly table: Aggregation;
}

/** The filter and the table that `text` says. @throws FilterSyntaxError */
export function statsQuery(text: string): StatsQuery {
  const { filter, table = DEFAULT_TABLE } = queryOf(text);
  if (table === undefined) throw new Error('the default table is one');
  return { filter, table };
}

/** How many sessions have been counted, and at the end the table. Leaving off reading ends the work. */
export async function* stats(
  store: Store,
  { filter, table }: StatsQuery,
): AsyncGenerator<{ counted: number; table?: Table }> {
  while (!(await store.look(filter))) yield { counted: 0 };
  const aggregator = new Aggregator(table);
  let counted = 0;
  let from: number | undefined;
  do {
    const page = await store.measure({ filter, table, ...(from === undefined ? {} : { from }) });
    for (const one of page.measured) aggregator.add(one);
    counted += page.measured.length;
    from = page.next;
    if (from !== undefined) yield { counted };
  } while (from !== undefined);
  yield { counted, table: aggregator.table() };
}
