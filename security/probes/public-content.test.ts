import { describe, expect, it } from 'vitest';
import { makeSession } from '#proxy-core/testing/session-factory.ts';
import { privateSign, publicSign } from './public-content.ts';

const at = (path: string, headers: [string, string][] = [['Content-Type', 'application/json']]) =>
  makeSession({ url: `https://a.test${path}`, responseHeaders: headers }).session;
const cached = (value: string) => at('/x', [['Cache-Control', value]]);

describe('for everyone is', () => {
  it.each(['image/png', 'text/css', 'application/javascript', 'text/javascript', 'font/woff2', 'video/mp4'])(
    'what pages are made of: %s',
    (type) => expect(publicSign(at('/me/x', [['Content-Type', type]]))).toBeDefined(),
  );

  it.each(['public', 'max-age=60, public', 's-maxage=600', 'Public'])(
    'what shared caches may keep: %s',
    (value) => {
      expect(publicSign(cached(value))).toBeDefined();
    },
  );

  it.each([
    '/robots.txt',
    '/.well-known/openid-configuration',
    '/login',
    '/api/v1/auth/login?next=/me',
    '/health',
    '/api/health/live',
    '/openapi.json',
    '/v2/status',
  ])('what has its place: %s', (path) => expect(publicSign(at(path))).toBeDefined());
});

describe('nothing says that it is for everyone of', () => {
  it.each(['/orders/17', '/orders/17/status', '/me', '/users/login-history', '/loginx', '/documents/3', '/'])(
    '%s',
    (path) => expect(publicSign(at(path))).toBeUndefined(),
  );

  it.each(['private', 'no-store', 'max-age=60', 's-maxage=0', 'x-public=1'])('Cache-Control: %s', (value) => {
    expect(publicSign(cached(value))).toBeUndefined();
  });
});

describe('for one person is', () => {
  it.each(['private', 'no-store', 'max-age=0, private'])('what no shared cache may keep: %s', (value) => {
    expect(privateSign(cached(value))).toContain('cache');
  });

  it.each(['Cookie', 'Accept-Encoding, Authorization', 'cookie,origin'])('what varies by %s', (value) => {
    expect(privateSign(at('/x', [['Vary', value]]))).toContain('varies');
  });

  it.each(['/me', '/api/users/17', '/account/settings', '/admin', '/orders?page=2', '/v1/invoices/3.pdf/x'])(
    'what its path says: %s',
    (path) => expect(privateSign(at(path))).toContain('path'),
  );
});

describe('nothing says that it is for one person of', () => {
  it.each(['/products', '/api/news/17', '/media', '/meals', '/search?q=me'])('%s', (path) => {
    expect(privateSign(at(path))).toBeUndefined();
  });

  it.each([
    ['Cache-Control', 'public, max-age=60'],
    ['Cache-Control', 'no-cache'],
    ['Vary', 'Accept-Encoding'],
  ] as [string, string][])('%s: %s', (name, value) => {
    expect(privateSign(at('/x', [[name, value]]))).toBeUndefined();
  });
});
