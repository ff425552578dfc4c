import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeSession, type SessionOverrides } from '#proxy-core/testing/session-factory.ts';
import {
  addressTexts,
  cookiesOf,
  fieldsOf,
  headerTexts,
  headTexts,
  queryOf,
  readable,
  tlsTexts,
} from './subject.ts';

function subject(overrides: SessionOverrides) {
  const { session } = makeSession(overrides);
  return { row: session.row, session };
}
const octets = (text: string) => Buffer.from(text).toString('latin1');

describe('a byte string', () => {
  it('is read as UTF-8 where it is that', () => {
    expect(readable(octets('Zoë 100% \u{1f600}\r\n'))).toBe('Zoë 100% \u{1f600}\r\n');
    expect(readable('plain %41')).toBe('plain %41');
    expect(readable('caf\xe9')).toBe('caf\xe9');
    expect(readable('')).toBe('');
  });

  it('of any text comes back', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(readable(octets(text))).toBe(text);
      }),
    );
  });
});

describe('headers', () => {
  const one = subject({
    requestHeaders: [['X-A', 'b']],
    requestTrailers: [['X-A', 'c']],
    responseHeaders: [['X-A', octets('é')]],
  });

  it('are those of a side as they came, trailers too', () => {
    expect(headerTexts(one, 'request', 'x-a')).toEqual(['b', 'c']);
    expect(headerTexts(one, 'response', 'X-A')).toEqual(['é']);
    expect(fieldsOf(one, 'request')).toHaveLength(2);
    expect(headTexts(one, 'response')[0]).toBe('HTTP/1.1 200 OK\r\nX-A: é\r\n\r\n');
  });

  it('are none where there is no such side, or nothing was loaded', () => {
    const none = subject({ status: null });
    expect([fieldsOf(none, 'response'), headTexts(none, 'response')]).toEqual([[], []]);
    expect([fieldsOf({ row: one.row }, 'request'), headTexts({ row: one.row }, 'request')]).toEqual([[], []]);
  });
});

it('cookies are those sent and those set', () => {
  const one = subject({
    requestHeaders: [
      ['Cookie', 'a=1; b = "2";; c'],
      ['cookie', 'a=3=4'],
    ],
    responseHeaders: [
      ['Set-Cookie', 'd=5; Path=/; HttpOnly'],
      ['Set-Cookie', 'e='],
    ],
  });
  expect(cookiesOf(one)).toEqual([
    ['a', '1'],
    ['b', '"2"'],
    ['', 'c'],
    ['a', '3=4'],
    ['d', '5'],
    ['e', ''],
  ]);
});

it.each<[string, [string, string][]]>([
  ['/a', []],
  ['/a?', []],
  ['/a?b', [['b', '']]],
  [
    '/a?b=1&c=2&b=3#d=4',
    [
      ['b', '1'],
      ['c', '2'],
      ['b', '3'],
    ],
  ],
  [
    '/a?q=a+b%20c&%C3%A9=%',
    [
      ['q', 'a b c'],
      ['é', '%'],
    ],
  ],
  ['/a?b=c?d=e&&', [['b', 'c?d=e']]],
])('the query of %s', (path, pairs) => {
  expect(queryOf(path)).toEqual(pairs);
});

it('addresses are also had without their port', () => {
  expect(addressTexts('10.0.0.7:80')).toEqual(['10.0.0.7:80', '10.0.0.7']);
  expect(addressTexts('[::1]:80')).toEqual(['[::1]:80', '::1']);
  expect(addressTexts('10.0.0.7')).toEqual(['10.0.0.7']);
  expect(addressTexts(undefined)).toEqual([]);
});

it('of TLS, what both sides agreed on and whose certificate it was', () => {
  const certificate = {
    subject: 'CN=a',
    issuer: 'CN=b',
    validFrom: '',
    validTo: '',
    fingerprint256: '',
    altNames: 'DNS:c',
  };
  const facts = {
    clientTls: { version: 'TLSv1.2' },
    serverTls: { sni: 'a.test', cipher: 'AES', chain: [certificate] },
  };
  expect(tlsTexts(subject({ facts }))).toEqual(['TLSv1.2', 'AES', 'a.test', 'CN=a', 'CN=b', 'DNS:c']);
  expect(tlsTexts(subject({ facts: {} }))).toEqual([]);
});
