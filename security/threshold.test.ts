import { describe, expect, it } from 'vitest';
import { DEFAULT_THRESHOLD, isTold, THRESHOLDS } from './threshold.ts';

describe('thresholds', () => {
  it('tell all that names none', () => {
    for (const wanted of THRESHOLDS) expect(isTold({}, wanted)).toBe(true);
  });

  it('narrow as they rise', () => {
    const told = THRESHOLDS.map((wanted) => THRESHOLDS.filter((threshold) => isTold({ threshold }, wanted)));
    expect(told).toEqual([['low', 'medium', 'high'], ['medium', 'high'], ['high']]);
  });

  it('stand at medium when nobody says', () => expect(DEFAULT_THRESHOLD).toBe('medium'));
});
