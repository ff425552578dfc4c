import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { SEARCH_PLACES, type SearchItem, type SearchQuery } from '#model/search.ts';
import { makeSession } from '#proxy-core/testing/session-factory.ts';
import { indexCapture, openCaptureSearch } from './search.ts';
import { openTestCapture } from './testing/captures.ts';
import { measureSearch } from './testing/measure-search.ts';

const query = (change: Partial<SearchQuery> = {}): SearchQuery => ({
  text: 'zürich',
  regex: false,
  caseSensitive: false,
  wholeWord: false,
  places: [...SEARCH_PLACES],
  filter: '',
  newestFirst: false,
  limit: 100,
  ...change,
});
const ids = (items: readonly SearchItem[]) => items.flatMap(({ found }) => found.map(({ row }) => row.id));
const gzipped = (id: number, text: string) =>
  makeSession({
    id,
    url: `https://${id % 2 === 0 ? 'even' : 'odd'}.test/`,
    responseHeaders: [
      ['Content-Type', 'text/plain; charset=iso-8859-1'],
      ['Content-Encoding', 'gzip'],
    ],
    responseBody: new Uint8Array(gzipSync(Buffer.from(text, 'latin1'))),
  });

describe('a search of a capture', () => {
  it('reads bodies with the product’s own decoders, and filters by text', async () => {
    await using at = await openTestCapture(gzipped(1, 'Zürich'), gzipped(2, 'ZÜRICH'), gzipped(3, 'Bern'));
    await using search = openCaptureSearch(at.path, { index: true });
    const found = (change: Partial<SearchQuery> = {}) => Array.fromAsync(search.find(query(change)));
    expect(ids(await found())).toEqual([1, 2]);
    expect(await indexCapture(search)).toEqual({ indexed: 3, sessions: 3, working: false });
    expect(ids(await found())).toEqual([1, 2]);
    expect(ids(await found({ filter: 'host:even.test' }))).toEqual([2]);
    expect(() => search.find(query({ filter: 'host:' }))).toThrow(
      expect.objectContaining({ code: 'filter-syntax' }),
    );
  });
});

it('is measured', async () => {
  await using at = await openTestCapture(gzipped(1, 'Zürich'), gzipped(2, 'ZÜRICH'), gzipped(3, 'Bern'));
  await at.store.close();
  const told: number[] = [];
  const figures = await measureSearch(at.path, ['zürich', 'nowhere'], {
    told: (indexed) => told.push(indexed),
  });
  expect(figures).toMatchObject({ sessions: 3, indexSeconds: expect.any(Number) });
  expect(figures.searches.map(({ hits, firstMs }) => [hits, firstMs === undefined])).toEqual([
    [2, false],
    [0, true],
  ]);
  expect(told.at(-1)).toBe(3);
  expect(figures.indexBytes).toBeGreaterThan(0);
  expect((await measureSearch(at.path, [])).indexSeconds).toBeUndefined();
});
