import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ExportProgress } from '#model/contract/contract.ts';
import { makeSession } from '#proxy-core/testing/session-factory.ts';
import { openCapture } from '#store/open-capture.ts';
import { record, temporaryFolder } from '#store/testing.ts';
import { createExports } from './exports.ts';

async function withSessions(count: number) {
  const folder = temporaryFolder();
  const store = await openCapture(join(folder.path, 'a.sluice'), 'create');
  await record(
    store,
    ...Array.from({ length: count }, (_, i) =>
      makeSession({ id: i + 1, url: `https://a.test/${i % 2 ? 'odd' : 'even'}` }),
    ),
  );
  return {
    store,
    exports: createExports(store),
    async [Symbol.asyncDispose]() {
      await store.close();
      folder[Symbol.dispose]();
    },
  };
}

const textOf = async (pieces: AsyncIterable<Uint8Array | string>): Promise<string> =>
  Buffer.concat((await Array.fromAsync(pieces)).map((piece) => Buffer.from(piece))).toString('latin1');

const nothingLost = (sessions: number) => ({ sessions, lossy: 0, counts: [], losses: [] });

async function statesOf(watch: AsyncIterable<ExportProgress>): Promise<ExportProgress[]> {
  const seen: ExportProgress[] = [];
  for await (const progress of watch) seen.push(progress);
  return seen;
}

const never = () => new AbortController().signal;

describe('an export', () => {
  it('is prepared, read once, and followed to its end', async () => {
    await using bench = await withSessions(6);
    const { id, total } = await bench.exports.start({ filter: 'path:/odd' });
    expect(total).toBe(3);
    const following = statesOf(bench.exports.watch(id, never()));
    const har = JSON.parse(await textOf(bench.exports.take(id).pieces));
    expect(har.log.entries).toHaveLength(3);
    const seen = await following;
    expect(seen[0]).toEqual({ state: 'waiting', written: 0, total: 3 });
    expect(seen.at(-1)).toMatchObject({
      state: 'done',
      written: 3,
      total: 3,
      looked: 3,
      losses: nothingLost(3),
      redaction: { sessions: 3, kinds: [] },
    });
    expect(() => bench.exports.take(id)).toThrow(/already/);
  });

  it('has the format and the password that were asked for, and says what was lost', async () => {
    await using bench = await withSessions(2);
    const { id } = await bench.exports.start({ filter: '', format: 'saz', password: 'geheim' });
    const { mediaType, pieces } = bench.exports.take(id);
    expect(mediaType).toBe('application/x-fiddler-session-archive');
    const archive = await textOf(pieces);
    expect(archive.startsWith('PK')).toBe(true);
    expect(archive).not.toContain('a.test');
    const [last] = await statesOf(bench.exports.watch(id, never()));
    expect(last?.losses).toEqual(nothingLost(2));
    await expect(bench.exports.start({ filter: '', format: 'pdf' })).rejects.toMatchObject({
      code: 'unknown-format',
    });
    const har = await bench.exports.start({ filter: '', format: 'har', password: 'geheim' });
    await expect(textOf(bench.exports.take(har.id).pieces)).rejects.toMatchObject({ code: 'usage' });
  });

  it('is of the sessions named, without those removed meanwhile', async () => {
    await using bench = await withSessions(4);
    const { id } = await bench.exports.start({ ids: [1, 2, 4] });
    await bench.store.remove([2]);
    const har = JSON.parse(await textOf(bench.exports.take(id).pieces));
    expect(har.log.entries).toHaveLength(2);
    const [last] = await statesOf(bench.exports.watch(id, never()));
    expect(last).toMatchObject({ state: 'done', written: 2, total: 3, losses: nothingLost(2) });
  });

  it('is cancelled by its window: the file ends with an error, never as if it were whole', async () => {
    await using bench = await withSessions(4);
    const { id } = await bench.exports.start({ filter: '' });
    const pieces = bench.exports.take(id).pieces;
    await pieces.next();
    bench.exports.cancel(id);
    await expect(textOf(pieces)).rejects.toMatchObject({ code: 'cancelled' });
    expect(await statesOf(bench.exports.watch(id, never()))).toMatchObject([{ state: 'cancelled' }]);
    bench.exports.cancel(id);
    bench.exports.cancel('unknown');
  });

  it('is cancelled by a reader who goes away', async () => {
    await using bench = await withSessions(4);
    const { id } = await bench.exports.start({ filter: '' });
    for await (const _ of bench.exports.take(id).pieces) break;
    expect(await statesOf(bench.exports.watch(id, never()))).toMatchObject([{ state: 'cancelled' }]);
  });

  it('says why it failed', async () => {
    await using bench = await withSessions(2);
    const broken = createExports({
      ...bench.store,
      flush: () => bench.store.flush(),
      ids: (query) => bench.store.ids(query),
      wholeSessions: () => Promise.reject(new Error('the disk is gone')),
    });
    const { id } = await broken.start({ filter: '' });
    await expect(textOf(broken.take(id).pieces)).rejects.toThrow('the disk is gone');
    expect(await statesOf(broken.watch(id, never()))).toMatchObject([
      { state: 'failed', problem: 'the disk is gone' },
    ]);
  });

  it('refuses a filter that is none, and an id that is none', async () => {
    await using bench = await withSessions(1);
    await expect(bench.exports.start({ filter: '(' })).rejects.toMatchObject({ code: 'filter-syntax' });
    expect(() => bench.exports.take('x')).toThrow(/not known/);
    await expect(statesOf(bench.exports.watch('x', never()))).rejects.toMatchObject({ code: 'not-found' });
  });

  it('is forgotten when many others came after it', async () => {
    await using bench = await withSessions(1);
    const first = await bench.exports.start({ filter: '' });
    for (let i = 0; i < 32; i++) await bench.exports.start({ filter: '' });
    expect(() => bench.exports.take(first.id)).toThrow(/not known/);
  });
});
