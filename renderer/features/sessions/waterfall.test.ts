import { describe, expect, it } from 'vitest';
import { barOf, spanOf } from './waterfall.ts';

const row = (startedAt: number, durationMs?: number) =>
  durationMs === undefined ? { startedAt } : { startedAt, durationMs };

describe('the waterfall', () => {
  it('spans the rows in sight, and reaches to now while one runs', () => {
    expect(spanOf([row(200, 50), row(100, 10)], 999)).toEqual({ from: 100, to: 250 });
    expect(spanOf([row(200, 50), row(100)], 999)).toEqual({ from: 100, to: 999 });
    expect(spanOf([], 999)).toEqual({ from: 0, to: 1 });
  });

  it('places bars in it', () => {
    expect(barOf(row(150, 50), { from: 100, to: 200 })).toEqual({ left: 0.5, width: 0.5 });
    expect(barOf(row(150), { from: 100, to: 200 })).toEqual({ left: 0.5, width: 0.5 });
  });

  it('shows even what took no time, within the column', () => {
    const { left, width } = barOf(row(200, 0), { from: 100, to: 200 });
    expect(width).toBeGreaterThan(0);
    expect(left + width).toBeLessThanOrEqual(1);
    expect(barOf(row(100, 0), { from: 100, to: 100 }).width).toBeGreaterThan(0);
  });
});
