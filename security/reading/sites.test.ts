import { expect, it } from 'vitest';
import { isLocalHost, sameSite, siteOf } from './sites.ts';

it.each([
  ['acme.test', 'acme.test'],
  ['api.eu.acme.test', 'acme.test'],
  ['shop.acme.co.uk', 'acme.co.uk'],
  ['a.b.com.au', 'b.com.au'],
  ['mia.github.io', 'mia.github.io'],
  ['d1.cloudfront.net', 'd1.cloudfront.net'],
  ['10.0.0.1', '10.0.0.1'],
  ['localhost', 'localhost'],
  ['API.ACME.test.', 'acme.test'],
])('%s belongs to %s', (host, site) => expect(siteOf(host)).toBe(site));

it('tells sites apart', () => {
  expect(sameSite('www.acme.test', 'api.acme.test')).toBe(true);
  expect(sameSite('a.github.io', 'b.github.io')).toBe(false);
  expect(sameSite('acme.test', 'evilacme.test')).toBe(false);
});

it('knows what is local', () => {
  for (const host of [
    'localhost',
    '127.0.0.1',
    '10.1.2.3',
    '172.20.0.1',
    '192.168.0.1',
    '[::1]',
    'db.internal',
  ])
    expect(isLocalHost(host)).toBe(true);
  for (const host of ['acme.test', '172.32.0.1', '11.0.0.1', 'localhost.acme.test'])
    expect(isLocalHost(host)).toBe(false);
});
