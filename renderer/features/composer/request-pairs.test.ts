import { describe, expect, it } from 'vitest';
import type { DraftHeader } from './draft.ts';
import {
  type Authorization,
  authorizationOf,
  cookiesOf,
  queryOf,
  withAuthorization,
  withCookies,
  withQuery,
} from './request-pairs.ts';

const headers = (...pairs: [name: string, value: string, on?: boolean][]): DraftHeader[] =>
  pairs.map(([name, value, on = true], i) => ({ key: i + 1, on, name, value }));
const shown = (list: readonly DraftHeader[]) => list.map(({ name, value }) => `${name}: ${value}`);

describe('the query of an address', () => {
  it.each([
    ['https://a.test/x', []],
    ['https://a.test/x?', []],
    [
      'https://a.test/?a=1&b=%20&c&a=+2#f?g=3',
      [
        ['a', '1'],
        ['b', ' '],
        ['c', ''],
        ['a', ' 2'],
      ],
    ],
    ['https://a.test/?%zz=%', [['%zz', '%']]],
  ])('%s', (url, pairs) => expect(queryOf(url).map(({ name, value }) => [name, value])).toEqual(pairs));

  it('keeps the spelling of what is not changed', () => {
    const url = 'https://a.test/?a=%41&b=+x&c#f';
    const pairs = queryOf(url);
    expect(withQuery(url, pairs)).toBe(url);
    expect(withQuery(url, pairs.toSpliced(1, 1, { name: 'b', value: 'y z' }))).toBe(
      'https://a.test/?a=%41&b=y%20z&c#f',
    );
    expect(withQuery(url, [...pairs, { name: 'é', value: '&' }])).toBe(
      'https://a.test/?a=%41&b=+x&c&%C3%A9=%26#f',
    );
  });

  it('goes with its last member, and comes with its first', () => {
    expect(withQuery('https://a.test/x?a=1', [])).toBe('https://a.test/x');
    expect(withQuery('https://a.test/x', [{ name: 'a', value: '1' }])).toBe('https://a.test/x?a=1');
  });
});

describe('cookies', () => {
  it('are those of all fields that are sent', () =>
    expect(cookiesOf(headers(['Cookie', 'a=1; b=x=y;'], ['cookie', 'c'], ['Cookie', 'd=4', false]))).toEqual([
      { name: 'a', value: '1' },
      { name: 'b', value: 'x=y' },
      { name: 'c', value: '' },
    ]));

  it('become one field where the first was', () => {
    const list = headers(['Cookie', 'a=1'], ['Accept', '*/*'], ['cookie', 'b=2']);
    expect(shown(withCookies(list, [...cookiesOf(list), { name: 'c', value: '3' }]))).toEqual([
      'Cookie: a=1; b=2; c=3',
      'Accept: */*',
    ]);
    expect(shown(withCookies(list, []))).toEqual(['Accept: */*']);
    expect(shown(withCookies([], [{ name: 'a', value: '1' }]))).toEqual(['Cookie: a=1']);
  });
});

describe('credentials', () => {
  it.each<[string, Authorization]>([
    ['Basic YW5uOnPDqWM6cmV0', { kind: 'basic', user: 'ann', password: 'séc:ret' }],
    ['bearer  tok.en', { kind: 'bearer', token: 'tok.en' }],
    ['Basic !!', { kind: 'other', value: 'Basic !!' }],
    ['Digest username="a"', { kind: 'other', value: 'Digest username="a"' }],
  ])('%s', (value, wanted) => expect(authorizationOf(headers(['authorization', value]))).toEqual(wanted));

  it('are none where the field is off or absent', () =>
    expect(authorizationOf(headers(['Authorization', 'Bearer x', false]))).toEqual({ kind: 'none' }));

  it.each<Authorization>([
    { kind: 'none' },
    { kind: 'basic', user: 'é', password: '' },
    { kind: 'bearer', token: 't' },
    { kind: 'other', value: 'AWS4-HMAC-SHA256 x' },
  ])('are read as they were written: %j', (wanted) =>
    expect(
      authorizationOf(withAuthorization(headers(['Accept', '*/*'], ['Authorization', 'old']), wanted)),
    ).toEqual(wanted),
  );
});
