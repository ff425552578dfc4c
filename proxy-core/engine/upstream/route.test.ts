import { describe, expect, it, test } from 'vitest';
import type { UpstreamProxy } from '../settings.ts';
import { basicCredentials, proxyName, Routes } from './route.ts';

const http: UpstreamProxy = { scheme: 'http', host: 'proxy.test', port: 3128 };
const socks: UpstreamProxy = { scheme: 'socks5', host: '2001:db8::1', port: 1080 };
const to = (scheme: 'http' | 'https', host = 'origin.test', tunnel = false) => ({
  scheme,
  host,
  port: scheme === 'http' ? 80 : 443,
  alpn: [],
  tunnel,
});

test('without a proxy every way is straight', () => {
  const routes = new Routes({});
  expect(routes.routeTo(to('http'))).toEqual({});
  expect(routes.routeTo(to('https'))).toEqual({});
});

describe('an HTTP proxy', () => {
  const routes = new Routes({ proxy: { ...http, username: 'mia', password: 'pä:ss' } });

  it('forwards http in absolute-form, with credentials on each request', () => {
    expect(routes.routeTo(to('http'))).toMatchObject({
      upstreamProxy: 'http://proxy.test:3128',
      absoluteForm: true,
      proxyAuthorization: `Basic ${Buffer.from('mia:pä:ss').toString('base64')}`,
    });
  });

  it.each([to('https'), to('http', 'origin.test', true)])('tunnels the rest: %o', (target) => {
    const route = routes.routeTo(target);
    expect(route.upstreamProxy).toBe('http://proxy.test:3128');
    expect(route.absoluteForm).toBeUndefined();
    expect(route.proxyAuthorization).toBeUndefined();
  });
});

test('a SOCKS proxy tunnels everything', () => {
  const route = new Routes({ proxy: socks }).routeTo(to('http'));
  expect(route).toEqual({ proxy: socks, upstreamProxy: 'socks5://[2001:db8::1]:1080' });
});

test('a proxy for one kind of target goes before the one for all', () => {
  const both = new Routes({ proxy: socks, proxyFor: { http } });
  expect(both.routeTo(to('http')).proxy).toBe(http);
  expect(both.routeTo(to('https')).proxy).toBe(socks);
  const only = new Routes({ proxyFor: { https: http } });
  expect(only.routeTo(to('http'))).toEqual({});
  expect(only.routeTo(to('http', 'origin.test', true)).proxy).toBe(http);
});

test('hosts on the bypass list are reached directly', () => {
  const routes = new Routes({
    proxy: http,
    bypass: ['*.internal.test', '10.0.0.0/8', '<local>', 'origin.test:8080'],
  });
  for (const host of ['a.internal.test', '10.1.1.1', 'intranet']) {
    expect(routes.routeTo(to('https', host)), host).toEqual({});
  }
  expect(routes.routeTo({ ...to('http'), port: 8080 })).toEqual({});
  expect(routes.routeTo(to('http')).proxy).toBe(http);
  expect(() => new Routes({ bypass: ['a/b'] })).toThrow(expect.objectContaining({ code: 'usage' }));
});

test.each([
  'localhost',
  'LOCALHOST',
  'localhost.',
  'a.localhost',
  '127.0.0.1',
  '127.9.9.9',
  '127.1',
  '2130706433',
  '0x7f.1',
  '017700000001',
  '::1',
  '0:0::1',
  '::ffff:127.0.0.1',
  '::ffff:7f00:1',
  '::',
  '0.0.0.0',
  '0',
  'fe80::1%eth0',
])('%s is always reached directly', (host) => {
  expect(new Routes({ proxy: http }).routeTo(to('http', host))).toEqual({});
});

test.each([
  'localhost.test',
  'notlocalhost',
  '128.0.0.1',
  '127.0.0.1.test',
  '::2',
  '::ffff:128.0.0.1',
  'a b',
])('%s is not local', (host) => {
  expect(new Routes({ proxy: http }).routeTo(to('http', host)).proxy).toBe(http);
});

test('a proxy that cannot be one is refused when settings are read', () => {
  expect(() => new Routes({ proxy: { ...http, port: 0 } })).toThrow(
    expect.objectContaining({ code: 'usage' }),
  );
  expect(() => new Routes({ proxyFor: { https: { ...http, username: 'a:b' } } })).toThrow('colon');
});

test('names may be shown, credentials are for the proxy alone', () => {
  const proxy: UpstreamProxy = { ...http, username: 'mia', password: 'secret' };
  expect(proxyName(proxy)).toBe('http://proxy.test:3128');
  expect(basicCredentials(proxy)).toBe('Basic bWlhOnNlY3JldA==');
  expect(basicCredentials({ ...http, username: 'mia' })).toBe('Basic bWlhOg==');
  expect(basicCredentials(http)).toBeUndefined();
});
