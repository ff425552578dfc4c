import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  addMember,
  editMembers,
  joinPath,
  memberValue,
  setMember,
  splitPath,
  withQuery,
} from './query-edits.ts';

it('members that are not meant keep every octet', () => {
  expect(setMember('%7e=~&a=1&+=%zz&a=2', 'a', 'x y')).toBe('%7e=~&a=x%20y&+=%zz');
  expect(setMember('', 'a', '1')).toBe('a=1');
  expect(addMember('a=1', 'a', '&')).toBe('a=1&a=%26');
  expect(editMembers('a=1&b&a', 'a', () => undefined)).toBe('b');
  expect(editMembers('a=%41', 'a', (value) => value)).toBe('a=%41');
});

it('names and values are compared as they are meant', () => {
  expect(memberValue('a%20b=1+2&c', 'a b')).toBe('1 2');
  expect(memberValue('c&d', 'c')).toBe('');
  expect(memberValue('a=%zz', 'a')).toBe('%zz');
  expect(memberValue('a=1', 'b')).toBeUndefined();
});

it('a path without a query gets one, and loses it when it is empty', () => {
  expect(splitPath('/a?b?c')).toEqual({ path: '/a', query: 'b?c' });
  expect(joinPath('/a', undefined)).toBe('/a');
  expect(withQuery('/a', (query) => addMember(query, 'x', '1'))).toBe('/a?x=1');
  expect(withQuery('/a?x=1', (query) => editMembers(query, 'x', () => undefined))).toBe('/a');
  expect(withQuery('/a?', (query) => query)).toBe('/a?');
});

it('what is set is what is read', () => {
  fc.assert(
    fc.property(
      fc.string(),
      fc.string({ unit: 'grapheme' }),
      fc.string({ unit: 'grapheme' }),
      (list, name, value) => {
        expect(memberValue(setMember(list, name, value), name)).toBe(value);
      },
    ),
  );
});
