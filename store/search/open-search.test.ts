import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { SearchIndexStatus } from '#model/search.ts';
import { makeSession } from '#proxy-core/testing/session-factory.ts';
import { looking, resultOf, type SearchedCapture, searchedCapture } from '../testing/searched-capture.ts';
import { record, temporaryFolder } from '../testing.ts';
import { openSearch, type Search } from './open-search.ts';

const script = new URL('../testing/search-worker.ts', import.meta.url);
const open = (folder: string, index = true) => openSearch({ folder, index, script });
const sessions = (count: number, size = 10) =>
  Array.from({ length: count }, (_, i) =>
    makeSession({ id: i + 1, responseBody: `needle-${i + 1} ${'x'.repeat(size)}` }),
  );
const files = (at: SearchedCapture) => readdirSync(at.path).filter((name) => name.endsWith('.idx'));

/** Resolves when everything is in the index. */
async function all(search: Search): Promise<SearchIndexStatus> {
  const { promise, resolve } = Promise.withResolvers<SearchIndexStatus>();
  using _ = search.onStatus((status) => !status.working && resolve(status));
  search.allow(1_000_000);
  return await promise;
}

describe('a search', () => {
  it('is the work of a thread that ends with it', async () => {
    await using at = await searchedCapture(sessions(20));
    await using search = open(at.path);
    const { found, progress } = await resultOf(search.find(looking('needle-7')));
    expect(found.map(({ row }) => row.id)).toEqual([7]);
    expect(progress).toMatchObject({ state: 'done', looked: 20, read: 20 });
  });

  it('is quicker with an index, which is kept when it is closed', async () => {
    await using at = await searchedCapture(sessions(100));
    {
      await using search = open(at.path);
      expect(await all(search)).toEqual({ indexed: 100, sessions: 100, working: false });
      expect(search.status).toMatchObject({ indexed: 100 });
    }
    expect(files(at)).toEqual(['search-000000.idx']);
    await using again = open(at.path, false);
    const { progress } = await resultOf(again.find(looking('needle-77')));
    expect(progress.read).toBeLessThanOrEqual(8);
  });

  it('without the right to an index writes none', async () => {
    await using at = await searchedCapture(sessions(5));
    {
      await using search = open(at.path, false);
      search.allow(1000);
      await resultOf(search.find(looking('needle')));
      expect(search.status).toBeUndefined();
    }
    expect(files(at)).toEqual([]);
  });

  it('follows what is told to have ended', async () => {
    await using at = await searchedCapture(sessions(2));
    await using search = open(at.path);
    await all(search);
    await record(at.store, makeSession({ id: 3, responseBody: 'needle-3' }));
    search.ended([0]);
    expect(await all(search)).toMatchObject({ indexed: 3 });
  });
});

describe('leaving off', () => {
  it('by its signal ends it, and by reading no more', async () => {
    await using at = await searchedCapture(sessions(400, 60_000));
    await using search = open(at.path);
    const query = looking('needle', { places: ['response-body'] });
    const stop = new AbortController();
    let items = 0;
    for await (const item of search.find(query, stop.signal)) {
      items += 1;
      expect(item.progress.state).toBe('running');
      stop.abort();
    }
    expect(items).toBe(1);
    for await (const _ of search.find(query)) break;
    expect(await Array.fromAsync(search.find(query, AbortSignal.abort()))).toEqual([]);
    // Others are not concerned.
    expect((await resultOf(search.find(looking('needle-3 ')))).found).toHaveLength(1);
  });

  it('by closing ends every search with a reason', async () => {
    await using at = await searchedCapture(sessions(400, 60_000));
    const search = open(at.path);
    const items = search.find(looking('needle', { places: ['response-body'] }));
    await items.next();
    const rest = expect(Array.fromAsync(items)).rejects.toMatchObject({ code: 'cancelled' });
    await search.close();
    await search.close();
    await rest;
    await expect(search.find(looking('x')).next()).rejects.toMatchObject({ code: 'cancelled' });
    search.allow(1);
    search.ended([0]);
  });
});

describe('what is wrong', () => {
  it('with the query or the capture rejects with its code', async () => {
    await using at = await searchedCapture(sessions(1));
    await using search = open(at.path);
    await expect(resultOf(search.find(looking('(', { regex: true })))).rejects.toMatchObject({
      code: 'bad-request',
    });
    using folder = temporaryFolder();
    await using none = open(join(folder.path, 'none.sluice'));
    for (let i = 0; i < 2; i++)
      await expect(resultOf(none.find(looking('x')))).rejects.toMatchObject({ code: 'capture-missing' });
  });
});
