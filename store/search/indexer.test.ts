import { readdirSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { makeSession } from '#proxy-core/testing/session-factory.ts';
import {
  indexed,
  looking,
  type SearchedCapture,
  search,
  searchedCapture,
  takeAll,
} from '../testing/searched-capture.ts';
import { record } from '../testing.ts';
import { firstIdOf, GROUP_SESSIONS, hasBit } from './group.ts';
import { Indexer } from './indexer.ts';

const named = (id: number, text = `needle-${id}`) => makeSession({ id, responseBody: `{"text":"${text}"}` });
const files = (at: SearchedCapture) =>
  readdirSync(at.path)
    .filter((name) => name.endsWith('.idx'))
    .sort();
const covers = (indexer: Indexer, id: number) => {
  const bits = indexer.bits(0);
  try {
    return bits !== undefined && hasBit(bits.coverage, id);
  } finally {
    bits?.[Symbol.dispose]?.();
  }
};
const read = async (at: SearchedCapture, indexer: Indexer, text: string) => {
  const { found, progress } = await search(at.capture, indexer, looking(text));
  return [found.map(({ row }) => row.id), progress.read];
};

describe('indexing', () => {
  it('takes in what has ended, once', async () => {
    await using at = await searchedCapture([named(1), makeSession({ id: 2, state: 'active' }), named(3)]);
    const indexer = new Indexer(at.capture);
    expect(indexer.status()).toEqual({ indexed: 0, sessions: 3, working: true });
    expect(await takeAll(indexer)).toBe(2);
    expect(indexer.status()).toEqual({ indexed: 2, sessions: 3, working: false });
    expect([1, 2, 3].map((id) => covers(indexer, id))).toEqual([true, false, true]);
    indexer.ended([0]);
    expect(await takeAll(indexer)).toBe(0);
  });

  it.each([
    [65_530, 'Across the border'],
    [65_535, '\u{10400}cross the border'],
    [200_000, 'far behind it'],
  ])('knows what stands at %d of a long text', async (place, needle) => {
    const long = makeSession({ id: 1, responseBody: `${'x'.repeat(place)}${needle}` });
    await using at = await searchedCapture([long, named(99)]);
    const indexer = await indexed(at.capture);
    expect(await read(at, indexer, needle.toLowerCase())).toEqual([[1], 1]);
  });

  it('follows what comes later, in the same group or another', async () => {
    const far = firstIdOf(2) + 9;
    await using at = await searchedCapture([named(1)]);
    const indexer = await indexed(at.capture);
    await record(at.store, named(2), named(far));
    indexer.ended([0, 2]);
    expect(await takeAll(indexer)).toBe(2);
    expect(files(at)).toEqual(['search-000000.idx']);
    indexer.save();
    expect(files(at)).toEqual(['search-000000.idx', 'search-000002.idx']);
    expect(await read(at, indexer, `needle-${far}`)).toEqual([[far], 1]);
  });

  it('lets a few late sessions of an older group wait for each other, and searches read them', async () => {
    vi.useFakeTimers({ toFake: ['performance'] });
    onTestFinished(() => void vi.useRealTimers());
    const newest = firstIdOf(2) + 1;
    await using at = await searchedCapture([named(1), named(newest)]);
    const indexer = await indexed(at.capture);
    await record(at.store, named(2), named(newest + 1));
    indexer.ended([0, 2]);
    expect(await takeAll(indexer)).toBe(1);
    expect(indexer.status()).toMatchObject({ indexed: 3, sessions: 4, working: false });
    expect((await read(at, indexer, 'needle-2 '))[0]).toEqual([]);
    expect((await read(at, indexer, 'needle-2"'))[0]).toEqual([2]);
    vi.advanceTimersByTime(61_000);
    indexer.ended([2]);
    expect(await takeAll(indexer)).toBe(1);
    expect(indexer.status()).toMatchObject({ indexed: 4 });
  });

  it('turns to an older group for many', async () => {
    const newest = firstIdOf(2) + 1;
    await using at = await searchedCapture([named(newest)]);
    const indexer = await indexed(at.capture);
    await record(at.store, ...Array.from({ length: 64 }, (_, i) => named(i + 1)));
    indexer.ended([0]);
    expect(await takeAll(indexer)).toBe(64);
  });

  it('goes on where an earlier one was', async () => {
    await using at = await searchedCapture([named(1), named(2)]);
    (await indexed(at.capture)).save();
    await record(at.store, named(GROUP_SESSIONS - 1));
    const next = new Indexer(at.capture);
    expect(next.status()).toMatchObject({ indexed: 2, sessions: 3 });
    expect(await takeAll(next)).toBe(1);
    expect(await read(at, next, 'needle-2')).toEqual([[2], 2]);
  });

  it('lets searches pass over what cannot hold the text', async () => {
    await using at = await searchedCapture(
      Array.from({ length: 100 }, (_, i) => named(i + 1, i === 50 ? 'harbour' : 'quay')),
    );
    const indexer = await indexed(at.capture);
    const [ids, looked] = await read(at, indexer, 'harbour');
    expect(ids).toEqual([51]);
    expect(looked).toBeLessThanOrEqual(8);
  });
});

describe('an index that is not right', () => {
  it('is made again where it is cut short', async () => {
    await using at = await searchedCapture([named(1), named(2)]);
    (await indexed(at.capture)).save();
    truncateSync(join(at.path, 'search-000000.idx'), 1000);
    const next = new Indexer(at.capture);
    expect(next.status()).toMatchObject({ indexed: 0 });
    expect(await takeAll(next)).toBe(2);
  });

  it('is made again where a search finds it changed', async () => {
    await using at = await searchedCapture([named(1)]);
    const indexer = await indexed(at.capture);
    indexer.distrust(0);
    // What is in memory was never in doubt.
    expect(indexer.status()).toMatchObject({ working: true });
    expect(await read(at, indexer, 'needle-1')).toEqual([[1], 1]);
  });

  it('goes where its sessions have gone', async () => {
    await using at = await searchedCapture([named(1), named(firstIdOf(1) + 1)]);
    (await indexed(at.capture)).save();
    expect(files(at)).toHaveLength(2);
    await at.store.remove([1]);
    new Indexer(at.capture);
    expect(files(at)).toEqual(['search-000001.idx']);
  });

  it('goes with its sessions while it works, too, and comes back with others', async () => {
    await using at = await searchedCapture([named(1), named(firstIdOf(1) + 1)]);
    const indexer = await indexed(at.capture);
    await at.store.remove('all');
    indexer.removed();
    indexer.save();
    expect(files(at)).toEqual([]);
    expect(indexer.status()).toMatchObject({ indexed: 0, sessions: 0 });
    await record(at.store, named(firstIdOf(1) + 2));
    indexer.ended([1]);
    expect(await takeAll(indexer)).toBe(1);
    expect(await read(at, indexer, 'needle')).toEqual([[firstIdOf(1) + 2], 1]);
  });

  it('goes where it knows more sessions than the capture ever had', async () => {
    await using newer = await searchedCapture([named(1), named(2)]);
    (await indexed(newer.capture)).save();
    // As after a power cut that took the newest transactions.
    const { DatabaseSync } = await import('node:sqlite');
    using db = new DatabaseSync(join(newer.path, 'index.db'));
    db.exec("DELETE FROM sessions WHERE id = 2; UPDATE meta SET value = 1 WHERE key = 'last_session'");
    expect(new Indexer(newer.capture).status()).toMatchObject({ indexed: 0 });
    expect(files(newer)).toEqual([]);
  });
});

describe('what cannot be taken in', () => {
  it('is left for searches to read', async () => {
    await using at = await searchedCapture([named(1), named(2)]);
    truncateSync(join(at.path, 'bodies-000001.seg'), 10);
    const indexer = await indexed(at.capture);
    expect(indexer.status()).toEqual({ indexed: 0, sessions: 2, working: false });
    const { progress } = await search(at.capture, indexer, looking('needle'));
    expect(progress).toMatchObject({ state: 'done', unreadable: 2 });
  });
});
