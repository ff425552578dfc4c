import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { SessionId } from '#model/session.ts';
import { makeSession } from '#proxy-core/testing/session-factory.ts';
import type { CheckJob, CheckResult, CheckRunner } from '#security/check-runner.ts';
import { openCheckRunner } from '#security/open-check-runner.ts';
import type { CaptureStore, StoreChange } from '#store/capture-store.ts';
import { openCapture } from '#store/open-capture.ts';
import { record, temporaryFolder, totalsWith } from '#store/testing.ts';
import { startCheckPump } from './check-pump.ts';
import { createFindingsKeeper } from './findings-keeper.ts';

const CARD = '{"card":"4111 1111 1111 1111"}';
const NOTHING: CheckResult = { findings: [], failures: [], cut: [] };

/** Checks that answer when told to. */
function checksByHand() {
  const asked: {
    id: SessionId;
    answer: (result?: Partial<CheckResult>) => void;
    fail: (e: Error) => void;
  }[] = [];
  let wake: () => void = () => undefined;
  const runner: Pick<CheckRunner, 'check' | 'checks'> = {
    checks: [],
    check: ({ session }: CheckJob) =>
      new Promise((resolve, reject) => {
        asked.push({
          id: session.row.id,
          answer: (result) => resolve({ ...NOTHING, ...result }),
          fail: reject,
        });
        wake();
      }),
  };
  /** Waits until `count` sessions have been given in all. */
  async function given(count: number) {
    while (asked.length < count) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
    return asked.map(({ id }) => id);
  }
  return { runner, asked, given };
}

/** A store that has any session and says that some have ended. */
function endlessStore() {
  let tell: (change: StoreChange) => void = () => undefined;
  const store = {
    get: async (id: SessionId) => makeSession({ id, responseBody: '' }).session,
    readBody: async () => new Uint8Array(),
    messages: async () => [],
    findings: async () => [],
    putFindings: async () => undefined,
    onChange: (listener: typeof tell) => {
      tell = listener;
      return { [Symbol.dispose]: () => undefined };
    },
  };
  const totals = totalsWith();
  const end = (...ended: SessionId[]) =>
    tell({ changed: ended, ended, removed: false, findings: false, totals });
  return { store, end };
}

const upTo = (count: number, from = 1) => Array.from({ length: count }, (_, i) => from + i);

async function findingsAppear(store: CaptureStore): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  using _ = store.onChange(({ findings }) => {
    if (findings) resolve();
  });
  if ((await store.totals()).findings === 0) await promise;
}

