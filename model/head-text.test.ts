import { describe, expect, it } from 'vitest';
import {
  bytesOf,
  plainRequestHead,
  plainResponseHead,
  requestHeadText,
  responseHeadText,
} from './head-text.ts';

describe('head text', () => {
  it('writes a request head as RFC 9112 does, keeping order, case and duplicates', () => {
    const text = requestHeadText({
      method: 'GET',
      target: '/a?b',
      httpVersion: 'HTTP/1.1',
      headers: [
        ['HOST', 'x'],
        ['accept', 'a'],
        ['Accept', 'b'],
      ],
    });
    expect(text).toBe('GET /a?b HTTP/1.1\r\nHOST: x\r\naccept: a\r\nAccept: b\r\n\r\n');
  });

  it('writes a response head without fields and without a reason', () => {
    expect(responseHeadText({ httpVersion: 'HTTP/1.0', status: 204, reason: '', headers: [] })).toBe(
      'HTTP/1.0 204 \r\n\r\n',
    );
  });
});

describe('bytesOf', () => {
  it('gives one byte for each unit, obs-text included', () => {
    expect([...bytesOf('a\u00e9\u00ff\r\n')]).toEqual([0x61, 0xe9, 0xff, 13, 10]);
    expect(bytesOf('')).toHaveLength(0);
  });
});

describe('plain heads', () => {
  const request = {
    method: 'GET',
    target: '/',
    httpVersion: 'HTTP/1.1',
    headers: [['A', 'b']] as [string, string][],
  };
  const response = {
    httpVersion: 'HTTP/1.1',
    status: 200,
    reason: 'OK',
    headers: [['A', 'b']] as [string, string][],
  };

  it('drop octets that say no more than the pairs', () => {
    expect(plainRequestHead({ ...request, raw: 'GET / HTTP/1.1\r\nA: b\r\n\r\n' })).toEqual(request);
    expect(plainResponseHead({ ...response, raw: 'HTTP/1.1 200 OK\r\nA: b\r\n\r\n' })).toEqual(response);
    expect(plainRequestHead(request)).toEqual(request);
  });

  it('keep octets that differ', () => {
    const odd = { ...request, raw: 'GET / HTTP/1.1\r\nA:b \r\n\r\n' };
    expect(plainRequestHead(odd)).toBe(odd);
    const oddResponse = { ...response, raw: 'HTTP/1.1 200 OK\r\nA:\tb\r\n\r\n' };
    expect(plainResponseHead(oddResponse)).toBe(oddResponse);
  });
});
