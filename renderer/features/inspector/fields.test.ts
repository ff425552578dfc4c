import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseFields, queryFields } from './fields.ts';

test('order and duplicates are kept, values are decoded, the raw text stays', () => {
  expect(parseFields('b=2&a=1&b=%C3%A9+x&flag&=v&&')).toEqual([
    { name: 'b', value: '2', raw: 'b=2' },
    { name: 'a', value: '1', raw: 'a=1' },
    { name: 'b', value: 'é x', raw: 'b=%C3%A9+x' },
    { name: 'flag', value: '', raw: 'flag' },
    { name: '', value: 'v', raw: '=v' },
  ]);
});

test('broken escapes stay as they are', () => {
  expect(parseFields('a=100%&b=%zz&c=%E')).toMatchObject([
    { value: '100%' },
    { value: '%zz' },
    { value: '%E' },
  ]);
});

test('the query of a URL ends at the fragment', () => {
  expect(queryFields('https://a.test/b?c=d?e#f=g')).toMatchObject([{ name: 'c', value: 'd?e' }]);
  expect(queryFields('https://a.test/')).toEqual([]);
  expect(queryFields('https://a.test/?')).toEqual([]);
});

test('reads what URLSearchParams reads', () => {
  const pair = fc.tuple(fc.string(), fc.string());
  fc.assert(
    fc.property(fc.array(pair), (pairs) => {
      const text = new URLSearchParams(pairs).toString();
      expect(parseFields(text).map(({ name, value }) => [name, value])).toEqual([
        ...new URLSearchParams(text),
      ]);
    }),
  );
});
