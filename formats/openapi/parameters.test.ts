import { describe, expect, it } from 'vitest';
import { pathValue, queryPairs, simpleValue } from './parameters.ts';

describe('a query parameter', () => {
  // The table of styles in OpenAPI 3.1, §4.8.12.4.
  const list = ['blue', 'black'];
  const object = { R: 100, G: 200 };
  it.each([
    [{}, '', 'color='],
    [{}, 'a b&c', 'color=a%20b%26c'],
    [{}, list, 'color=blue&color=black'],
    [{ explode: false }, list, 'color=blue,black'],
    [{}, object, 'R=100&G=200'],
    [{ explode: false }, object, 'color=R,100,G,200'],
    [{ style: 'spaceDelimited' }, list, 'color=blue%20black'],
    [{ style: 'pipeDelimited' }, list, 'color=blue%7Cblack'],
    [{ style: 'deepObject', explode: true }, object, 'color%5BR%5D=100&color%5BG%5D=200'],
    [{}, [{ a: 1 }], 'color=%7B%22a%22:1%7D'],
    [{}, true, 'color=true'],
  ])('%j of %j', (settings, value, text) => {
    expect(queryPairs({ name: 'color', ...settings }, value)).toBe(text);
  });

  it('has its name encoded', () => {
    expect(queryPairs({ name: 'a[]&' }, 1)).toBe('a%5B%5D%26=1');
  });
});

describe('a value elsewhere', () => {
  it('stands there as it is, lists and objects with commas', () => {
    expect([simpleValue('a b'), simpleValue([1, 2]), simpleValue({ a: 1 }), simpleValue(null)]).toEqual([
      'a b',
      '1,2',
      'a,1',
      '',
    ]);
  });

  it('is encoded in a path', () => {
    expect(pathValue('a/b c')).toBe('a%2Fb%20c');
  });
});
