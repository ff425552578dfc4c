import { describe, expect, it } from 'vitest';
import { formatAuthority, makeTarget, parseAbsolute, parseAuthority } from './target.ts';

describe('an authority', () => {
  it.each([
    ['a.test', 'a.test', 443],
    ['A.Test:8443', 'a.test', 8443],
    ['127.0.0.1:80', '127.0.0.1', 80],
    ['[::1]', '::1', 443],
    ['[2001:DB8::1]:8443', '2001:db8::1', 8443],
    ['[fe80::1%eth0]:80', 'fe80::1%eth0', 80],
    ['a.test:', 'a.test', 443],
    ['a_b.test', 'a_b.test', 443],
  ])('%s is %s on %d', (text, host, port) => expect(parseAuthority(text, 443)).toEqual({ host, port }));

  it.each([
    '',
    ':80',
    'a.test:0',
    'a.test:65536',
    'a.test:x',
    'a.test:123456',
    'a b',
    'a/b',
    'a?b',
    'a#b',
    'user@a',
    '[::1',
    '::1',
    '[a.test]',
    '[127.0.0.1]',
    'a\\b',
  ])('is not %j', (text) => expect(parseAuthority(text, 443)).toBeUndefined());

  it('is written with brackets where they are needed, and without its scheme’s own port', () => {
    expect(formatAuthority({ host: '::1', port: 443 })).toBe('[::1]:443');
    expect(formatAuthority({ host: '::1', port: 443 }, 'https')).toBe('[::1]');
    expect(formatAuthority({ host: 'a.test', port: 443 }, 'http')).toBe('a.test:443');
    expect(formatAuthority({ host: 'a.test', port: 80 }, 'http')).toBe('a.test');
  });
});

describe('a target of parts', () => {
  it('has a URL without fragment, and a path as it stood', () => {
    expect(makeTarget('https', { host: 'a.test', port: 8443 }, '/a/../b?x=%41#f')).toEqual({
      scheme: 'https',
      host: 'a.test',
      port: 8443,
      path: '/a/../b?x=%41#f',
      url: 'https://a.test:8443/a/../b?x=%41',
      hostField: 'a.test:8443',
    });
  });

  it('keeps the Host that was said', () => {
    expect(makeTarget('http', { host: 'a.test', port: 80 }, '/', 'A.test:80')).toMatchObject({
      hostField: 'A.test:80',
      url: 'http://a.test/',
    });
  });

  it('may be about the server as a whole', () => {
    expect(makeTarget('http', { host: 'a.test', port: 80 }, '*')).toMatchObject({
      path: '*',
      url: 'http://a.test/',
    });
  });
});

describe('an absolute target', () => {
  it.each([
    ['http://a.test/x', '/x', 'http://a.test/x', 'a.test'],
    ['HTTP://A.test', '/', 'http://a.test/', 'A.test'],
    ['http://a.test:8080?q', '/?q', 'http://a.test:8080/?q', 'a.test:8080'],
    ['https://[::1]:8443/', '/', 'https://[::1]:8443/', '[::1]:8443'],
    ['http://a.test/%2e%2e//x?y=/z', '/%2e%2e//x?y=/z', 'http://a.test/%2e%2e//x?y=/z', 'a.test'],
    ['http://a.test/x#frag', '/x', 'http://a.test/x', 'a.test'],
    ['http://mia:pw@a.test/x', '/x', 'http://a.test/x', 'a.test'],
    ['http://a.test/x@y', '/x@y', 'http://a.test/x@y', 'a.test'],
  ])('%s', (text, path, url, hostField) =>
    expect(parseAbsolute(text)).toMatchObject({ path, url, hostField }),
  );

  it('of OPTIONS without a path is about the server (RFC 9112 §3.2.4)', () => {
    expect(parseAbsolute('http://a.test', 'OPTIONS')).toMatchObject({ path: '*' });
    expect(parseAbsolute('http://a.test/', 'OPTIONS')).toMatchObject({ path: '/' });
  });

  it.each([
    '/x',
    'a.test:443',
    '*',
    'ftp://a.test/',
    'http:/a.test',
    'http://',
    'http:///x',
    'http://a.test:x/',
    'http://a b/',
    ' http://a.test/',
  ])('is not %j', (text) => expect(parseAbsolute(text)).toBeUndefined());
});
