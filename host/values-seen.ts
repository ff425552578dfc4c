/** Values that a capture's newest sessions have of a field, for completion: the most frequent first. */

import { measuredNeeds } from '#model/filter/aggregate.ts';
import type { Wanted } from '#model/filter/complete.ts';
import type { Need } from '#model/filter/fields.ts';
import type { Aggregation } from '#model/filter/query.ts';
import type { CaptureStore } from '#store/capture-store.ts';

/** Sessions looked at: of rows many, of what has to be loaded few. */
const ROWS = 10_000;
const LOADED = 200;
const MOST_VALUES = 50;
/** Nobody completes longer ones. */
const LONGEST = 200;

const isLight = (needs: ReadonlySet<Need>) => needs.size === 0;

export async function valuesSeen(
  store: Pick<CaptureStore, 'measure'>,
  { field, name, names, prefix }: Wanted,
): Promise<string[]> {
  const key = name === undefined || names ? { field } : { field, name };
  const table: Aggregation = { keys: [key], columns: [] };
  const most = isLight(measuredNeeds(table)) ? ROWS : LOADED;
  const typed = prefix.toLowerCase();
  const counts = new Map<string, number>();
  let looked = 0;
  let from: number | undefined;
  do {
    const page = await store.measure({
      filter: { type: 'all' },
      table,
      newestFirst: true,
      ...(from === undefined ? {} : { from }),
    });
    for (const { keys } of page.measured.slice(0, most - looked)) {
      for (const text of keys[0] ?? []) {
        if (text === '' || text.length > LONGEST || !text.toLowerCase().includes(typed)) continue;
        counts.set(text, (counts.get(text) ?? 0) + 1);
      }
    }
    looked += page.measured.length;
    from = page.next;
  } while (from !== undefined && looked < most);
  return [...counts]
    .sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))
    .slice(0, MOST_VALUES)
    .map(([text]) => text);
}
