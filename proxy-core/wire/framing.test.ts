import { describe, expect, it } from 'vitest';
import { type FramingFields, requestFraming, responseFraming } from './framing.ts';

type Said = Pick<FramingFields, 'lengths' | 'codings'>;
const nothing: Said = { lengths: [], codings: [] };
const length = (...lengths: string[]): Said => ({ lengths, codings: [] });
const encoding = (...codings: string[]): Said => ({ lengths: [], codings });
const both: Said = { lengths: ['3'], codings: ['chunked'] };
const request = (said: Said, more: Partial<FramingFields> = {}) =>
  requestFraming({ httpVersion: 'HTTP/1.1', lenient: false, ...said, ...more });
const code = (name: string) => expect.objectContaining({ code: name });

describe('request framing', () => {
  it.each([
    [nothing, { kind: 'none' }],
    [length('0'), { kind: 'none' }],
    [length('42'), { kind: 'length', length: 42 }],
    [length('42', '42'), { kind: 'length', length: 42 }],
    [length('42, 42'), { kind: 'length', length: 42 }],
    [encoding('chunked'), { kind: 'chunked' }],
    [encoding(' CHUNKED '), { kind: 'chunked' }],
  ])('%j', (headers, framing) => expect(request(headers)).toEqual(framing));

  it.each(['+5', '-1', '0x5', '', ' ', '1,2', '5 5', '1e3', '5;', '5,', '9999999999999999'])(
    'refuses length %j',
    (value) => {
      expect(() => request(length(value))).toThrow(code('content-length'));
    },
  );

  it('refuses lengths that differ', () => {
    expect(() => request(length('1', '2'))).toThrow(code('content-length'));
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
    expect(() => request(encoding(value))).toThrow(code('transfer-encoding')),
  );

  it('refuses two chunked lines, both kinds of length, and a coding in HTTP/1.0', () => {
    expect(() => request(encoding('chunked', 'chunked'))).toThrow(code('transfer-encoding'));
    expect(() => request(both)).toThrow(code('length-and-encoding'));
    expect(() => request(encoding('chunked'), { httpVersion: 'HTTP/1.0' })).toThrow(
      code('transfer-encoding'),
    );
  });
});

describe('response framing', () => {
  const of = (status: number, said: Said, method = 'GET', more: Partial<FramingFields> = {}) =>
    responseFraming(status, method, { httpVersion: 'HTTP/1.1', lenient: false, ...said, ...more });

  it.each([
    [200, nothing, 'GET', { kind: 'until-close' }],
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
    [101, nothing, 'GET', { kind: 'none' }],
    [200, nothing, 'CONNECT', { kind: 'none' }],
    [407, length('7'), 'CONNECT', { kind: 'length', length: 7 }],
  ])('%d %j to %s', (status, headers, method, framing) =>
    expect(of(status, headers, method)).toEqual(framing),
  );

  it.each([
    [100, encoding('chunked'), 'transfer-encoding'],
    [204, encoding('chunked'), 'transfer-encoding'],
    [200, both, 'length-and-encoding'],
    [200, length('1', '2'), 'content-length'],
    [200, length('+5'), 'content-length'],
  ])('refuses %d %j', (status, headers, name) => expect(() => of(status, headers)).toThrow(code(name)));

  it.each([
    [200, both, {}, { kind: 'chunked' }],
    [200, encoding('chunked'), { httpVersion: 'HTTP/1.0' }, { kind: 'chunked' }],
    [204, encoding('chunked'), {}, { kind: 'none' }],
    [100, encoding('chunked'), {}, { kind: 'none' }],
    [200, { lengths: ['3'], codings: ['gzip'] }, {}, { kind: 'until-close' }],
  ])('read leniently, Transfer-Encoding decides: %d %j %j', (status, said, more, framing) => {
    expect(of(status, said, 'GET', { ...more, lenient: true })).toEqual(framing);
  });
});

describe('lenient request framing', () => {
  const lenient = { lenient: true };

  it('lets Transfer-Encoding decide, and count in HTTP/1.0', () => {
    expect(request(both, lenient)).toEqual({ kind: 'chunked' });
    expect(request(encoding('chunked'), { ...lenient, httpVersion: 'HTTP/1.0' })).toEqual({
      kind: 'chunked',
    });
  });

  it('refuses all the same what nobody can read for sure', () => {
    expect(() => request(encoding('chunked', 'gzip'), lenient)).toThrow(code('transfer-encoding'));
    expect(() => request(length('1', '2'), lenient)).toThrow(code('content-length'));
    expect(() => request(length('+1'), lenient)).toThrow(code('content-length'));
  });
});

it('takes linear time for values made to be slow', () => {
  const started = performance.now();
  const spaces = ' '.repeat(200_000);
  expect(() => request(encoding(`x${spaces}y`))).toThrow();
  expect(() => request(length(`1${spaces}1`))).toThrow();
  expect(() => request(length('1,'.repeat(100_000)))).toThrow();
  expect(performance.now() - started).toBeLessThan(2000);
});
