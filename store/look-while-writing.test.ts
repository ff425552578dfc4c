/** Looking into sessions in the real worker, beside the traffic: batches are taken in between, and what they bring is found. */
import { expect, it } from 'vitest';
import { makeSession } from '#proxy-core/testing/session-factory.ts';
import { openCapture } from './open-capture.ts';
import { ask, record, temporaryFolder } from './testing.ts';

const MANY = 1000;
const session = (id: number) =>
  makeSession({ id, responseBody: id % 100 === 0 ? 'needle' : 'hay'.repeat(300) });

it('traffic does not wait for a filter, and the filter misses none of it', async () => {
  using folder = temporaryFolder();
  await using store = await openCapture(`${folder.path}/a.sluice`, 'create');
  await record(store, ...Array.from({ length: MANY }, (_, i) => session(i + 1)));
  const { filter } = ask('body:needle');
  let slices = 0;
  const looking = (async () => {
    do slices += 1;
    while (!(await store.look(filter)));
  })();
  let stored = 0;
  for (let id = MANY + 1; id <= MANY + 100; id += 20) {
    const before = slices;
    await record(store, ...Array.from({ length: 20 }, (_, i) => session(id + i)));
    // Between two slices a batch is taken, however many there are still to come.
    if (slices - before <= 3) stored += 1;
  }
  expect(stored).toBe(5);
  await looking;
  expect(slices).toBeGreaterThan(1);
  expect(await store.ids(ask('body:needle'))).toHaveLength(MANY / 100 + 1);
  expect(await store.query(ask('body:needle'))).toMatchObject({ matched: MANY / 100 + 1, counted: true });
}, 60_000);

it('closing ends a look that is under way', async () => {
  using folder = temporaryFolder();
  const store = await openCapture(`${folder.path}/a.sluice`, 'create');
  await record(store, ...Array.from({ length: 500 }, (_, i) => session(i + 1)));
  const looks = Array.from({ length: 5 }, () =>
    store.look(ask('body:needle').filter).catch(() => 'rejected'),
  );
  await store.close();
  for (const look of await Promise.all(looks)) expect([true, false, 'rejected']).toContain(look);
  await expect(store.look(ask('body:needle').filter)).rejects.toMatchObject({ code: 'internal' });
});
