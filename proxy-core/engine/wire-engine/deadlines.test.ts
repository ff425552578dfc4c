import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Deadlines, type Limited } from './deadlines.ts';

const limited = (deadline: number) => {
  const told: number[] = [];
  const one: Limited = { deadline, expired: () => void told.push(performance.now()) };
  return { one, told };
};

describe('Deadlines', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('tells each once, when its time is over, within a quarter of the shortest limit', () => {
    using deadlines = new Deadlines(400);
    const start = performance.now();
    const soon = limited(start + 400);
    const later = limited(start + 1000);
    deadlines.add(soon.one);
    deadlines.add(later.one);
    vi.advanceTimersByTime(300);
    expect(soon.told).toHaveLength(0);
    vi.advanceTimersByTime(200);
    expect(soon.told).toHaveLength(1);
    vi.advanceTimersByTime(1000);
    expect([soon.told.length, later.told.length]).toEqual([1, 1]);
  });

  it('follows a deadline that moves', () => {
    using deadlines = new Deadlines(400);
    const { one, told } = limited(performance.now() + 400);
    deadlines.add(one);
    for (let i = 0; i < 10; i++) {
      vi.advanceTimersByTime(300);
      one.deadline = performance.now() + 400;
    }
    expect(told).toHaveLength(0);
    one.deadline = Number.POSITIVE_INFINITY;
    vi.advanceTimersByTime(100_000);
    expect(told).toHaveLength(0);
  });

  it('keeps no timer when it has nobody to watch', () => {
    const deadlines = new Deadlines(400);
    const { one } = limited(0);
    deadlines.add(one);
    expect(vi.getTimerCount()).toBe(1);
    deadlines.delete(one);
    expect(vi.getTimerCount()).toBe(0);
  });
});
