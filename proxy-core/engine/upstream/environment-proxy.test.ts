import { describe, expect, it, test } from 'vitest';
import { hostMatcher } from '../host-pattern.ts';
import { environmentProxy } from './environment-proxy.ts';

const proxy = (host: string) => ({ scheme: 'http', host, port: 3128 });

test('an environment that says nothing sets nothing', () => {
  expect(environmentProxy({})).toEqual({});
  expect(environmentProxy({ HTTP_PROXY: '', https_proxy: ' ', NO_PROXY: '' })).toEqual({});
});

test('each variable has its place', () => {
  expect(
    environmentProxy({
      ALL_PROXY: 'http://all:3128',
      HTTP_PROXY: 'http://plain:3128',
      HTTPS_PROXY: 'http://secure:3128',
    }),
  ).toEqual({ proxy: proxy('all'), proxyFor: { http: proxy('plain'), https: proxy('secure') } });
});

test('a variable for one kind leaves the other alone', () => {
  expect(environmentProxy({ HTTPS_PROXY: 'http://secure:3128' })).toEqual({
    proxyFor: { https: proxy('secure') },
  });
  expect(environmentProxy({ HTTP_PROXY: 'http://plain:3128' })).toEqual({
    proxyFor: { http: proxy('plain') },
  });
});

test('lower case wins, and an empty one does not count', () => {
  const both = { HTTPS_PROXY: 'http://upper:3128', https_proxy: 'http://lower:3128' };
  expect(environmentProxy(both)).toEqual({ proxyFor: { https: proxy('lower') } });
  expect(environmentProxy({ ...both, https_proxy: '' })).toEqual({ proxyFor: { https: proxy('upper') } });
});

test('SOCKS and credentials are read as in any proxy URL', () => {
  expect(environmentProxy({ all_proxy: 'socks5h://mia:secret@proxy:9050' })).toEqual({
    proxy: { scheme: 'socks5', host: 'proxy', port: 9050, username: 'mia', password: 'secret' },
  });
});

describe('NO_PROXY', () => {
  const bypass = (text: string) => hostMatcher(environmentProxy({ NO_PROXY: text }).bypass ?? []);

  it.each([
    ['example.com', ['example.com', 'www.example.com'], ['notexample.com']],
    ['.example.com', ['example.com', 'www.example.com'], ['notexample.com']],
    ['*.example.com', ['www.example.com', 'example.com'], ['notexample.com']],
    ['a.test, b.test\tc.test', ['a.test', 'b.test', 'c.test'], ['d.test']],
    ['localhost', ['localhost'], ['local']],
    ['192.0.2.1,10.0.0.0/8', ['192.0.2.1', '10.1.2.3'], ['192.0.2.2', 'x.192.0.2.1']],
    ['fd00::/8 [::2]', ['fd01::1', '::2'], ['fe80::1']],
    ['*', ['anything.test', '192.0.2.1'], []],
  ])('%s', (text, meant, others) => {
    for (const host of meant) expect(bypass(text)(host, 443), host).toBe(true);
    for (const host of others) expect(bypass(text)(host, 443), host).toBe(false);
  });

  it('keeps ports', () => {
    const matches = bypass('example.com:8080');
    expect(matches('www.example.com', 8080)).toBe(true);
    expect(matches('www.example.com', 443)).toBe(false);
    expect(bypass('192.0.2.1:80')('192.0.2.1', 443)).toBe(false);
  });
});

test.each([
  [{ https_proxy: 'socks4://proxy.test' }, 'https_proxy'],
  [{ HTTP_PROXY: 'http://:x' }, 'HTTP_PROXY'],
  [{ no_proxy: 'a.test,what/is/this' }, 'no_proxy'],
])('%j is refused by the name of the variable', (env, name) => {
  expect(() => environmentProxy(env)).toThrow(
    expect.objectContaining({ code: 'usage', message: expect.stringContaining(name) }),
  );
});
