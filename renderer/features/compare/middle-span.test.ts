import { expect, it } from 'vitest';
import { middleSpan } from './middle-span.ts';

const middle = (text: string, other: string) => {
  const span = middleSpan(text, other);
  return span && text.slice(span.start, span.end);
};

it.each([
  ['page=1&all', 'page=22&all', '1'],
  ['page=22&all', 'page=1&all', '22'],
  ['Bearer abc', 'Bearer abcd', undefined],
  ['Bearer abcd', 'Bearer abc', 'd'],
  ['abc', 'xyz', undefined],
  ['aa', 'aaa', undefined],
  ['aaa', 'aa', 'a'],
  ['', 'x', undefined],
])('%s beside %s sets off %s', (text, other, wanted) => {
  expect(middle(text, other)).toBe(wanted);
});

it('never cuts a character in two', () => {
  expect(middle('a😀b', 'a😁b')).toBe('😀');
  expect(middle('a😀', 'b😀')).toBe('a');
});
