import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { StoreChange } from './capture-store.ts';
import { ChangeNotice, NOTICE_MS } from './change-notice.ts';
import { totalsWith } from './testing.ts';

let told: StoreChange[];
let notice: ChangeNotice;
const totals = totalsWith({ sessions: 3, active: 1, diskBytes: 10 });
beforeEach(() => {
  vi.useFakeTimers();
  told = [];
  notice = new ChangeNotice(
    () => totals,
    (change) => told.push(change),
  );
});
afterEach(() => {
  notice[Symbol.dispose]();
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

it('tells a change after a pause at once', () => {
  notice.add({ changed: [1], ended: [2] });
  expect(told).toEqual([{ changed: [2, 1], ended: [2], removed: false, findings: false, totals }]);
});

it('gathers what comes soon after, each session once', () => {
  notice.add({ changed: [1] });
  notice.add({ changed: [2, 3] });
  notice.add({ changed: [3], ended: [2], findings: true });
  notice.add({ removed: true });
  expect(told).toHaveLength(1);
  vi.advanceTimersByTime(NOTICE_MS);
  expect(told.slice(1)).toEqual([{ changed: [2, 3], ended: [2], removed: true, findings: true, totals }]);
  notice.add({ changed: [4] });
  vi.advanceTimersByTime(NOTICE_MS);
  expect(told[2]).toEqual({ changed: [4], ended: [], removed: false, findings: false, totals });
});

it('says nothing when nothing changed', () => {
  notice.add({ changed: [], ended: [] });
  notice.flush();
  vi.advanceTimersByTime(NOTICE_MS);
  expect(told).toEqual([]);
});

it('tells the rest when asked', () => {
  notice.add({ changed: [1] });
  notice.add({ changed: [2] });
  notice.flush();
  expect(told.map(({ changed }) => changed)).toEqual([[1], [2]]);
});

it('names each session once, however many pass', () => {
  notice.add({ changed: [0] });
  const ids = (from: number) => Array.from({ length: 1000 }, (_, i) => from + i);
  for (let i = 1; i <= 20; i++) notice.add({ changed: ids(i * 1000), ended: ids((i - 1) * 1000) });
  vi.advanceTimersByTime(NOTICE_MS);
  expect(told[1]?.ended).toHaveLength(20_000);
  expect(new Set(told[1]?.changed).size).toBe(21_000);
});

it('tells when only the totals are others', () => {
  notice.add({ totals: true });
  expect(told).toEqual([{ changed: [], ended: [], removed: false, findings: false, totals }]);
});
