import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readLeniently, readResponseLeniently } from './lenient-head.ts';

describe('of a request', () => {
  it('reads what a valid one says', () => {
    expect(readLeniently('GET /a HTTP/1.1\r\nHost: x\r\nA:  b \r\n\r\nbody')).toEqual({
      method: 'GET',
      target: '/a',
      httpVersion: 'HTTP/1.1',
      headers: [
        ['Host', 'x'],
        ['A', 'b'],
      ],
    });
  });

  it('takes LF for a line end, and a line without a colon for a name', () => {
    expect(readLeniently('GET /\nnothing\nA : b')).toMatchObject({
      method: 'GET',
      target: '/',
      httpVersion: '',
      headers: [
        ['nothing', ''],
        ['A ', 'b'],
      ],
    });
  });

  it('shows no more fields than anybody reads', () => {
    expect(readLeniently(`GET / HTTP/1.1\r\n${'A: b\r\n'.repeat(5000)}\r\n`).headers).toHaveLength(100);
  });
});

describe('of a response', () => {
  it.each([
    [
      'HTTP/1.1 204 No  Content\r\nA: b\r\n\r\n',
      { httpVersion: 'HTTP/1.1', status: 204, reason: 'No  Content' },
    ],
    ['HTTP/9 200\n', { httpVersion: 'HTTP/9', status: 200, reason: '' }],
    ['ICY 200 OK\r\n', { httpVersion: 'ICY', status: 200, reason: 'OK' }],
    ['HTTP/1.1 2000 OK\r\n', { status: 0 }],
    ['SSH-2.0-x\r\n', { status: 0, reason: '' }],
    ['', { status: 0, headers: [] }],
  ])('%j', (text, head) => {
    expect(readResponseLeniently(text)).toMatchObject(head);
  });
});

it('never throws', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(readLeniently(text).headers.length).toBeLessThanOrEqual(100);
      expect(Number.isInteger(readResponseLeniently(text).status)).toBe(true);
    }),
  );
});
