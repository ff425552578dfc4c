import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SEARCH_PLACES, type SearchItem, type SearchQuery } from '#model/search.ts';
import { httpOrigin } from '#proxy-core/testing/origin.ts';
import { viaProxy } from '#proxy-core/testing/proxy-client.ts';
import { makeSession } from '#proxy-core/testing/session-factory.ts';
import { firstItem, type RunningHost, runningHost } from '../testing/running-host.ts';

let at: RunningHost;
beforeAll(async () => {
  at = await runningHost(
    Array.from({ length: 300 }, (_, i) =>
      makeSession({
        id: i + 1,
        responseBody: i === 4 ? '{"city":"Z\\u00fcrich"}' : `quay ${'x'.repeat(20_000)}`,
      }),
    ),
  );
});
afterAll(() => at[Symbol.asyncDispose]());

const query = (text: string, change: Partial<SearchQuery> = {}): SearchQuery => ({
  text,
  regex: false,
  caseSensitive: false,
  wholeWord: false,
  places: [...SEARCH_PLACES],
  filter: '',
  newestFirst: true,
  limit: 1000,
  ...change,
});
const run = (text: string, change: Partial<SearchQuery> = {}) =>
  at.client.open('search.run', query(text, change));
const ids = (items: readonly SearchItem[]) => items.flatMap(({ found }) => found.map(({ row }) => row.id));

describe('searching', () => {
  it('finds what the capture held before', async () => {
    const items = await Array.fromAsync(run('zürich'));
    expect(ids(items)).toEqual([5]);
    expect(items.at(-1)?.progress).toMatchObject({ state: 'done', looked: 300, total: 300 });
  });

  it('finds what has just passed', async () => {
    await using origin = await httpOrigin((_, response) => response.end('just passed'));
    await viaProxy({ proxyPort: at.proxyPort, url: `${origin.url}/live` });
    // Whether it has ended or not: its answer is there as soon as the client has it.
    const items = await Array.fromAsync(run('just passed', { places: ['response-body'] }));
    expect(items.flatMap(({ found }) => found.map(({ row }) => row.path))).toEqual(['/live']);
  });

  it('can be left off, and others go on', async () => {
    const first = await firstItem(run('quay', { limit: 100_000 }));
    expect(first.found.length).toBeGreaterThan(0);
    expect(ids(await Array.fromAsync(run('zürich', { filter: 'id<10' })))).toEqual([5]);
  });

  it('says what is wrong with what is asked', async () => {
    await expect(firstItem(run('(', { regex: true }))).rejects.toMatchObject({ code: 'bad-request' });
    await expect(firstItem(run('x', { filter: 'host:' }))).rejects.toMatchObject({ code: 'filter-syntax' });
    await expect(firstItem(run(''))).rejects.toMatchObject({ code: 'bad-request' });
    await expect(firstItem(run('x', { places: [] }))).rejects.toMatchObject({ code: 'bad-request' });
  });
});

it('the index is made by itself and told of until all is in it', async () => {
  const done = await firstItem(
    at.client.open('search.index', {}),
    ({ indexed, sessions }) => indexed >= sessions && sessions >= 300,
  );
  expect(done.working).toBe(false);
  const items = await Array.fromAsync(run('zürich'));
  expect(ids(items)).toEqual([5]);
  expect(items.at(-1)?.progress.read).toBeLessThanOrEqual(8);
});
