import type { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Need } from '#model/filter/fields.ts';
import type { Aggregation } from '#model/filter/query.ts';
import type { SessionId } from '#model/session.ts';
import { makeSession } from '#proxy-core/testing/session-factory.ts';
import { addFilterFunctions } from './filter-functions.ts';
import { Measurer } from './measurer.ts';
import { ask, emptyIndex, putRow } from './testing.ts';
import { Verdicts } from './verdicts.ts';

let db: DatabaseSync;
let measurer: Measurer;
let loaded: SessionId[];
let pause: () => Promise<void>;

beforeEach(() => {
  db = emptyIndex();
  loaded = [];
  pause = async () => {};
  const load = async (id: SessionId, _needs: ReadonlySet<Need>) => {
    loaded.push(id);
    await pause();
    const { session } = makeSession({ id, requestHeaders: [['X-Id', String(id)]] });
    return id === 2 ? undefined : { row: session.row, session };
  };
  addFilterFunctions(db, new Verdicts());
  measurer = new Measurer(db, { load });
});
afterEach(() => db.close());

function put(...ids: SessionId[]): void {
  db.exec('BEGIN');
  for (const id of ids)
    putRow(db, makeSession({ id, durationMs: id, status: id % 2 === 0 ? 404 : 200 }).session.row);
  db.exec('COMMIT');
}
const by = (key: Aggregation['keys'][number]): Aggregation => ({ keys: [key], columns: [] });

/** Everything, page after page, and how many pages that were. */
async function all(table: Aggregation, more: { filter?: string; newestFirst?: boolean } = {}) {
  const measured = [];
  let from: number | undefined;
  let pages = 0;
  do {
    const { filter } = ask(more.filter ?? '');
    const newestFirst = more.newestFirst === true;
    const page = await measurer.page({ filter, table, newestFirst, ...(from === undefined ? {} : { from }) });
    measured.push(...page.measured);
    pages += 1;
    from = page.next;
  } while (from !== undefined);
  return { texts: measured.map(({ keys }) => keys[0]?.[0]), measured, pages };
}

describe('measuring', () => {
  it('goes through the rows that pass, whatever their ids', async () => {
    put(1, 2, 3, 700, 5_000, 2 ** 40);
    expect((await all(by({ field: 'id' }))).texts).toEqual(['1', '2', '3', '700', '5000', String(2 ** 40)]);
    expect((await all(by({ field: 'id' }), { filter: 'status:200' })).texts).toEqual(['1', '3']);
    expect(loaded).toEqual([]);
  });

  it('goes backwards too', async () => {
    put(...Array.from({ length: 1300 }, (_, i) => i + 1));
    const { texts } = await all(by({ field: 'id' }), { newestFirst: true });
    expect(texts).toEqual(Array.from({ length: 1300 }, (_, i) => String(1300 - i)));
  });

  it('gives numbers beside keys', async () => {
    put(7);
    const { measured } = await all({
      keys: [],
      columns: [{ name: 'count' }, { name: 'sum', of: { field: 'duration' } }],
    });
    expect(measured).toEqual([{ keys: [], numbers: [[], [7]] }]);
  });

  it('loads sessions only for what rows lack; of one that cannot be read it takes the row', async () => {
    put(1, 2, 3);
    expect((await all(by({ field: 'header', name: 'x-id' }))).texts).toEqual(['1', undefined, '3']);
    expect(loaded).toEqual([1, 2, 3]);
  });

  it('is done a slice of time at a call', async () => {
    pause = () => new Promise((resolve) => setTimeout(resolve, 5));
    put(...Array.from({ length: 40 }, (_, i) => i + 10));
    const { pages, texts } = await all(by({ field: 'header', name: 'x-id' }));
    expect(texts).toHaveLength(40);
    expect(pages).toBeGreaterThan(2);
  });

  it('takes from sessions that are named, in the order they are asked for', async () => {
    put(1, 2, 3);
    const table: Aggregation = {
      keys: [{ field: 'header', name: 'x-id' }, { field: 'status' }],
      columns: [],
    };
    const found = await measurer.of([3, 9, 1, 2], table);
    expect(found.map(({ id, measured }) => [id, measured.keys])).toEqual([
      [3, [['3'], ['200']]],
      [1, [['1'], ['200']]],
      // What cannot be read of it has no values.
      [2, [[], ['404']]],
    ]);
    expect(await measurer.of([3], { keys: [{ field: 'path' }], columns: [] })).toHaveLength(1);
    expect(loaded).toEqual([3, 1, 2]);
  });

  it('of an empty capture is nothing', async () => {
    expect(await all(by({ field: 'id' }))).toMatchObject({ texts: [], pages: 1 });
  });
});
