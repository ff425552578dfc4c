import { describe, expect, it } from 'vitest';
import { combinationCount, combinations, requestCount } from './combinations.ts';

const a = { part: 'query.a', values: ['1', '2'] };
const b = { part: 'query.b', values: ['x', 'y', 'z'] };

describe('values in requests', () => {
  it('go every one with every other, the last changing fastest', () =>
    expect([...combinations({ variations: [a, b], combine: 'product' })]).toEqual([
      ['1', 'x'],
      ['1', 'y'],
      ['1', 'z'],
      ['2', 'x'],
      ['2', 'y'],
      ['2', 'z'],
    ]));

  it('or the first with the first, to the end of the shortest', () =>
    expect([...combinations({ variations: [a, b], combine: 'zip' })]).toEqual([
      ['1', 'x'],
      ['2', 'y'],
    ]));

  it('are one request where nothing varies', () => {
    expect([...combinations({ variations: [], combine: 'product' })]).toEqual([[]]);
    expect(combinationCount({ variations: [], combine: 'zip' })).toBe(1);
  });
});

describe('a plan', () => {
  const plan = { ids: [1, 2], count: 3, variations: [a, b], combine: 'product' } as const;

  it('has so many requests', () =>
    expect(requestCount({ ...plan, ids: [1, 2], variations: [a, b] })).toBe(36));

  it('is refused where they are too many', () =>
    expect(() => requestCount({ ...plan, ids: [1, 2], variations: [a, b], count: 1000 })).toThrow(
      expect.objectContaining({ code: 'too-large' }),
    ));
});
