import { existsSync, readdirSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CaptureEvent } from '#model/capture-event.ts';
import { eventsOf, makeSession } from '#proxy-core/testing/session-factory.ts';
import type { Batch } from './batch.ts';
import type { OpenMode } from './capture-store.ts';
import { ask, batchMaker, temporaryFolder, treeHash } from './testing.ts';
import { type Change, openStore, type WorkerStore } from './worker-store.ts';

let folder: ReturnType<typeof temporaryFolder>;
let path: string;
let changes: Change[];
let open: WorkerStore[];
/** Of the store that was opened last. */
let make: (...events: readonly CaptureEvent[]) => Batch;
beforeEach(() => {
  folder = temporaryFolder();
  path = `${folder.path}/a.sluice`;
  changes = [];
  open = [];
});
afterEach(() => {
  for (const store of open) store.calls.close();
  folder[Symbol.dispose]();
});

function openAs(mode: OpenMode): WorkerStore {
  const store = openStore({ path, mode, segmentBytes: 1e6 }, (change) => changes.push(change));
  make = batchMaker(store.nextName);
  open.push(store);
  return store;
}
function close(store: WorkerStore): void {
  open.splice(open.indexOf(store), 1);
  store.calls.close();
}
const batch = (...ids: number[]) => make(...ids.flatMap((id) => [...eventsOf(makeSession({ id }))]));
const finding = {
  checkId: 'c',
  sessionId: 1,
  severity: 'high' as const,
  confidence: 'low' as const,
  title: 't',
  detail: 'd',
  endpoint: 'e',
  parameter: 'p',
  evidence: [],
};

describe('a writing store', () => {
  it('makes a capture that is missing, and goes on with one that is there', () => {
    const first = openAs('write');
    expect(first.lastSessionId).toBe(0);
    first.write(batch(1, 2, 9));
    close(first);
    const again = openAs('write');
    expect(again.lastSessionId).toBe(9);
    again.write(batch(10));
    expect(again.calls.ids(ask())).toEqual([1, 2, 9, 10]);
  });

  it('gives no id again, even of removed sessions', () => {
    const first = openAs('create');
    first.write(batch(1, 2));
    first.calls.remove('all');
    close(first);
    expect(openAs('write').lastSessionId).toBe(2);
  });

  it('tells of each change and keeps its totals', () => {
    const store = openAs('create');
    store.write(batch(1, 2));
    store.calls.putFindings(1, [finding, finding]);
    store.calls.annotate([2], { mark: 1 });
    expect(store.calls.totals()).toMatchObject({ sessions: 2, active: 0, decrypted: 2, findings: 2 });
    expect(store.calls.totals().diskBytes).toBeGreaterThan(1000);
    expect(store.calls.remove([1])).toBe(1);
    expect(store.calls.totals()).toMatchObject({ sessions: 1, decrypted: 1, findings: 0 });
    expect(changes).toEqual([
      { changed: [], ended: [1, 2] },
      { changed: [1], findings: true },
      { changed: [2] },
      { removed: true, findings: true },
    ]);
  });

  it('refuses to create what exists, and to write beside another', () => {
    const first = openAs('create');
    expect(() => openAs('create')).toThrow(expect.objectContaining({ code: 'capture-exists' }));
    expect(() => openAs('write')).toThrow(expect.objectContaining({ code: 'capture-in-use' }));
    first.write(batch(1));
    expect(first.calls.get(1)?.row.state).toBe('completed');
  });

  it('ends what is active when it closes, and leaves no lock and no log', () => {
    const store = openAs('create');
    store.write(make(...eventsOf(makeSession({ state: 'active' }))));
    expect(store.calls.totals().active).toBe(1);
    close(store);
    expect(readdirSync(path).sort()).toEqual(['bodies-000001.seg', 'index.db']);
    expect(openAs('read').calls.get(1)).toMatchObject({ row: { state: 'failed', error: 'other' } });
  });
});

describe('a reading store', () => {
  it('creates nothing', () => {
    expect(() => openAs('read')).toThrow(expect.objectContaining({ code: 'capture-missing' }));
    expect(existsSync(path)).toBe(false);
  });

  it('answers everything and changes no byte', () => {
    const writer = openAs('create');
    writer.write(batch(1, 2));
    writer.calls.putFindings(1, [finding]);
    close(writer);
    const before = treeHash(path);
    const store = openAs('read');
    expect(store.lastSessionId).toBe(2);
    expect(store.calls.step(ask('finding>0'), 1000)).toMatchObject({ matched: 1, total: 2 });
    expect(store.calls.findings(1)).toEqual([finding]);
    expect(store.calls.findingGroups()).toHaveLength(1);
    expect(store.calls.readBody(2, 'response', 0, 100)).toHaveLength(11);
    expect(store.calls.totals()).toMatchObject({ sessions: 2, findings: 1 });
    for (const attempt of [
      () => store.calls.annotate([1], { mark: 1 }),
      () => store.calls.remove('all'),
      () => store.calls.putFindings(1, []),
      () => store.write(batch(3)),
    ]) {
      expect(attempt).toThrow(expect.objectContaining({ code: 'file-unwritable' }));
    }
    close(store);
    expect(treeHash(path)).toEqual(before);
  });

  it('sees the commits of a writer, of one that comes later too', () => {
    close(openAs('create'));
    const early = openAs('read');
    expect(early.calls.ids(ask())).toEqual([]);
    const writer = openAs('write');
    const late = openAs('read');
    for (const id of [1, 2, 3]) {
      writer.write(batch(id));
      for (const store of [early, late]) expect(store.calls.ids(ask())).toHaveLength(id);
    }
    close(writer);
    for (const store of [early, late]) expect(store.calls.step(ask(), 1000).matched).toBe(3);
  });
});
