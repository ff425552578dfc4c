import { createHash, randomBytes } from 'node:crypto';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { eventsOf, makeSession } from '#proxy-core/testing/session-factory.ts';
import type { CaptureStore, OpenMode, StoreChange } from './capture-store.ts';
import { openCapture, openTunedCapture } from './open-capture.ts';
import { ask, record, temporaryFolder, treeHash } from './testing.ts';

let folder: ReturnType<typeof temporaryFolder>;
let path: string;
let stack: AsyncDisposableStack;
beforeEach(() => {
  folder = temporaryFolder();
  path = join(folder.path, 'a.sluice');
  stack = new AsyncDisposableStack();
});
afterEach(async () => {
  await stack.disposeAsync();
  folder[Symbol.dispose]();
});

const open = async (mode: OpenMode): Promise<CaptureStore> => stack.use(await openCapture(path, mode));
const sessions = (...ids: number[]) => ids.map((id) => makeSession({ id }));
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

/** The next notice that passes `wanted`. */
function nextChange(store: CaptureStore, wanted: (change: StoreChange) => boolean): Promise<StoreChange> {
  return new Promise((resolve) => {
    const listening = store.onChange((change) => {
      if (!wanted(change)) return;
      listening[Symbol.dispose]();
      resolve(change);
    });
  });
}

describe('opening', () => {
  it('fails with a code, and changes nothing', async () => {
    await expect(open('read')).rejects.toMatchObject({ name: 'SluiceError', code: 'capture-missing' });
    writeFileSync(path, 'not a capture');
    const before = treeHash(folder.path);
    for (const mode of ['read', 'write'] as const) {
      await expect(open(mode)).rejects.toMatchObject({ code: 'capture-damaged' });
    }
    await expect(open('create')).rejects.toMatchObject({ code: 'capture-exists' });
    expect(treeHash(folder.path)).toEqual(before);
  });

  it('lets one write at a time and names it', async () => {
    await open('create');
    await expect(open('write')).rejects.toMatchObject({
      code: 'capture-in-use',
      message: expect.stringContaining(String(process.pid)),
    });
  });

  it('by several at once makes one capture with one writer', async () => {
    const tries = await Promise.allSettled([1, 2, 3].map(() => open('write')));
    const opened = tries.filter((result) => result.status === 'fulfilled');
    expect(opened).toHaveLength(1);
    for (const result of tries) {
      if (result.status === 'rejected') expect(result.reason).toMatchObject({ code: 'capture-in-use' });
    }
    expect(readdirSync(folder.path)).toEqual(['a.sluice']);
  });

  it('goes on where the last run ended', async () => {
    const first = await open('write');
    expect(first.lastSessionId).toBe(0);
    await record(first, ...sessions(1, 2, 3));
    await first.close();
    const second = await open('write');
    expect(second.lastSessionId).toBe(3);
    await record(second, ...sessions(4));
    expect(await second.ids(ask())).toEqual([1, 2, 3, 4]);
    expect(await second.get(2)).toEqual(makeSession({ id: 2 }).session);
  });
});

