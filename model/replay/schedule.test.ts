import { describe, expect, it } from 'vitest';
import { originalAt, pacedAt, peakRate } from './schedule.ts';

const times = (at: (i: number) => number, count: number) =>
  Array.from({ length: count }, (_, i) => Math.round(at(i)));

describe('an even pace', () => {
  it('begins so many a second', () =>
    expect(times((i) => pacedAt(i, { rate: 4, rampMs: 0 }), 4)).toEqual([0, 250, 500, 750]));
});

describe('a pace that grows', () => {
  const at = (i: number) => pacedAt(i, { rate: 100, rampMs: 1000 });

  it('has shorter gaps from request to request, down to those of its rate', () => {
    const all = times(at, 100);
    const gaps = all.slice(1).map((time, i) => time - (all[i] ?? 0));
    expect(all[0]).toBe(0);
    expect(gaps[0]).toBeGreaterThan(40);
    expect(gaps.at(-1)).toBe(10);
    for (const [i, gap] of gaps.entries()) expect(gap).toBeLessThanOrEqual((gaps[i - 1] ?? gap) + 1);
  });

  it('goes over into its rate without a leap', () => {
    // 55 begin in the ramp.
    expect(at(55)).toBeCloseTo(1000, 6);
    expect(at(56) - at(55)).toBeCloseTo(10, 6);
  });
});

describe('the recorded timing', () => {
  const recorded = [1000, 1500, 3000];

  it('has the intervals that were recorded', () =>
    expect(times(originalAt(recorded, { speed: 1, rate: 1000 }), 3)).toEqual([0, 500, 2000]));

  it('goes as much faster as is asked for', () =>
    expect(times(originalAt(recorded, { speed: 2, rate: 1000 }), 3)).toEqual([0, 250, 1000]));

  it('begins again after the last, where it is sent more than once', () =>
    expect(times(originalAt(recorded, { speed: 1, rate: 10 }), 5)).toEqual([0, 500, 2000, 2100, 2600]));

  it('never is oftener than the rate', () =>
    expect(times(originalAt([0, 0, 0, 50], { speed: 1, rate: 10 }), 4)).toEqual([0, 100, 200, 300]));

  it('takes sessions that are out of order when they were made', () =>
    expect(times(originalAt([100, 0], { speed: 1, rate: 10 }), 2)).toEqual([100, 200]));
});

describe('the highest rate', () => {
  const paced = { kind: 'paced', rate: 7, parallel: 1, delayMs: 0, rampMs: 0 } as const;
  it('is what was asked for', () => expect(peakRate(paced, false)).toBe(7));
  it('is above what is free for all at once', () =>
    expect(peakRate({ kind: 'together' }, false)).toBeGreaterThan(10));
  it('of the recorded timing is what is free without a scope', () => {
    expect(peakRate({ kind: 'original', speed: 1 }, false)).toBe(10);
    expect(peakRate({ kind: 'original', speed: 1 }, true)).toBeGreaterThan(10);
  });
});
