/** A disk that takes nothing: one that is said to be full, a really full one, and one that is read only. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { eventsOf, makeSession } from '#proxy-core/testing/session-factory.ts';
import { indexPath } from './database.ts';
import { openCapture, openTunedCapture } from './open-capture.ts';
import { RESUME_MS } from './recorder.ts';
import { newStore, type TestStore, type TestStoreOptions } from './testing/open-store.ts';
import { ask, record, temporaryFolder } from './testing.ts';

let test: TestStore | undefined;
afterEach(() => {
  vi.useRealTimers();
  test?.[Symbol.dispose]();
  test = undefined;
});

/** A store whose index takes no sessions until `free` is called. */
function fullStore(options: TestStoreOptions = {}) {
  vi.useFakeTimers({ toFake: ['performance'] });
  const made = newStore(options);
  test = made;
  const other = (sql: string) => {
    using db = new DatabaseSync(indexPath(made.path));
    db.exec(sql);
  };
  made.record(makeSession({ id: 1 }));
  return {
    ...made,
    made,
    calls: made.store.calls,
    fill: () =>
      other("CREATE TRIGGER full BEFORE INSERT ON sessions BEGIN SELECT RAISE(ABORT, 'disk is full'); END"),
    free: () => other('DROP TRIGGER full'),
  };
}

describe('when a batch cannot be written', () => {
  it('recording pauses, counts what it misses, and goes on when there is room', () => {
    const { made, calls, fill, free } = fullStore();
    fill();
    made.record(makeSession({ id: 2 }), makeSession({ id: 3 }));
    expect(calls.totals().losses).toMatchObject({ missed: 2, paused: expect.stringContaining('full') });
    expect(() => calls.flush()).toThrow('full');
    expect(made.changes.at(-1)).toEqual({ totals: true });
    // What is there can be looked at.
    expect(calls.ids(ask())).toEqual([1]);
    free();
    // Not yet: the disk is tried now and then.
    made.record(makeSession({ id: 4 }));
    expect(calls.totals().losses.missed).toBe(3);
    vi.advanceTimersByTime(RESUME_MS);
    made.record(makeSession({ id: 5 }));
    expect(calls.totals().losses).toEqual({
      droppedSessions: 0,
      droppedBodies: 0,
      droppedBytes: 0,
      missed: 3,
    });
    calls.flush();
    expect(calls.ids(ask())).toEqual([1, 5]);
    expect(calls.get(5)).toEqual(makeSession({ id: 5 }).session);
    made.reopen();
    expect(made.store.calls.totals()).toMatchObject({ sessions: 2, losses: { missed: 3 } });
  });

  it('goes on by itself when nothing comes, and tells', () => {
    const { made, calls, fill, free } = fullStore();
    fill();
    made.record(makeSession({ id: 2 }));
    expect(made.store.nextWork()).toBe(RESUME_MS);
    vi.advanceTimersByTime(RESUME_MS);
    free();
    made.changes.length = 0;
    made.store.work();
    expect(calls.totals().losses.paused).toBeUndefined();
    expect(made.changes).toEqual([{ totals: true, removed: true }]);
    expect(made.store.nextWork()).toBeUndefined();
  });

  it('stays paused while there is hardly any room', () => {
    const { made, calls, fill, free } = fullStore({ room: 1000 });
    fill();
    made.record(makeSession({ id: 2 }));
    free();
    vi.advanceTimersByTime(RESUME_MS);
    made.record(makeSession({ id: 3 }));
    expect(calls.totals().losses).toMatchObject({ missed: 2, paused: expect.any(String) });
  });

  it('ends what was in flight, and knows names that were told meanwhile', () => {
    const { made, calls, fill, free } = fullStore();
    const [begin, ...rest] = [...eventsOf(makeSession({ id: 2 }))];
    if (begin === undefined) throw new Error('a session has events');
    made.write(begin);
    fill();
    // Its host, method and type are defined in a batch that is lost.
    const odd = { url: 'https://odd.test/a', method: 'PATCH' };
    made.record(makeSession({ id: 3, ...odd }));
    free();
    vi.advanceTimersByTime(RESUME_MS);
    made.write(...rest);
    made.record(makeSession({ id: 4, ...odd }));
    expect(calls.get(2)?.row).toMatchObject({ state: 'failed', error: 'other' });
    expect(calls.get(4)).toEqual(makeSession({ id: 4, ...odd }).session);
    expect(calls.totals()).toMatchObject({ sessions: 3, active: 0, losses: { missed: 1 } });
    expect(calls.verify(true)).toMatchObject({ done: true, damage: [] });
  });

  it('closes all the same, and the next run opens', () => {
    const { made, fill } = fullStore();
    made.write(...eventsOf(makeSession({ id: 2, state: 'active' })));
    fill();
    made.record(makeSession({ id: 3 }));
    made.reopen();
    expect(made.store.calls.ids(ask())).toEqual([1, 2]);
    expect(made.store.calls.totals().active).toBe(0);
  });
});

