/** Windows on the list, against a real store that grows while they are open. */
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Params, SessionWindow } from '#model/contract/contract.ts';
import { makeSession } from '#proxy-core/testing/session-factory.ts';
import type { CaptureStore } from '#store/capture-store.ts';
import { openCapture } from '#store/open-capture.ts';
import { record, temporaryFolder } from '#store/testing.ts';
import { createBodyViews } from '../bodies.ts';
import type { Services } from '../services.ts';
import { createChanges } from './changes.ts';
import { sessionsHandlers } from './sessions.ts';

const folder = temporaryFolder();
let store: CaptureStore;
let services: Services;
beforeAll(async () => {
  store = await openCapture(join(folder.path, 'a.sluice'), 'create');
  const stored = createChanges();
  store.onChange(() => stored.ring());
  services = { store, stored, bodies: createBodyViews(store) } as Partial<Services> as Services;
});
afterAll(async () => {
  await store.close();
  folder[Symbol.dispose]();
});

let last = 0;
function add(count: number): Promise<void> {
  const sessions = Array.from({ length: count }, (_, i) => makeSession({ id: last + i + 1 }));
  last += count;
  return record(store, ...sessions);
}

/** The items of a window, each as [offset, ids, matched]. */
function windowOn(query: Partial<Params<'sessions.watch'>>) {
  const stop = new AbortController();
  const params = {
    filter: '',
    order: { by: 'id', descending: false },
    offset: 0,
    limit: 3,
    ...query,
  } as const;
  const items = sessionsHandlers(services)['sessions.watch'](params, stop.signal)[Symbol.asyncIterator]();
  const shown = ({ offset, rows, matched }: SessionWindow) => [offset, rows.map(({ id }) => id), matched];
  return {
    async next() {
      const item = await items.next();
      return item.done ? undefined : shown(item.value);
    },
    /** Items until one is that. */
    async until(wanted: unknown) {
      for (let item = await this.next(); item; item = await this.next()) {
        if (JSON.stringify(item) === JSON.stringify(wanted)) return;
      }
      expect.unreachable('the stream ended before it');
    },
    stop: () => stop.abort(),
  };
}

describe('a window', () => {
  it('of a fixed place stays there, one at the end goes with the list', async () => {
    await add(2);
    const start = windowOn({ offset: 1 });
    const end = windowOn({ fromEnd: true });
    expect(await start.next()).toEqual([1, [2], 2]);
    expect(await end.next()).toEqual([0, [1, 2], 2]);
    await add(5);
    await start.until([1, [2, 3, 4], 7]);
    await end.until([4, [5, 6, 7], 7]);
    await store.remove([6]);
    await end.until([3, [4, 5, 7], 6]);
    start.stop();
    end.stop();
  });

  it('at the end of a list in another order ends as that list does', async () => {
    const all = windowOn({ order: { by: 'method', descending: true }, limit: 100 });
    const end = windowOn({ order: { by: 'method', descending: true }, limit: 2, fromEnd: true });
    const [, ids] = (await all.next()) as [number, number[], number];
    expect(await end.next()).toEqual([ids.length - 2, ids.slice(-2), ids.length]);
    all.stop();
    end.stop();
  });

  it('at the end of a filtered list ends with the last that passes', async () => {
    const end = windowOn({ fromEnd: true, filter: 'id<=3', limit: 2 });
    expect(await end.next()).toEqual([1, [2, 3], 3]);
    end.stop();
  });

  it('refuses a filter that is none', () => {
    expect(() => windowOn({ filter: '(' })).toThrow(expect.objectContaining({ code: 'filter-syntax' }));
  });
});
