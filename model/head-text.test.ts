import { describe, expect, it } from 'vitest';
import { bytesOf, requestHeadText, responseHeadText } from './head-text.ts';

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