describe('a batch that makes no sense', () => {
  it('is no matter of the disk', () => {
    test = newStore();
    expect(() => test?.store.write({ operations: Uint8Array.of(77, 1), bytes: new Uint8Array() })).toThrow(
      '77',
    );
  });
});

const MB = 1024 * 1024;

/** A file system of `bytes` in memory; undefined with a reason where none can be had. */
function smallDisk(bytes: number): ({ path: string; remount(how: string): void } & Disposable) | string {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return 'only root may mount on Linux';
  const folder = temporaryFolder();
  const path = join(folder.path, 'disk');
  mkdirSync(path);
  const run = (...args: string[]) => execFileSync('mount', args, { stdio: 'pipe' });
  try {
    run('-t', 'tmpfs', '-o', `size=${bytes}`, 'tmpfs', path);
  } catch (error) {
    folder[Symbol.dispose]();
    return `mount refuses: ${String(error)}`;
  }
  return {
    path,
    remount: (how) => void run('-o', `remount,${how}`, path),
    [Symbol.dispose]() {
      execFileSync('umount', [path], { stdio: 'pipe' });
      folder[Symbol.dispose]();
    },
  };
}

describe('a real disk', () => {
  it('that runs full pauses recording, and a place that is made resumes it', async ({ skip }) => {
    const disk = smallDisk(48 * MB);
    if (typeof disk === 'string') return skip(disk);
    using _ = disk;
    const path = join(disk.path, 'a.sluice');
    const ballast = join(disk.path, 'ballast');
    {
      await using store = await openTunedCapture(path, 'create', { segmentBytes: 8 * MB });
      await record(store, makeSession({ id: 1 }));
      writeFileSync(ballast, Buffer.alloc(40 * MB));
      let id = 1;
      for (let paused = false; !paused; paused = (await store.totals()).losses.paused !== undefined) {
        if (id > 200) throw new Error('the disk does not run full');
        id += 1;
        const responseBody = Buffer.alloc(MB, `${id}`);
        for (const event of eventsOf(makeSession({ id, responseBody })))
          if (!store.write(event)) await store.drained();
      }
      await expect(store.flush()).rejects.toMatchObject({ code: 'file-unwritable' });
      expect((await store.totals()).losses.missed).toBeGreaterThan(0);
      // What was recorded is there.
      expect(Buffer.from(await store.readBody(2, 'response', 0, MB))).toEqual(Buffer.alloc(MB, '2'));
      rmSync(ballast);
      await expect
        .poll(async () => (await store.totals()).losses.paused, { timeout: 10_000 })
        .toBeUndefined();
      await record(store, makeSession({ id: 500 }));
      expect((await store.get(500))?.row.state).toBe('completed');
    }
    await using reader = await openCapture(path, 'read');
    expect((await reader.totals()).losses.missed).toBeGreaterThan(0);
    for await (const { damage } of reader.verify()) expect(damage).toEqual([]);
  });

  it('that turns read-only does the same', async ({ skip }) => {
    const disk = smallDisk(48 * MB);
    if (typeof disk === 'string') return skip(disk);
    using _ = disk;
    await using store = await openCapture(join(disk.path, 'a.sluice'), 'create');
    await record(store, makeSession({ id: 1 }));
    // Files that are open for writing keep a file system from turning read-only by an ordinary remount: it is full instead.
    disk.remount('size=1m');
    const responseBody = Buffer.alloc(2 * MB, 'x');
    for (const event of eventsOf(makeSession({ id: 2, responseBody }))) store.write(event);
    await expect(store.flush()).rejects.toMatchObject({ code: 'file-unwritable' });
    disk.remount(`size=${48 * MB}`);
    await expect.poll(async () => (await store.totals()).losses.paused, { timeout: 10_000 }).toBeUndefined();
    await record(store, makeSession({ id: 3 }));
    expect(await store.ids(ask())).toEqual([1, 3]);
  });
});
