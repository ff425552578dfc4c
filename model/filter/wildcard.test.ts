import { describe, expect, it } from 'vitest';
import { wildcardTest } from './wildcard.ts';

describe('a pattern with stars', () => {
  it.each([
    ['*', ['', 'a', 'a*b'], []],
    ['a*', ['a', 'ab'], ['', 'ba']],
    ['*.test', ['a.test', '.test'], ['test', 'a.test.org']],
    ['a*b*c', ['abc', 'axbxc', 'abcbc'], ['acb', 'ab', 'abca']],
    ['aa*aa', ['aaaa', 'aabaa'], ['aaa']],
    ['plain', ['plain'], ['plainer', 'Plain', '']],
    ['* https://a', ['* https://a', 'GET https://a'], ['GET https://a/']],
  ])('%s', (pattern, fits, others) => {
    const test = wildcardTest(pattern);
    expect(fits.filter((text) => !test(text))).toEqual([]);
    expect(others.filter(test)).toEqual([]);
  });
});
