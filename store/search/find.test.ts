import { describe, expect, it } from 'vitest';
import { parseFilter } from '#model/filter/parse.ts';
import { SEARCH_PLACES, type SearchItem } from '#model/search.ts';
import { makeSession } from '#proxy-core/testing/session-factory.ts';
import { indexed, looking, NO_INDEX, places, search, searchedCapture } from '../testing/searched-capture.ts';
import { record } from '../testing.ts';
import { find } from './find.ts';
import { firstIdOf } from './group.ts';

const body = (id: number, responseBody: string) => makeSession({ id, responseBody });
const filtered = (text: string) => {
  const result = parseFilter(text);
  if (!result.ok) throw new Error(result.problem.message);
  return result.filter;
};

describe('a search', () => {
  it('finds text in every place of a session, and says where', async () => {
    await using at = await searchedCapture([
      makeSession({
        id: 1,
        method: 'POST',
        url: 'https://api.acme.test/needle',
        requestHeaders: [['X-A', 'needle']],
        requestBody: 'a needle',
        responseHeaders: [['X-B', 'needle needle']],
        responseBody: '{"b":"needle"}',
      }),
      makeSession({
        id: 2,
        kind: 'websocket',
        status: 101,
        messages: [
          { direction: 'sent', at: 1, opcode: 1, data: new Uint8Array(Buffer.from('hay')) },
          {
            direction: 'received',
            at: 2,
            opcode: 1,
            data: new Uint8Array(Buffer.from('ein Nädelchen needle')),
          },
        ],
      }),
    ]);
    const result = await search(at.capture, NO_INDEX, looking('needle'));
    expect(places(result)).toEqual([
      '1 url 22-28',
      '1 request-head 6-12',
      '1 request-head 28-34',
      '1 response-head 22-28',
      '1 response-head 29-35',
      '1 request-body 2-8',
      '1 response-body 6-12',
      // An ä is two octets.
      '2 message#1 15-21',
    ]);
    expect(result.progress).toEqual({ state: 'done', looked: 2, total: 2, read: 2, cut: 0, unreadable: 0 });
    for (const place of SEARCH_PLACES) {
      const only = await search(at.capture, NO_INDEX, looking('needle', { places: [place] }));
      const parts = new Set(only.found.flatMap(({ hits }) => hits.map(({ part }) => part)));
      expect(
        [...parts].every((part) => part === place || part.endsWith(place)),
        place,
      ).toBe(true);
      expect(parts.size).toBeGreaterThan(0);
    }
  });

  it('goes through the sessions from either end, in every group', async () => {
    const ids = [1, 2, 9, firstIdOf(1), firstIdOf(1) + 7, firstIdOf(3) + 1];
    await using at = await searchedCapture(ids.map((id) => body(id, 'needle')));
    for (const index of [NO_INDEX, await indexed(at.capture)]) {
      const of = async (newestFirst: boolean) =>
        (await search(at.capture, index, looking('needle', { newestFirst }))).found.map(({ row }) => row.id);
      expect(await of(false)).toEqual(ids);
      expect(await of(true)).toEqual(ids.toReversed());
    }
  });

  it('looks only at sessions that pass the filter', async () => {
    await using at = await searchedCapture([
      makeSession({ id: 1, url: 'https://a.test/', responseBody: 'needle' }),
      makeSession({ id: 2, url: 'https://b.test/', responseBody: 'needle' }),
      makeSession({ id: 3, url: 'https://b.test/', responseBody: 'needle', status: 500 }),
    ]);
    for (const index of [NO_INDEX, await indexed(at.capture)]) {
      const { found, progress } = await search(
        at.capture,
        index,
        looking('needle', { filter: filtered('host:b.test status<400') }),
      );
      expect(found.map(({ row }) => row.id)).toEqual([2]);
      expect(progress).toMatchObject({ looked: 3, total: 3, read: 1 });
    }
  });

  it('ends with as many hits as were asked for', async () => {
    await using at = await searchedCapture([
      body(1, 'needle needle needle'),
      body(2, 'needle'),
      body(3, 'needle'),
    ]);
    const two = await search(at.capture, NO_INDEX, looking('needle', { limit: 2 }));
    expect(places(two)).toEqual(['1 response-body 0-6', '1 response-body 7-13']);
    expect(two.found[0]?.more).toBe(true);
    expect(two.progress).toMatchObject({ state: 'limit', read: 1, looked: 0, total: 3 });
    expect(
      (await search(at.capture, NO_INDEX, looking('needle', { limit: 4 }))).found.map(({ hits, more }) => [
        hits.length,
        more,
      ]),
    ).toEqual([
      [3, false],
      [1, false],
    ]);
  });

  it('tells fifty hits of a part, and that there are more', async () => {
    await using at = await searchedCapture([body(1, 'x '.repeat(51)), body(2, 'x '.repeat(50))]);
    const { found } = await search(at.capture, NO_INDEX, looking('x ', { places: ['response-body'] }));
    expect(found.map(({ hits, more }) => [hits.length, more])).toEqual([
      [50, true],
      [50, false],
    ]);
  });

  it('sees what was written since, indexed or not, and not what was removed', async () => {
    await using at = await searchedCapture([body(1, 'needle'), body(2, 'needle')]);
    const indexer = await indexed(at.capture);
    await record(
      at.store,
      body(3, 'needle'),
      makeSession({ id: 4, state: 'active', responseBody: 'needle' }),
    );
    await at.store.remove([1]);
    const { found } = await search(at.capture, indexer, looking('needle'));
    expect(found.map(({ row }) => row.id)).toEqual([2, 3, 4]);
  });

  it('says of how many sessions it saw the beginning only, read or not', async () => {
    await using at = await searchedCapture(
      [body(1, 'x'.repeat(100)), body(2, 'needle'), body(9, 'y'.repeat(100))],
      64,
    );
    const slow = await search(at.capture, NO_INDEX, looking('needle'));
    const quick = await search(at.capture, await indexed(at.capture), looking('needle'));
    expect([slow.progress.cut, quick.progress.cut]).toEqual([2, 2]);
    expect(quick.progress.read).toBeLessThan(slow.progress.read);
  });

  it('reads all that an index cannot be trusted on', async () => {
    await using at = await searchedCapture([body(1, 'needle'), body(2, 'hay')]);
    const indexer = await indexed(at.capture);
    const distrusted: number[] = [];
    const broken = {
      bits: (group: number) => {
        const bits = indexer.bits(group);
        const row = () => {
          throw new RangeError('changed');
        };
        return bits && { coverage: bits.coverage, unlike: bits.unlike, cut: bits.cut, row };
      },
      distrust: (group: number) => distrusted.push(group),
    };
    const { found, progress } = await search(at.capture, broken, looking('needle'));
    expect([found.length, progress.read, distrusted]).toEqual([1, 2, [0]]);
  });
});

