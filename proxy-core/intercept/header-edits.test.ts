import { expect, it } from 'vitest';
import type { HeaderPair } from '#model/headers.ts';
import { mapHeader, removeHeader, setHeader } from './header-edits.ts';

const headers: HeaderPair[] = [
  ['A', '1'],
  ['b', '2'],
  ['a', '3'],
  ['C', '4'],
];

it('sets the first, takes its others away, and keeps the rest as it is', () => {
  expect(setHeader(headers, 'a', 'x')).toEqual([
    ['A', 'x'],
    ['b', '2'],
    ['C', '4'],
  ]);
  expect(setHeader(headers, 'D', 'x').at(-1)).toEqual(['D', 'x']);
  expect(setHeader(headers, 'a', 'x')[1]).toBe(headers[1]);
});

it('removes and maps every one of the name, in any case', () => {
  expect(removeHeader(headers, 'a')).toEqual([
    ['b', '2'],
    ['C', '4'],
  ]);
  expect(removeHeader(headers, 'zz')).toEqual(headers);
  expect(mapHeader(headers, 'A', (value) => `${value}!`)).toEqual([
    ['A', '1!'],
    ['b', '2'],
    ['a', '3!'],
    ['C', '4'],
  ]);
  expect(headers[0]).toEqual(['A', '1']);
});
