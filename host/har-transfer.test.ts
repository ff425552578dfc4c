import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { makeSession } from '#proxy-core/testing/session-factory.ts';
import { filterOf } from './filter-text.ts';
import { allIds, exportHar, importHar, sessionsOf } from './har-transfer.ts';
import { openTestCapture } from './testing/captures.ts';

const text = async (chunks: AsyncIterable<string>) => (await Array.fromAsync(chunks)).join('');
const bytes = (har: string) => Readable.from([Buffer.from(har)]);

/** Ids from `first` on. */
function counter(first = 1) {
  let last = first - 1;
  return () => {
    last += 1;
    return last;
  };
}

describe('ids of a capture', () => {
  it('are those that pass, oldest first', async () => {
    await using capture = await openTestCapture(
      makeSession({ id: 3, status: 404 }),
      makeSession({ id: 1 }),
      makeSession({ id: 2, status: 404 }),
    );
    expect(await allIds(capture.store, filterOf(''))).toEqual([1, 2, 3]);
    expect(await allIds(capture.store, filterOf('status:404'))).toEqual([2, 3]);
    expect(await allIds(capture.store, filterOf('status:500'))).toEqual([]);
  });
});

describe('a capture as HAR and back', () => {
  const sessions = [
    makeSession({ id: 4, responseBody: '{"first":1}', mark: 2, comment: 'look here' }),
    makeSession({ id: 5, method: 'POST', requestBody: 'a=1', parentId: 4 }),
    makeSession({
      id: 6,
      status: null,
      state: 'failed',
      failure: { code: 'refused', detail: 'It refused.' },
    }),
  ];

  it('is the same under new ids, with parents, marks and comments', async () => {
    await using from = await openTestCapture(...sessions);
    await from.store.annotate([4], { mark: 2, comment: 'look here' });
    const har = await text(exportHar(sessionsOf(from.store, [4, 5, 6])));
    await using to = await openTestCapture(makeSession({ id: 1 }));
    expect(await importHar(to.store, bytes(har), counter(10))).toBe(3);
    const got = await Promise.all([10, 11, 12].map((id) => to.store.get(id)));
    expect(got.map((session) => session?.row)).toMatchObject([
      { id: 10, source: 'import', url: sessions[0]?.session.row.url, mark: 2, comment: 'look here' },
      { id: 11, method: 'POST', parentId: 10, mark: 0 },
      { id: 12, error: 'refused', state: 'failed' },
    ]);
    expect(Buffer.from(await to.store.readBody(10, 'response', 0, 100)).toString()).toBe('{"first":1}');
    expect((await to.store.totals()).sessions).toBe(4);
  });

  it('leaves out what was removed meanwhile, and parents that were not exported', async () => {
    await using from = await openTestCapture(...sessions);
    const har = await text(exportHar(sessionsOf(from.store, [99, 5])));
    await using to = await openTestCapture();
    expect(await importHar(to.store, bytes(har), counter())).toBe(1);
    expect((await to.store.get(1))?.row).not.toHaveProperty('parentId');
  });

  it('is an empty log of nothing', async () => {
    await using capture = await openTestCapture();
    expect(JSON.parse(await text(exportHar(sessionsOf(capture.store, [])))).log.entries).toEqual([]);
  });

  it('keeps what came before a fault in the file', async () => {
    await using from = await openTestCapture(...sessions);
    await from.store.annotate([4], { comment: 'look here' });
    const har = await text(exportHar(sessionsOf(from.store, [4, 5])));
    const broken = har.slice(0, har.lastIndexOf('"startedDateTime"'));
    await using to = await openTestCapture();
    await expect(importHar(to.store, bytes(broken), counter())).rejects.toMatchObject({ code: 'bad-har' });
    await to.store.flush();
    expect((await to.store.get(1))?.row.comment).toBe('look here');
  });

  it.each(['', 'hello', '[]', '{"log":1}'])('refuses what is no HAR: %j', async (nonsense) => {
    await using to = await openTestCapture();
    await expect(importHar(to.store, bytes(nonsense), counter())).rejects.toMatchObject({ code: 'bad-har' });
    expect((await to.store.totals()).sessions).toBe(0);
  });
});
