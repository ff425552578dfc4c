import fc from 'fast-check';
import { expect, it } from 'vitest';
import { cutsBefore, inOrder, withoutCuts } from './cuts.ts';

const text = (pieces: readonly Uint8Array[]) => Buffer.concat(pieces).toString();
const bytes = Buffer.from('0123456789');

it('leaves everything when nothing is cut', () => {
  expect(text(withoutCuts(bytes, []))).toBe('0123456789');
  expect(cutsBefore([])(7)).toBe(0);
});

it('cuts at the beginning, in the middle and at the end', () => {
  const cuts = [
    { offset: 0, length: 2 },
    { offset: 4, length: 3 },
    { offset: 9, length: 1 },
  ];
  expect(text(withoutCuts(bytes, cuts))).toBe('2378');
  const before = cutsBefore(cuts);
  expect([2, 3, 7, 8].map(before)).toEqual([2, 2, 5, 5]);
});

it('cuts everything', () => {
  expect(withoutCuts(bytes, [{ offset: 0, length: 10 }])).toEqual([]);
});

it('puts cuts in order and leaves out empty ones', () => {
  expect(
    inOrder([
      { offset: 5, length: 1 },
      { offset: 9, length: 0 },
      { offset: 1, length: 2 },
    ]),
  ).toEqual([
    { offset: 1, length: 2 },
    { offset: 5, length: 1 },
  ]);
});

it('says where each byte lies that is left', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(5), fc.nat(5)), { maxLength: 8 }), (gaps) => {
      let at = 0;
      const cuts = inOrder(
        gaps.map(([gap, length]) => {
          const offset = at + gap;
          at = offset + length;
          return { offset, length };
        }),
      );
      const whole = Uint8Array.from({ length: at + 3 }, (_, i) => i);
      const left = Buffer.concat(withoutCuts(whole, cuts));
      const before = cutsBefore(cuts);
      for (const [position, offset] of left.entries()) expect(offset - before(offset)).toBe(position);
      expect(left.length + cuts.reduce((sum, { length }) => sum + length, 0)).toBe(whole.length);
    }),
  );
});
