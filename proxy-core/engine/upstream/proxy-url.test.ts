import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { checkProxy, parseProxyUrl } from './proxy-url.ts';

test.each([
  ['http://proxy.test:3128', { scheme: 'http', host: 'proxy.test', port: 3128 }],
  ['http://proxy.test', { scheme: 'http', host: 'proxy.test', port: 80 }],
  ['HTTPS://Proxy.Test/', { scheme: 'https', host: 'proxy.test', port: 443 }],
  ['socks5://proxy.test', { scheme: 'socks5', host: 'proxy.test', port: 1080 }],
  ['socks5h://proxy.test:9050', { scheme: 'socks5', host: 'proxy.test', port: 9050 }],
  ['socks://127.0.0.1:9050', { scheme: 'socks5', host: '127.0.0.1', port: 9050 }],
  ['proxy.test:3128', { scheme: 'http', host: 'proxy.test', port: 3128 }],
  [' 192.0.2.1:8080 ', { scheme: 'http', host: '192.0.2.1', port: 8080 }],
  ['http://[2001:db8::1]:3128', { scheme: 'http', host: '2001:db8::1', port: 3128 }],
  [
    'http://mia:secret@proxy.test:3128',
    { scheme: 'http', host: 'proxy.test', port: 3128, username: 'mia', password: 'secret' },
  ],
  [
    'mia:secret@proxy.test:3128',
    { scheme: 'http', host: 'proxy.test', port: 3128, username: 'mia', password: 'secret' },
  ],
  ['http://mia@proxy.test', { scheme: 'http', host: 'proxy.test', port: 80, username: 'mia', password: '' }],
  [
    'http://dom%5Cmia:p%40ss%3A%2F@proxy.test',
    { scheme: 'http', host: 'proxy.test', port: 80, username: 'dom\\mia', password: 'p@ss:/' },
  ],
  [
    'http://mia:a:b:c@proxy.test',
    { scheme: 'http', host: 'proxy.test', port: 80, username: 'mia', password: 'a:b:c' },
  ],
  [
    'http://mia:s@crt@proxy.test',
    { scheme: 'http', host: 'proxy.test', port: 80, username: 'mia', password: 's@crt' },
  ],
])('%s', (text, proxy) => {
  expect(parseProxyUrl(text)).toEqual(proxy);
});

describe('what is refused', () => {
  it.each([
    ['', 'no valid host'],
    ['http://', 'no valid host'],
    ['http://proxy.test:0', 'no valid host'],
    ['http://proxy.test:65536', 'no valid host'],
    ['http://proxy.test:x', 'no valid host'],
    ['http://pro xy.test', 'no valid host'],
    ['http://[proxy.test]', 'no valid host'],
    ['http://proxy.test/path', 'is not a URL'],
    ['http://proxy.test?x', 'is not a URL'],
    ['http://proxy.test#x', 'is not a URL'],
    ['socks4://proxy.test', '"socks4" cannot be used'],
    ['quic://proxy.test', '"quic" cannot be used'],
    ['http://mia:p%ss@proxy.test', 'percent-encoded'],
    ['http://mi%3Aa:p@proxy.test', 'holds a colon'],
    ['http://mia:p%0D%0Ax@proxy.test', 'control characters'],
    [`socks5://${'m'.repeat(256)}:p@proxy.test`, '255 bytes'],
    [`socks5://m:${'p'.repeat(256)}@proxy.test`, '255 bytes'],
  ])('%j: %s', (text, reason) => {
    expect(() => parseProxyUrl(text)).toThrow(
      expect.objectContaining({ code: 'usage', message: expect.stringContaining(reason) }),
    );
  });

  it('is never quoted with its password', () => {
    for (const text of [
      'http://mia:hush-hush%@p.test',
      'http://mia:hush-hush@:80',
      'x://mia:hush-hush@p.test',
      'http://mia:hush-hush@p.test/x',
    ]) {
      expect(() => parseProxyUrl(text)).toThrow(
        expect.not.objectContaining({ message: expect.stringMatching(/hush|mia/) }),
      );
    }
  });
});

test('a proxy from the settings is held to the same', () => {
  const proxy = { scheme: 'socks5', host: 'proxy.test', port: 1080 } as const;
  expect(checkProxy(proxy)).toBe(proxy);
  expect(() => checkProxy({ ...proxy, host: '' })).toThrow(expect.objectContaining({ code: 'usage' }));
  expect(() => checkProxy({ ...proxy, port: 1.5 })).toThrow('valid host and port');
  expect(() => checkProxy({ ...proxy, username: 'x'.repeat(300) })).toThrow('255');
});

test('user names and passwords come back as they were encoded', () => {
  const text = fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 20 })
    .filter((one) => !/[\p{Cc}:]/u.test(one));
  fc.assert(
    fc.property(text, text, (username, password) => {
      const url = `http://${encodeURIComponent(username)}:${encodeURIComponent(password)}@proxy.test:1`;
      expect(parseProxyUrl(url)).toMatchObject({ username, password });
    }),
  );
});
