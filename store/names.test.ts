import { beforeEach, describe, expect, it } from 'vitest';
import { splitUrl, type UrlParts } from '#model/session-fold.ts';
import { Names } from './names.ts';

let texts: Map<number, string>;
let origins: Map<number, { prefix: string; parts: UrlParts }>;
let names: Names;
beforeEach(() => {
  texts = new Map();
  origins = new Map();
  names = new Names(10, {
    text: (id, text) => texts.set(id, text),
    origin: (id, prefix, parts) => origins.set(id, { prefix, parts }),
  });
});

describe('a text', () => {
  it('is defined once, and numbered from where the capture is', () => {
    expect([names.text('GET'), names.text('POST'), names.text('GET')]).toEqual([10, 11, 10]);
    expect([...texts]).toEqual([
      [10, 'GET'],
      [11, 'POST'],
    ]);
  });

  it('that is empty is number 0 without a word', () => {
    expect(names.text('')).toBe(0);
    expect(texts.size).toBe(0);
  });

  it('has another number when too many came since, never that of another', () => {
    const first = names.text('GET');
    for (let i = 0; i < 10_000; i++) names.text(`M${i}`);
    const again = names.text('GET');
    expect(again).not.toBe(first);
    expect([texts.get(first), texts.get(again)]).toEqual(['GET', 'GET']);
    expect(names.text('M9999')).toBe(again - 1);
  });
});

describe('TLS facts', () => {
  const facts = () => ({ version: 'TLSv1.3', chain: [] });

  it('are known by identity and by what they say', () => {
    const one = facts();
    const id = names.tls(one);
    expect([names.tls(one), names.tls(facts())]).toEqual([id, id]);
    expect(names.tls({ version: 'TLSv1.2' })).not.toBe(id);
    expect(JSON.parse(texts.get(id) ?? '')).toEqual(one);
  });
});

describe('a URL', () => {
  it.each([
    'https://a.test/x?y',
    'https://Acme.TEST:8443/',
    'http://user:p@[::1]:80/a/../b',
    'tunnel://a.test:443',
    'https://a.test',
    'https://a.test?q=/1',
    'https://a.test#/x',
    'http://',
    'no scheme/at all',
    '',
    'http://a.test/\u20ac',
  ])('is its origin and its path, or kept whole: %j', (url) => {
    for (let round = 0; round < 2; round++) {
      const named = names.url(url);
      const { path, ...parts } = splitUrl(url);
      expect(named.path).toBe(path);
      const origin = origins.get(named.origin.id);
      expect(origin?.parts).toMatchObject(parts);
      expect(named.origin.scheme).toBe(parts.scheme);
      expect(named.url ?? `${origin?.prefix}${path}`).toBe(url);
    }
  });

  it('is kept whole only where it has to be', () => {
    expect(names.url('https://Acme.TEST:8443/x')).not.toHaveProperty('url');
    expect(names.url('tunnel://a.test:443')).not.toHaveProperty('url');
    expect(names.url('https://a.test')).toHaveProperty('url');
  });

  it('has its origin defined once', () => {
    const ids = ['/1', '/2', '?a', '?b', ''].map((end) => names.url(`https://a.test${end}`).origin.id);
    expect(new Set(ids).size).toBe(2);
    expect(origins.size).toBe(2);
    expect(names.url('https://b.test/').origin.id).not.toBe(ids[0]);
  });

  it('shares its numbers with no text', () => {
    const ids = [
      names.text('a'),
      names.url('http://a/').origin.id,
      names.text('b'),
      names.url('http://b/').origin.id,
    ];
    expect(ids).toEqual([10, 11, 12, 13]);
  });
});