describe('writing', () => {
  it('is seen by every later call without waiting', async () => {
    const store = await open('create');
    for (const event of eventsOf(makeSession({ id: 1 }))) store.write(event);
    expect((await store.get(1))?.row.state).toBe('completed');
  });

  it('keeps sessions apart and events in order, however they interleave', async () => {
    const store = await open('create');
    const all = Array.from({ length: 50 }, (_, i) =>
      makeSession({
        id: i + 1,
        method: 'POST',
        requestBody: `q${i}`.repeat(i * 10),
        responseBody: `a${i}`.repeat(i * 99),
      }),
    );
    const streams = all.map((session) => eventsOf(session));
    let left = streams.length;
    for (let round = 0; left > 0; round++) {
      left = 0;
      for (const stream of streams) {
        const { value, done } = stream.next();
        if (done === true) continue;
        left += 1;
        store.write(value);
      }
      if (round % 2 === 0) await turn();
    }
    for (const full of all) {
      const { id } = full.session.row;
      expect(await store.get(id)).toEqual(full.session);
      expect(await store.readBody(id, 'request', 0, 1e6)).toEqual(Uint8Array.from(full.requestBody));
      expect(await store.readBody(id, 'response', 0, 1e6)).toEqual(Uint8Array.from(full.responseBody));
    }
  });

  it('of 50 MB comes back the same, whole and in ranges', async () => {
    const store = stack.use(await openTunedCapture(path, 'create', { segmentBytes: 8 * 1024 * 1024 }));
    const responseBody = new Uint8Array(randomBytes(50_000_000));
    await record(store, makeSession({ id: 1, responseBody }), makeSession({ id: 2 }));
    expect((await store.get(1))?.response?.body).toEqual({ size: 50_000_000, complete: true });
    const hash = createHash('sha256');
    for (let at = 0; at < 50_000_000; at += 3_000_001) {
      hash.update(await store.readBody(1, 'response', at, at + 3_000_001));
    }
    expect(hash.digest('hex')).toBe(sha256(responseBody));
    expect(await store.readBody(1, 'response', 8_388_600, 8_388_620)).toEqual(
      responseBody.slice(8_388_600, 8_388_620),
    );
    expect(readdirSync(path).filter((name) => name.endsWith('.seg')).length).toBeGreaterThan(4);
  });

  it('holds no more of a body that streams through than the limit says', async () => {
    const store = stack.use(await openTunedCapture(path, 'create', { queueLimit: 4 * 1024 * 1024 }));
    const [begin, head] = ['begin', 'response-head'].map((type) =>
      [...eventsOf(makeSession({ id: 1 }))].find((event) => event.type === type),
    );
    if (begin === undefined || head === undefined) throw new Error('a session begins and is answered');
    store.write(begin);
    store.write(head);
    const piece = randomBytes(64 * 1024);
    const before = process.memoryUsage().rss;
    let most = 0;
    for (let i = 0; i < 3200; i++) {
      if (!store.write({ type: 'response-data', id: 1, data: piece })) await store.drained();
      if (i % 50 === 0) most = Math.max(most, process.memoryUsage().rss - before);
    }
    expect((await store.get(1))?.response?.body.size).toBe(3200 * piece.length);
    expect(most).toBeLessThan(100e6);
    expect(
      Buffer.from(await store.readBody(1, 'response', 1000 * piece.length, 1001 * piece.length)),
    ).toEqual(piece);
  });

  it('pushes back when the worker is behind, and loses nothing', async () => {
    const store = stack.use(await openTunedCapture(path, 'create', { queueLimit: 256 * 1024 }));
    let waits = 0;
    let most = 0;
    let between = 0;
    for (let id = 1; id <= 3000; id++) {
      for (const event of eventsOf(makeSession({ id, responseBody: 'x'.repeat(1000) }))) {
        between += 1;
        if (store.write(event)) continue;
        waits += 1;
        most = Math.max(most, between);
        between = 0;
        await store.drained();
      }
    }
    expect(waits).toBeGreaterThan(5);
    expect(most).toBeLessThan(3000);
    expect(await store.query(ask('state:completed size=1000', { limit: 0 }))).toMatchObject({
      matched: 3000,
    });
  });

  it('ignores what belongs to no session', async () => {
    const store = await open('create');
    store.write({ type: 'request-data', id: 77, data: new Uint8Array(3) });
    store.write({ type: 'end', id: 77, at: 1, state: 'completed', timings: {} });
    await record(store, ...sessions(1));
    expect(await store.query(ask())).toMatchObject({ total: 1 });
  });
});

