import fc from 'fast-check';
import { expect, test } from 'vitest';
import { median, quantile, spread } from './statistics.ts';

test('the median of an odd number of rounds is the one in the middle, in whatever order they came', () => {
  expect(median([3, 1, 2])).toBe(2);
  expect(median([100, 1, 7, 3, 5])).toBe(5);
});

test('of an even number it lies between the two in the middle', () => {
  expect(median([4, 1, 3, 2])).toBe(2.5);
});

test('numbers are ordered as numbers, not as text', () => {
  expect(median([10, 9, 100])).toBe(10);
});

test('one outlier does not move it', () => {
  expect(median([10, 11, 12, 13, 1_000_000])).toBe(12);
});

test('quantiles lie between neighbours in proportion', () => {
  const values = [1, 2, 3, 4, 5];
  expect(quantile(values, 0)).toBe(1);
  expect(quantile(values, 0.25)).toBe(2);
  expect(quantile(values, 0.95)).toBeCloseTo(4.8);
  expect(quantile(values, 1)).toBe(5);
});

test('one value is every quantile of itself', () => {
  expect([0, 0.5, 0.95, 1].map((share) => quantile([7], share))).toEqual([7, 7, 7, 7]);
});

test('the spread is the lowest and the highest', () => {
  expect(spread([5, 2, 9])).toEqual({ min: 2, max: 9 });
});

test('nothing measured has no median: better an error than a NaN in a table', () => {
  expect(() => median([])).toThrow(RangeError);
  expect(() => spread([])).toThrow(RangeError);
});

test('the values given are left as they were', () => {
  const values = [3, 1, 2];
  median(values);
  expect(values).toEqual([3, 1, 2]);
});

test('whatever is measured, the median lies within the spread and half of the values on either side', () => {
  const measured = fc.array(fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e9, max: 1e9 }), {
    minLength: 1,
    maxLength: 40,
  });
  fc.assert(
    fc.property(measured, (values) => {
      const middle = median(values);
      const { min, max } = spread(values);
      expect(middle).toBeGreaterThanOrEqual(min);
      expect(middle).toBeLessThanOrEqual(max);
      expect(values.filter((value) => value <= middle).length).toBeGreaterThanOrEqual(values.length / 2);
      expect(values.filter((value) => value >= middle).length).toBeGreaterThanOrEqual(values.length / 2);
    }),
  );
});