describe('hits', () => {
  it('in escapes are told once, with the text as it stands there', async () => {
    await using at = await searchedCapture([body(1, '{"a":"Zürich","b":"Z\\u00fcrich"}')]);
    const { found } = await search(at.capture, NO_INDEX, looking('zürich'));
    expect(found[0]?.hits.map(({ snippet: { text, start, end } }) => text.slice(start, end))).toEqual([
      'Zürich',
      'Z\\u00fcrich',
    ]);
    // The first one has an octet more than characters.
    expect(found[0]?.hits.map(({ start, end }) => [start, end])).toEqual([
      [6, 13],
      [20, 31],
    ]);
  });

  it('come with some of what stands around them', async () => {
    await using at = await searchedCapture([body(1, `${'a'.repeat(500)}needle${'b'.repeat(500)}`)]);
    const { found } = await search(at.capture, NO_INDEX, looking('needle'));
    expect(found[0]?.hits[0]?.snippet).toEqual({
      text: `${'a'.repeat(60)}needle${'b'.repeat(60)}`,
      start: 60,
      end: 66,
    });
  });

  it('that are long are shortened there, and whole in their range', async () => {
    await using at = await searchedCapture([body(1, 'x'.repeat(1000))]);
    const { found } = await search(
      at.capture,
      NO_INDEX,
      looking('x+', { regex: true, places: ['response-body'] }),
    );
    expect(found[0]?.hits[0]).toMatchObject({ start: 0, end: 1000, snippet: { start: 0, end: 240 } });
  });

  it('of octets are shown as octets, and found in bodies that are no text', async () => {
    const png = Buffer.from('89504e470d0a1a0adeadbeef00', 'hex');
    await using at = await searchedCapture([
      makeSession({
        id: 1,
        responseHeaders: [['Content-Type', 'image/png']],
        responseBody: new Uint8Array(png),
      }),
    ]);
    const { found } = await search(at.capture, await indexed(at.capture), looking('hex:deadbeef'));
    expect(found[0]?.hits).toEqual([
      {
        part: 'response-body',
        start: 8,
        end: 12,
        snippet: { text: '89 50 4e 47 0d 0a 1a 0a de ad be ef 00', start: 24, end: 35 },
      },
    ]);
    expect((await search(at.capture, NO_INDEX, looking('PNG', { places: ['response-body'] }))).found).toEqual(
      [],
    );
  });
});

it('items come while it goes on, and going on may be left off', async () => {
  await using at = await searchedCapture(
    Array.from({ length: 300 }, (_, i) => body(i + 1, `needle ${'x'.repeat(50_000)}`)),
  );
  const seen: SearchItem[] = [];
  for await (const item of find(at.capture, NO_INDEX, looking('needle', { places: ['response-body'] }))) {
    seen.push(item);
    if (seen.length === 2) break;
  }
  expect(seen.map(({ progress }) => progress.state)).toContain('running');
  const looked = seen.map(({ progress }) => progress.looked);
  expect(looked).toEqual(looked.toSorted((a, b) => a - b));
  expect(seen.every(({ found }) => found.length > 0)).toBe(true);
});

it('what cannot be looked for is refused', async () => {
  await using at = await searchedCapture([]);
  await expect(search(at.capture, NO_INDEX, looking('(', { regex: true }))).rejects.toMatchObject({
    code: 'bad-request',
  });
  expect((await search(at.capture, NO_INDEX, looking('x'))).progress).toMatchObject({
    state: 'done',
    total: 0,
  });
});
