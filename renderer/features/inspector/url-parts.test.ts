import fc from 'fast-check';
import { expect, test } from 'vitest';
import { urlParts } from './url-parts.ts';

test('cuts where people look', () => {
  expect(urlParts('https://api.acme.test:8443/v2/session?client=web#x')).toEqual({
    origin: 'https://api.acme.test:8443',
    path: '/v2/session',
    rest: '?client=web#x',
  });
  expect(urlParts('tunnel://a.test:443')).toEqual({ origin: 'tunnel://a.test:443', path: '', rest: '' });
  expect(urlParts('http://a.test?b/c')).toEqual({ origin: 'http://a.test', path: '', rest: '?b/c' });
});

test('what is not absolute is all path', () => {
  expect(urlParts('*')).toEqual({ origin: '', path: '*', rest: '' });
});

test('loses nothing', () => {
  fc.assert(
    fc.property(fc.webUrl({ withFragments: true, withQueryParameters: true }), (url) => {
      const { origin, path, rest } = urlParts(url);
      expect(origin + path + rest).toBe(url);
    }),
  );
});
