import { describe, expect, it } from 'vitest';
import { cleanHead, cleanPairs, octets } from './clean.ts';

describe('octets', () => {
  it.each<[unknown, string]>([
    ['plain', 'plain'],
    ['caf\xe9', 'caf\xe9'],
    ['\u20ac', '\xe2\x82\xac'],
    ['\xe9\u20ac', '\xc3\xa9\xe2\x82\xac'],
    ['a\r\nX: y', 'a X: y'],
    ['a\0\n\0b', 'a b'],
    [undefined, ''],
    [5, ''],
    [{ toString: 'x' }, ''],
  ])('of %j', (value, expected) => expect(octets(value)).toBe(expected));
});

describe('heads', () => {
  it('have nothing left that ends a line', () => {
    const evil = 'x\r\nEvil: 1';
    const request = cleanHead({
      method: evil,
      target: evil,
      httpVersion: evil,
      headers: [[evil, evil]],
      raw: 'GET / HTTP/1.1\r\n\r\n',
    });
    expect(request).toEqual({
      method: 'x Evil: 1',
      target: 'x Evil: 1',
      httpVersion: 'x Evil: 1',
      headers: [['x Evil: 1', 'x Evil: 1']],
      raw: 'GET / HTTP/1.1\r\n\r\n',
    });
    const response = { httpVersion: 'HTTP/1.1', status: 200, reason: 'O\nK', headers: [] };
    expect(cleanHead(response)).toEqual({ ...response, reason: 'O K' });
  });

  it('have octets of octets alone', () => {
    const head = { httpVersion: 'HTTP/1.1', status: 200, reason: '', headers: [], raw: '\u20ac' };
    expect(cleanHead(head)).not.toHaveProperty('raw');
    expect(cleanHead({ ...head, raw: '\xff' }).raw).toBe('\xff');
  });

  it('may have no fields', () => {
    expect(cleanPairs(undefined)).toEqual([]);
  });
});
