import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { SearchIndexStatus } from '#model/search.ts';
import type { StoreChange, StoreTotals } from '#store/capture-store.ts';
import { SLICE_MS } from './check-pace.ts';
import { startSearchPump } from './search-pump.ts';

const TOTALS: StoreTotals = {
  sessions: 0,
  active: 0,
  decrypted: 0,
  findings: 0,
  diskBytes: 0,
  deadBytes: 0,
  losses: { droppedSessions: 0, droppedBodies: 0, droppedBytes: 0, missed: 0 },
  retention: {},
};

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A pump with both its ends in the test's hands. */
function pumped({ lastSessionId = 0, utilisation = 0 } = {}) {
  const told: unknown[][] = [];
  let onChange = (_: StoreChange) => {};
  let onStatus = (_: SearchIndexStatus) => {};
  const subscribed = new Set<string>();
  const subscribe = (name: string) => {
    subscribed.add(name);
    return { [Symbol.dispose]: () => void subscribed.delete(name) };
  };
  const pump = startSearchPump({
    store: {
      lastSessionId,
      onChange: (listener) => {
        onChange = listener;
        return subscribe('changes');
      },
    },
    search: {
      ended: (groups) => told.push(['ended', ...groups]),
      removed: () => told.push(['removed']),
      allow: (sessions) => told.push(['allow', sessions]),
      onStatus: (listener) => {
        onStatus = listener;
        return subscribe('status');
      },
    },
    utilisation: () => utilisation,
  });
  return {
    told,
    subscribed,
    end: (...ended: number[]) =>
      onChange({
        changed: ended,
        ended,
        removed: false,
        findings: false,
        totals: TOTALS,
      }),
    remove: () =>
      onChange({
        changed: [],
        ended: [],
        removed: true,
        findings: false,
        totals: TOTALS,
      }),
    status: (working: boolean) => onStatus({ indexed: 0, sessions: 0, working }),
    slices: (count: number) => vi.advanceTimersByTime(count * SLICE_MS),
    [Symbol.dispose]: () => pump[Symbol.dispose](),
  };
}
const allowed = (told: readonly unknown[][]) =>
  told.filter(([what]) => what === 'allow').map(([, sessions]) => Number(sessions));

it('tells groups of ended sessions once a slice, and lets ever more in while there is time', () => {
  using at = pumped();
  at.end(1, 2, 9000);
  at.end(3);
  expect(at.told).toEqual([]);
  at.slices(1);
  expect(at.told[0]).toEqual(['ended', 0, 1]);
  at.slices(5);
  const grown = allowed(at.told);
  expect(grown).toEqual(grown.toSorted((a, b) => a - b));
  expect(grown.at(-1)).toBeGreaterThan(grown[0] ?? 0);
});

it('gives way when the thread is busy, but never quite', () => {
  using at = pumped({ utilisation: 0.9 });
  at.end(1);
  at.slices(10);
  expect(allowed(at.told).at(-1)).toBeLessThan(1);
  expect(allowed(at.told).at(-1)).toBeGreaterThan(0);
});

it('rests when all is indexed, and wakes when something ends', () => {
  using at = pumped();
  at.end(1);
  at.slices(1);
  at.status(false);
  at.slices(1);
  const before = at.told.length;
  at.slices(50);
  expect(at.told).toHaveLength(before);
  expect(vi.getTimerCount()).toBe(0);
  at.end(2);
  at.slices(5);
  expect(at.told.slice(before)).toContainEqual(['ended', 0]);
  expect(at.told.at(-1)).toEqual(['allow', expect.any(Number)]);
});

it('looks at what was there before a while after the start', () => {
  using old = pumped({ lastSessionId: 12 });
  expect(old.told).toEqual([]);
  vi.advanceTimersByTime(2000);
  expect(allowed(old.told).length).toBeGreaterThan(0);
  using fresh = pumped();
  vi.advanceTimersByTime(2000);
  expect(fresh.told).toEqual([]);
});

it('tells at once that sessions were removed', () => {
  using at = pumped();
  at.remove();
  expect(at.told).toEqual([['removed']]);
});

it('leaves nothing running', () => {
  const at = pumped({ lastSessionId: 5 });
  at.end(1);
  at[Symbol.dispose]();
  expect(vi.getTimerCount()).toBe(0);
  expect(at.subscribed.size).toBe(0);
});