describe('the check pump', () => {
  it('puts what the real checks find into the capture as sessions end', async () => {
    using folder = temporaryFolder();
    await using store = await openCapture(join(folder.path, 'a.sluice'), 'create');
    await using runner = await openCheckRunner();
    await using pump = startCheckPump({ store, runner, keeper: createFindingsKeeper(store) });
    await record(store, makeSession({ id: 1 }), makeSession({ id: 2, responseBody: CARD }));
    await findingsAppear(store);
    await pump.drain(10_000);
    expect(await store.findings(1)).toEqual([]);
    expect(await store.findings(2)).toMatchObject([{ checkId: 'personal-data', sessionId: 2 }]);
    expect(pump.status()).toEqual({ waiting: 0, behindMs: 0, checked: 2, partial: 0, failed: [] });
  });

  it('checks a few at a time, in order, and says how many wait and since when', async () => {
    const { store, end } = endlessStore();
    const { runner, asked, given } = checksByHand();
    const idle = () => 0;
    await using pump = startCheckPump({
      store,
      runner,
      keeper: createFindingsKeeper(store),
      utilisation: idle,
    });
    expect(pump.status()).toMatchObject({ waiting: 0, behindMs: 0 });
    end(...upTo(10));
    expect(await given(4)).toEqual([1, 2, 3, 4]);
    expect(pump.status().waiting).toBe(10);
    await expect.poll(() => pump.status().behindMs).toBeGreaterThan(0);
    asked[0]?.answer();
    expect(await given(5)).toEqual([1, 2, 3, 4, 5]);
    expect(pump.status()).toMatchObject({ waiting: 9, checked: 1 });
    for (let i = 1; i < 10; i += 1) {
      await given(i + 1);
      asked[i]?.answer();
    }
    await expect.poll(() => pump.status()).toMatchObject({ waiting: 0, behindMs: 0, checked: 10 });
  });

  it('gives way to a busy thread, but never stops', async () => {
    const { store, end } = endlessStore();
    let checked = 0;
    let utilisation = 1;
    let looks = 0;
    const runner = {
      checks: [],
      check: async () => {
        checked += 1;
        return NOTHING;
      },
    };
    const measured = () => {
      looks += 1;
      return utilisation;
    };
    const keeper = createFindingsKeeper(store);
    await using pump = startCheckPump({ store, runner, keeper, utilisation: measured });
    end(...upTo(9000));
    const looked = (count: number) =>
      expect.poll(() => looks, { timeout: 10_000 }).toBeGreaterThanOrEqual(count);
    await looked(10);
    const before = { checked, looks };
    expect(pump.status().waiting).toBeGreaterThan(7000);
    await looked(before.looks + 20);
    const perSlice = (checked - before.checked) / (looks - before.looks);
    expect(perSlice).toBeGreaterThan(0.1);
    expect(perSlice).toBeLessThan(1);
    utilisation = 0;
    await expect.poll(() => pump.status().waiting, { timeout: 15_000 }).toBe(0);
  });

  it('goes at full speed to the end when the program closes', async () => {
    const { store, end } = endlessStore();
    const runner = { checks: [], check: async () => NOTHING };
    const keeper = createFindingsKeeper(store);
    await using pump = startCheckPump({ store, runner, keeper, utilisation: () => 1 });
    end(...upTo(2000));
    expect(await pump.drain(15_000)).toBe(true);
    expect(pump.status()).toMatchObject({ waiting: 0, checked: 2000 });
  });

  it('stops waiting for checks that do not come to an end', async () => {
    const { store, end } = endlessStore();
    const { runner, asked, given } = checksByHand();
    const pump = startCheckPump({ store, runner, keeper: createFindingsKeeper(store) });
    end(1);
    await given(1);
    expect(await pump.drain(20)).toBe(false);
    asked[0]?.answer();
    await pump[Symbol.asyncDispose]();
  });

  it('tells of checks that failed and of sessions not wholly looked at, and goes on', async () => {
    const { store, end } = endlessStore();
    const { runner, asked, given } = checksByHand();
    await using pump = startCheckPump({ store, runner, keeper: createFindingsKeeper(store) });
    end(1, 2, 3);
    await given(3);
    asked[0]?.answer({ failures: [{ checkId: 'weak-password', message: 'boom' }], cut: ['response-body'] });
    asked[1]?.fail(new Error('the worker ended'));
    asked[2]?.answer();
    await expect
      .poll(() => pump.status())
      .toEqual({
        waiting: 0,
        behindMs: 0,
        checked: 2,
        partial: 1,
        failed: [
          { checkId: 'weak-password', count: 1, message: 'boom' },
          { checkId: 'all', count: 1, message: 'the worker ended' },
        ],
      });
    end(4);
    expect(await given(4)).toEqual([1, 2, 3, 4]);
    asked[3]?.answer();
  });

  it('skips nothing after a burst that its queue cannot hold', async () => {
    const { store, end } = endlessStore();
    const seen = new Set<SessionId>();
    const runner = {
      checks: [],
      check: async ({ session }: CheckJob) => {
        seen.add(session.row.id);
        return NOTHING;
      },
    };
    await using pump = startCheckPump({ store, runner, keeper: createFindingsKeeper(store) });
    for (let from = 1; from <= 12_000; from += 1000) end(...upTo(1000, from));
    expect(pump.status().waiting).toBe(12_000);
    await pump.drain(15_000);
    expect(seen.size).toBe(12_000);
  });

  it('puts nothing into the capture once it has been closed', async () => {
    const { store, end } = endlessStore();
    const { runner, asked, given } = checksByHand();
    const put: SessionId[] = [];
    const keeper = { replace: async (id: SessionId) => void put.push(id) };
    const pump = startCheckPump({ store, runner, keeper });
    end(...upTo(6));
    await given(4);
    const closed = pump[Symbol.asyncDispose]();
    for (const { answer } of asked) answer({ findings: [] });
    asked[0]?.answer();
    await closed;
    end(9);
    expect(asked).toHaveLength(4);
    expect(put).toEqual([]);
  });
});
