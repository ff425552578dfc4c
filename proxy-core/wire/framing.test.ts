import { describe, expect, it } from 'vitest';
import type { HeaderPair } from '#model/headers.ts';
import { requestFraming, responseFraming } from './framing.ts';

const length = (...values: string[]): HeaderPair[] => values.map((value) => ['Content-Length', value]);
const encoding = (...values: string[]): HeaderPair[] => values.map((value) => ['transfer-encoding', value]);
const code = (name: string) => expect.objectContaining({ code: name });

describe('request framing', () => {
  it.each([
    [[], { kind: 'none' }],
    [length('0'), { kind: 'none' }],
    [length('42'), { kind: 'length', length: 42 }],
    [length('42', '42'), { kind: 'length', length: 42 }],
    [length('42, 42'), { kind: 'length', length: 42 }],
    [encoding('chunked'), { kind: 'chunked' }],
    [encoding(' CHUNKED '), { kind: 'chunked' }],
  ])('%j', (headers, framing) => expect(requestFraming('HTTP/1.1', headers)).toEqual(framing));

  it.each(['+5', '-1', '0x5', '', ' ', '1,2', '5 5', '1e3', '5;', '5,', '9999999999999999'])(
    'refuses length %j',
    (value) => {
      expect(() => requestFraming('HTTP/1.1', length(value))).toThrow(code('content-length'));
    },
  );

  it('refuses lengths that differ', () => {
    expect(() => requestFraming('HTTP/1.1', length('1', '2'))).toThrow(code('content-length'));
  });

  it.each([
    'gzip',
    'chunked, gzip',
    ',chunked',
    'chunked,',
    'chunked, chunked',
    'gzip, chunked',
    'xchunked',
    '',
  ])('refuses coding %j', (value) =>
    expect(() => requestFraming('HTTP/1.1', encoding(value))).toThrow(code('transfer-encoding')),
  );

  it('refuses two chunked lines, both kinds of length, and a coding in HTTP/1.0', () => {
    expect(() => requestFraming('HTTP/1.1', encoding('chunked', 'chunked'))).toThrow(
      code('transfer-encoding'),
    );
    expect(() => requestFraming('HTTP/1.1', [...length('3'), ...encoding('chunked')])).toThrow(
      code('length-and-encoding'),
    );
    expect(() => requestFraming('HTTP/1.0', encoding('chunked'))).toThrow(code('transfer-encoding'));
  });
});

describe('response framing', () => {
  const of = (status: number, headers: HeaderPair[], method = 'GET') =>
    responseFraming(status, method, 'HTTP/1.1', headers);

  it.each([
    [200, [], 'GET', { kind: 'until-close' }],
    [200, length('7'), 'GET', { kind: 'length', length: 7 }],
    [200, length('0'), 'GET', { kind: 'none' }],
    [200, encoding('chunked'), 'GET', { kind: 'chunked' }],
    [200, encoding('gzip, chunked'), 'GET', { kind: 'chunked' }],
    [200, encoding('gzip'), 'GET', { kind: 'until-close' }],
    [200, encoding('chunked, gzip'), 'GET', { kind: 'until-close' }],
    [200, length('7'), 'HEAD', { kind: 'none' }],
    [304, length('7'), 'GET', { kind: 'none' }],
    [304, encoding('chunked'), 'GET', { kind: 'none' }],
    [204, length('7'), 'GET', { kind: 'none' }],
    [101, [], 'GET', { kind: 'none' }],
    [200, [], 'CONNECT', { kind: 'none' }],
    [407, length('7'), 'CONNECT', { kind: 'length', length: 7 }],
  ])('%d %j to %s', (status, headers, method, framing) =>
    expect(of(status, headers, method)).toEqual(framing),
  );

  it.each([
    [100, encoding('chunked'), 'transfer-encoding'],
    [204, encoding('chunked'), 'transfer-encoding'],
    [200, [...length('3'), ...encoding('chunked')], 'length-and-encoding'],
    [200, length('1', '2'), 'content-length'],
    [200, length('+5'), 'content-length'],
  ])('refuses %d %j', (status, headers, name) => expect(() => of(status, headers)).toThrow(code(name)));
});
