import { describe, expect, it } from 'vitest';
import { between, nudged, spansFor, within, zoomed } from './time-ranges.ts';

const ALL = { from: 1000, to: 2000 };

describe('ranges', () => {
  it.each([
    [
      { from: 1200, to: 1300 },
      { from: 1200, to: 1300 },
    ],
    [
      { from: 900, to: 1100 },
      { from: 1000, to: 1200 },
    ],
    [
      { from: 1950, to: 2050 },
      { from: 1900, to: 2000 },
    ],
    [{ from: 0, to: 9000 }, ALL],
    [
      { from: 1500, to: 1501 },
      { from: 1500, to: 1510 },
    ],
  ])('%j stay within all there is as %j', (range, expected) => expect(within(range, ALL)).toEqual(expected));

  it('are the same drawn from either end', () => {
    expect(between(20.5, 10.5)).toEqual({ from: 10, to: 21 });
    expect(between(10.5, 20.5)).toEqual({ from: 10, to: 21 });
  });
});

describe('zooming', () => {
  it('keeps what is under the pointer there', () => {
    expect(zoomed(ALL, ALL, 0.5, 1500)).toEqual({ from: 1250, to: 1750 });
    expect(zoomed(ALL, ALL, 0.5, 1000)).toEqual({ from: 1000, to: 1500 });
    expect(zoomed({ from: 1250, to: 1750 }, ALL, 1.5, 1750)).toEqual({ from: 1000, to: 1750 });
  });

  it('ends at all there is, and at what can still be told apart', () => {
    expect(zoomed({ from: 1250, to: 1750 }, ALL, 2, 1500)).toBeUndefined();
    const narrow = zoomed({ from: 1500, to: 1512 }, ALL, 0.1, 1500);
    expect(narrow).toEqual({ from: 1500, to: 1510 });
  });
});

describe('the arrows', () => {
  it('choose the last part, move it, extend it', () => {
    const first = nudged(undefined, ALL, -1, false);
    expect(first).toEqual({ from: 1900, to: 2000 });
    expect(nudged(first, ALL, -1, false)).toEqual({ from: 1875, to: 1975 });
    expect(nudged(first, ALL, -1, true)).toEqual({ from: 1900, to: 1975 });
    const least = { from: 1900, to: 1920 };
    expect(nudged(least, ALL, -1, true)).toEqual(least);
  });
});

it('there are as many spans as there is room for, in steps', () => {
  expect([0, 400, 1000, 1010, 99_999].map(spansFor)).toEqual([40, 80, 240, 240, 600]);
});
