import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { hostMatcher } from './host-pattern.ts';

/** Pattern, hosts it means, hosts it does not. */
const CASES: readonly (readonly [string, readonly string[], readonly string[]])[] = [
  [
    'example.com',
    ['example.com', 'EXAMPLE.com', 'example.com.'],
    ['www.example.com', 'example.com.evil.test', 'xexample.com'],
  ],
  ['Example.COM.', ['example.com'], ['example.org']],
  [
    '*.example.com',
    ['a.example.com', 'a.b.example.com', 'A.Example.Com.'],
    ['example.com', 'aexample.com', 'a.example.com.evil.test'],
  ],
  ['*', ['example.com', 'localhost', '192.0.2.1', '2001:db8::1'], []],
  ['api-*.example.com', ['api-1.example.com', 'api-.example.com'], ['api.example.com', 'xapi-1.example.com']],
  ['*shop*.test', ['shop.test', 'my-shop-2.test'], ['shop.test.org', 'sho.test']],
  ['a*a', ['aa', 'aba'], ['a', 'ab']],
  ['192.168.*', ['192.168.0.1'], ['192.169.0.1']],
  ['my_host', ['my_host'], ['my-host']],
  ['bücher.example', ['xn--bcher-kva.example'], ['bucher.example']],
  ['*.bücher.example', ['www.xn--bcher-kva.example'], ['xn--bcher-kva.example']],
  ['192.0.2.7', ['192.0.2.7', '::ffff:192.0.2.7', '[::ffff:192.0.2.7]'], ['192.0.2.70', '192.0.2.8']],
  ['10.0.0.0/8', ['10.0.0.1', '10.255.255.255', '::ffff:10.1.2.3'], ['11.0.0.1', '10.example.com']],
  ['0.0.0.0/0', ['192.0.2.1'], ['example.com']],
  ['2001:db8::1', ['2001:db8::1', '[2001:DB8:0:0::1]', '2001:0db8::0001'], ['2001:db8::2']],
  ['[2001:db8::1]', ['2001:db8::1'], ['2001:db8::2']],
  ['fd00::/8', ['fd12::1', 'fdff::1'], ['fe00::1', 'fd00.example']],
  ['fe80::/10', ['fe80::1%eth0', 'fe80::1'], ['fec0::1']],
  ['<local>', ['intranet', 'LOCALHOST'], ['intranet.example', '::1', '127.0.0.1']],
];

describe.each(CASES)('%s', (pattern, meant, others) => {
  const matches = hostMatcher([pattern]);
  it.each(meant)('means %s', (host) => {
    expect(matches(host)).toBe(true);
    expect(matches(host, 443)).toBe(true);
  });
  it.each(others)('does not mean %s', (host) => expect(matches(host, 443)).toBe(false));
});

test.each([
  ['example.com:8443', 'example.com'],
  ['*.example.com:8443', 'www.example.com'],
  ['*:8443', 'anything.test'],
  ['<local>:8443', 'intranet'],
  ['10.0.0.0/8:8443', '10.1.1.1'],
  ['[::1]:8443', '::1'],
  ['[fd00::]/8:8443', 'fd01::1'],
  ['[fd00::/8]:8443', 'fd01::1'],
])('%s means that port alone', (pattern, host) => {
  const matches = hostMatcher([pattern]);
  expect(matches(host, 8443)).toBe(true);
  expect(matches(host, 443)).toBe(false);
  expect(matches(host)).toBe(false);
});

test('a list matches when one of its patterns does, whatever their ports', () => {
  const matches = hostMatcher(['a.test', 'b.test:81', ' *.c.test ', '10.0.0.0/8:82']);
  expect(matches('a.test', 1)).toBe(true);
  expect(matches('b.test', 81)).toBe(true);
  expect(matches('b.test', 82)).toBe(false);
  expect(matches('x.c.test', 82)).toBe(true);
  expect(matches('10.0.0.9', 82)).toBe(true);
  expect(hostMatcher([])('a.test', 80)).toBe(false);
});

test.each([
  '',
  ' ',
  ':80',
  'a b',
  'a/b',
  'http://a.test',
  'a.test:0',
  'a.test:65536',
  'a.test:x',
  'a..test',
  '[a.test]',
  '[::1',
  '[1.2.3.4]',
  '10.0.0.0/33',
  '10.0.0.0/',
  '10.0.0.0/8/8',
  'fd00::/129',
  '::1:80:',
  'gggg::1',
  '1::2::3',
  '<loopback>',
  'ü\0.test',
])('%j is refused by name', (pattern) => {
  expect(() => hostMatcher(['a.test', pattern])).toThrow(
    expect.objectContaining({ code: 'usage', message: expect.stringContaining(JSON.stringify(pattern)) }),
  );
});

test('a name always matches itself, and *.name what is below it', () => {
  const label = fc.stringMatching(/^[a-z0-9]([a-z0-9-]{0,8}[a-z0-9])?$/);
  const name = fc.array(label, { minLength: 1, maxLength: 4 }).map((labels) => [...labels, 'test'].join('.'));
  fc.assert(
    fc.property(name, label, (host, below) => {
      expect(hostMatcher([host])(host)).toBe(true);
      expect(hostMatcher([`*.${host}`])(`${below}.${host}`)).toBe(true);
      expect(hostMatcher([`*.${host}`])(host)).toBe(false);
    }),
  );
});

test('a star means what the regular expression .* means', () => {
  const text = fc.stringMatching(/^[ab*]{1,8}$/);
  const host = fc.stringMatching(/^[ab]{1,10}$/);
  fc.assert(
    fc.property(text, host, (pattern, name) => {
      expect(hostMatcher([pattern])(name)).toBe(new RegExp(`^${pattern.replaceAll('*', '.*')}$`).test(name));
    }),
    { numRuns: 2000 },
  );
});

test('a pattern of many stars is not slow', () => {
  const matches = hostMatcher([`${'*a'.repeat(2000)}*b`]);
  const start = performance.now();
  for (let i = 0; i < 20; i += 1) expect(matches('a'.repeat(20_000))).toBe(false);
  expect(performance.now() - start).toBeLessThan(2000);
});
