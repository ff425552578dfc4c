import { describe, expect, it } from 'vitest';
import { colourOf, markOf } from './colours.ts';

describe('marks and colours', () => {
  it('are each other’s', () => {
    for (const mark of [1, 2, 3, 4, 5]) expect(markOf(colourOf(mark) ?? '')).toBe(mark);
    expect(new Set([1, 2, 3, 4, 5].map(colourOf)).size).toBe(5);
  });

  it('know no colour of no mark', () => {
    expect(colourOf(0)).toBeUndefined();
  });

  it('are read however they are written, near ones too', () => {
    expect([' Red', 'PURPLE', 'gold', 'Yellow'].map(markOf)).toEqual([1, 5, 2, 2]);
    expect(['#ff0000', 'strikethrough', ''].map(markOf)).toEqual([undefined, undefined, undefined]);
  });
});
