import { expect, it } from 'vitest';
import { byteDifference } from './byte-rows.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

it('tells which rows of a dump differ, and how many bytes', () => {
  const a = bytes('0123456789abcdef0123456789abcdef');
  expect(byteDifference(a, a)).toEqual({ rows: [], bytes: 0, first: -1 });
  const b = a.with(9, 0).with(10, 0).with(31, 0);
  expect(byteDifference(a, b)).toEqual({ rows: [1, 3], bytes: 3, first: 9 });
});

it('counts what one side has more', () => {
  expect(byteDifference(bytes('abc'), bytes('abcdefghij'))).toEqual({ rows: [0, 1], bytes: 7, first: 3 });
  expect(byteDifference(bytes(''), bytes(''))).toEqual({ rows: [], bytes: 0, first: -1 });
});
