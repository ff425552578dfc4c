import { describe, expect, test } from 'vitest';
import { delays, slopePerMinute } from './measure-page.ts';

describe('how late a session is seen', () => {
  test('is counted to the first frame with it or a later one', () => {
    const ended = [
      [1, 100],
      [2, 110],
      [3, 120],
      [5, 130],
      [4, 131],
    ] as const;
    const seen = [
      [2, 150],
      [4, 190],
      [9, 230],
    ] as const;
    expect(delays(ended, seen)).toEqual([50, 40, 70, 59, 100]);
  });

  test('is not known of what was not shown, and never below nothing', () => {
    expect(delays([[1, 100]], [])).toEqual([]);
    expect(
      delays(
        [
          [1, 100],
          [2, 100],
        ],
        [[1, 90]],
      ),
    ).toEqual([0]);
  });
});

test('growth is told a minute, whatever the noise around it', () => {
  const samples = [0, 1, 2, 3, 4, 5].map((i) => [i * 20_000, 100 + i + (i % 2)] as const);
  expect(slopePerMinute(samples)).toBeCloseTo(3.26, 1);
  expect(slopePerMinute([[5, 7]])).toBe(0);
});
