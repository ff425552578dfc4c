import { describe, expect, it } from 'vitest';
import { createCheckPace, SLICE_MS } from './check-pace.ts';

function paceAfter(...utilisations: number[]) {
  const pace = createCheckPace();
  for (const utilisation of utilisations) pace.look(utilisation);
  return pace.perSlice;
}
const times = (count: number, utilisation: number) => Array.from({ length: count }, () => utilisation);
const CALM = times(50, 0.1);

describe('the pace of the checks', () => {
  it('begins low, since traffic may be about to, and has no limit worth the name once the thread was calm', () => {
    expect(paceAfter()).toBeLessThan(10);
    expect(paceAfter(...CALM)).toBeGreaterThanOrEqual(100);
    expect(paceAfter(...CALM, ...CALM)).toBe(paceAfter(...CALM));
  });

  it('gives way at once when the thread is busy, however fast it was', () => {
    expect(paceAfter(...CALM, 0.95)).toBe(paceAfter(...times(1000, 1)));
    expect(paceAfter(...CALM, 0.95)).toBeLessThan(1);
  });

  it('never stands still, however long the load lasts: 20 sessions a second', () => {
    expect(paceAfter(...times(1000, 1)) * (1000 / SLICE_MS)).toBeCloseTo(20);
  });

  it('comes back when the load is over', () => {
    const slow = paceAfter(...times(100, 1));
    expect(paceAfter(...times(100, 1), ...times(3, 0.2))).toBeGreaterThan(slow * 3);
    expect(paceAfter(...times(100, 1), ...times(30, 0.2))).toBe(paceAfter(...CALM));
  });

  it('stays as it is in between, so that its own work does not make it swing', () => {
    expect(paceAfter(...times(3, 1), ...times(20, 0.5))).toBe(paceAfter(...times(3, 1)));
    expect(paceAfter(0.6)).toBe(paceAfter());
    expect(paceAfter(...CALM, 0.95, 0.4)).toBe(paceAfter(...CALM, 0.95));
  });
});
