import { describe, expect, it } from 'vitest';
import type { HeaderPair } from '#model/headers.ts';
import { makeTarget } from '../target.ts';
import { Places } from './places.ts';

const HOST: HeaderPair = ['Host', 'a.test'];
const head = (target: string, headers: HeaderPair[] = [HOST], httpVersion = 'HTTP/1.1') => ({
  method: 'GET',
  target,
  httpVersion,
  headers,
});
const target = (path: string) => makeTarget('https', { host: 'a.test', port: 443 }, path);

function remembering(text: string, path: string) {
  const places = new Places();
  places.remember(head(text), target(path));
  return places;
}

describe('places', () => {
  it('know nothing at first', () => {
    expect(new Places().recall(head('/'))).toBeUndefined();
  });

  it('recall origin-form with another path, as it would have been read', () => {
    const places = remembering('/a?b', '/a?b');
    expect(places.recall(head('/a?b'))).toEqual(target('/a?b'));
    expect(places.recall(head('//c/../d%00?e'))).toEqual(target('//c/../d%00?e'));
  });

  it('recall absolute-form of the same authority', () => {
    const places = remembering('https://a.test/a', '/a');
    expect(places.recall(head('https://a.test/b'))).toEqual(target('/b'));
  });

  it.each([
    ['another authority', 'https://a.test.evil/b'],
    ['an authority that goes on', 'https://a.test:8443/b'],
    ['no path', 'https://a.test'],
    ['a query without a path', 'https://a.test?b'],
    ['origin-form', '/b'],
    ['a fragment', 'https://a.test/b#c'],
  ])('recall nothing for %s', (_name, text) => {
    expect(remembering('https://a.test/a', '/a').recall(head(text))).toBeUndefined();
  });

  it.each<[string, HeaderPair[]]>([
    ['another Host', [['Host', 'b.test']]],
    ['no Host', []],
    ['two Hosts', [HOST, ['host', 'a.test']]],
  ])('recall nothing for %s', (_name, headers) => {
    expect(remembering('/a', '/a').recall(head('/b', headers))).toBeUndefined();
  });

  it('remember nothing whose path does not stand as it is', () => {
    expect(remembering('https://a.test', '/').recall(head('https://a.test/'))).toBeUndefined();
    expect(remembering('*', '*').recall(head('*'))).toBeUndefined();
    expect(remembering('/a#b', '/a').recall(head('/a'))).toBeUndefined();
  });
});