describe('notices', () => {
  it('tell of a session while it lives and when it ends, without being asked', async () => {
    const store = await open('create');
    const events = [...eventsOf(makeSession({ id: 1 }))];
    const begun = nextChange(store, ({ changed }) => changed.includes(1));
    for (const event of events.slice(0, -1)) store.write(event);
    expect(await begun).toMatchObject({ ended: [], removed: false, totals: { sessions: 1, active: 1 } });
    const last = events.at(-1);
    const ended = nextChange(store, (change) => change.ended.includes(1));
    if (last !== undefined) store.write(last);
    expect(await ended).toMatchObject({ changed: [1], totals: { sessions: 1, active: 0, decrypted: 1 } });
  });

  it('tell of findings, notes and removal', async () => {
    const store = await open('create');
    await record(store, ...sessions(1, 2));
    const findings = nextChange(store, (change) => change.findings);
    await store.putFindings(1, []);
    await findings;
    const noted = nextChange(store, ({ changed }) => changed.includes(2));
    await store.annotate([2], { mark: 5, comment: 'here' });
    await noted;
    const removed = nextChange(store, (change) => change.removed);
    expect(await store.remove([1])).toBe(1);
    expect((await removed).totals.sessions).toBe(1);
    expect((await store.query(ask())).rows).toMatchObject([{ id: 2, mark: 5, comment: 'here' }]);
  });
});

describe('two readers beside a writer', () => {
  it('see each commit, windows included, and change nothing but locks', async () => {
    const writer = await open('create');
    const readers = [await open('read'), await open('read')];
    for (let round = 1; round <= 5; round++) {
      const ids = Array.from({ length: 100 }, (_, i) => (round - 1) * 100 + i + 1);
      await record(writer, ...sessions(...ids));
      const last = ask('', { order: { by: 'id', descending: true }, limit: 3 });
      for (const page of await Promise.all([...readers, writer].map((store) => store.query(last)))) {
        expect(page).toMatchObject({ matched: round * 100, total: round * 100 });
        expect(page.rows.map((row) => row.id)).toEqual([0, 1, 2].map((i) => round * 100 - i));
      }
    }
    await expect(readers[0]?.remove('all')).rejects.toMatchObject({ code: 'file-unwritable' });
    expect(new TextDecoder().decode(await readers[1]?.readBody(500, 'response', 0, 5))).toBe('{"ok"');
  });

  it('keep consistent windows while sessions stream in', async () => {
    const writer = await open('create');
    const reader = await open('read');
    let done = false;
    const writing = record(writer, ...sessions(...Array.from({ length: 3000 }, (_, i) => i + 1))).then(() => {
      done = true;
    });
    let pages = 0;
    while (!done) {
      for (const store of [writer, reader]) {
        const { rows } = await store.query(ask('', { offset: 10, limit: 50 }));
        expect(rows.map((row) => row.id)).toEqual(rows.map((_, i) => 11 + i));
      }
      pages += 1;
    }
    await writing;
    expect(pages).toBeGreaterThan(0);
    expect((await reader.totals()).sessions).toBe(3000);
  });
});

describe('closing', () => {
  it('writes what is left, is idempotent, and ends the calls', async () => {
    const store = await open('create');
    for (const session of sessions(1, 2, 3)) for (const event of eventsOf(session)) store.write(event);
    const closing = store.close();
    expect(store.close()).toBe(closing);
    await closing;
    await store.close();
    await expect(store.query(ask())).rejects.toMatchObject({ name: 'SluiceError' });
    expect(store.write({ type: 'request-end', id: 1 })).toBe(true);
    await store.drained();
    expect(readdirSync(path).sort()).toEqual(['bodies-000001.seg', 'index.db']);
    const reader = await open('read');
    expect(await reader.ids(ask('state:completed'))).toEqual([1, 2, 3]);
  });

  it('answers the calls made before it', async () => {
    const store = await open('create');
    for (const event of eventsOf(makeSession({ id: 1 }))) store.write(event);
    const [page] = await Promise.all([store.query(ask()), store.close()]);
    expect(page.matched).toBe(1);
  });
});
