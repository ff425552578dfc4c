import { describe, expect, it } from 'vitest';
import { backoffMs } from './backoff.ts';

const limits = { firstMs: 100, maxMs: 1000 };

describe('backoffMs', () => {
  it('doubles up to the cap', () => {
    expect([1, 2, 3, 4, 5, 500].map((n) => backoffMs(n, limits, 0))).toEqual([
      100, 200, 400, 800, 1000, 1000,
    ]);
  });

  it('takes off at most a quarter', () => {
    expect(backoffMs(2, limits, 0.999)).toBe(150);
    expect(backoffMs(2, limits, 0.5)).toBe(175);
  });
});
