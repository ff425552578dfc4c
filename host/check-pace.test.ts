import { describe, expect, it } from 'vitest';
import { createCheckPace } from './check-pace.ts';

function paceAfter(...utilisations: number[]) {
  const pace = createCheckPace();
  for (const utilisation of utilisations) pace.look(utilisation);
  return pace.perSlice;
}
const times = (count: number, utilisation: number) => Array.from({ length: count }, () => utilisation);

describe('the pace of the checks', () => {
  it('begins without a limit worth the name, and keeps that while the thread is calm', () => {
    expect(paceAfter()).toBeGreaterThanOrEqual(100);
    expect(paceAfter(...times(50, 0.1))).toBe(paceAfter());
  });

  it('gives way at once when the thread is busy', () => {
    expect(paceAfter(0.95)).toBe(paceAfter() / 2);
    expect(paceAfter(...times(5, 0.95))).toBeLessThan(paceAfter() / 20);
  });

  it('never stands still, however long the load lasts', () => {
    expect(paceAfter(...times(1000, 1))).toBe(2);
  });

  it('comes back when the load is over', () => {
    const slow = paceAfter(...times(100, 1));
    expect(paceAfter(...times(100, 1), ...times(3, 0.2))).toBeGreaterThan(slow * 3);
    expect(paceAfter(...times(100, 1), ...times(30, 0.2))).toBe(paceAfter());
  });

  it('stays as it is in between, so that its own work does not make it swing', () => {
    expect(paceAfter(...times(3, 1), ...times(20, 0.7))).toBe(paceAfter(...times(3, 1)));
    expect(paceAfter(0.8)).toBe(paceAfter());
    expect(paceAfter(0.95, 0.6)).toBe(paceAfter(0.95));
  });
});
