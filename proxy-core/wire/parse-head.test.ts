import { describe, expect, it } from 'vitest';
import { DEFAULT_LIMITS } from './limits.ts';
import { parseRequestHead, parseResponseHead } from './parse-head.ts';

const request = (text: string, lenient = false) => parseRequestHead(text, DEFAULT_LIMITS, lenient);
const response = (text: string, method = 'GET', lenient = false) =>
  parseResponseHead(text, method, DEFAULT_LIMITS, lenient);

describe('parseRequestHead', () => {
  const text = 'POST /a HTTP/1.1\r\nHost: x\r\ncontent-length: 3\r\n\r\n';

  it('gives all there is in a head, and its octets as they stood', () => {
    expect(request(text)).toEqual({
      method: 'POST',
      target: '/a',
      httpVersion: 'HTTP/1.1',
      headers: [
        ['Host', 'x'],
        ['content-length', '3'],
      ],
      framing: { kind: 'length', length: 3 },
      text,
      normalized: false,
    });
  });

  it('is no other when read leniently', () => expect(request(text, true)).toEqual(request(text)));

  it.each([
    ['GET / HTTP/1.1\nA: b\n\n', [['A', 'b']]],
    ['GET / HTTP/1.1\r\nA: b\r\n c\r\n\r\n', [['A', 'b c']]],
    ['GET / HTTP/1.1\r\nA: b\rc\r\n\r\n', [['A', 'b c']]],
    ['GET / HTTP/1.1\r\nA: b\0c\r\n\r\n', [['A', 'b c']]],
    ['GET / HTTP/1.1\r\n A: b\r\n\r\n', []],
  ])('puts right %j when lenient, and refuses it else', (text, headers) => {
    expect(request(text, true)).toMatchObject({ headers, text, normalized: true });
    expect(() => request(text)).toThrow();
  });

  it('when lenient lets Transfer-Encoding decide and takes Content-Length out', () => {
    const both =
      'POST / HTTP/1.1\r\nContent-Length: 3\r\nA: b\r\nTransfer-Encoding: chunked\r\ncontent-length: 4\r\n\r\n';
    expect(() => request(both)).toThrow(expect.objectContaining({ code: 'length-and-encoding' }));
    expect(request(both, true)).toMatchObject({
      headers: [
        ['A', 'b'],
        ['Transfer-Encoding', 'chunked'],
      ],
      framing: { kind: 'chunked' },
      normalized: true,
    });
  });

  it.each([
    ['GET / HTTP/1.1\r\nA : b\r\n\r\n', 'space-before-colon'],
    ['GET / HTTP/1.1\r\nA\0: b\r\n\r\n', 'space-before-colon'],
    ['GET / HTTP/1.1\r\nA\r\n\r\n', 'field-name'],
    ['GET /\0 HTTP/1.1\r\n\r\n', 'target'],
    ['GET / HTTP/1.1\r\nContent-Length: +1\r\n\r\n', 'content-length'],
    ['GET / HTTP/1.1\r\nTransfer-Encoding: chunked, gzip\r\n\r\n', 'transfer-encoding'],
  ])('refuses %j even when lenient', (text, code) => {
    expect(() => request(text, true)).toThrow(expect.objectContaining({ code }));
  });
});

describe('parseResponseHead', () => {
  it('goes by the method it answers', () => {
    const text = 'HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n';
    expect(response(text)).toMatchObject({
      status: 200,
      reason: 'OK',
      framing: { kind: 'length', length: 3 },
    });
    expect(response(text, 'HEAD').framing).toEqual({ kind: 'none' });
  });

  it('says that white space before a colon was taken out, for then the octets must not be sent on', () => {
    expect(response('HTTP/1.1 200 OK\r\nA : b\r\n\r\n')).toMatchObject({
      headers: [['A', 'b']],
      normalized: true,
    });
    expect(response('HTTP/1.1 200 OK\r\nA: b\r\n\r\n').normalized).toBe(false);
  });

  it.each([
    ['HTTP/1.1 200 OK\nA: b\n\n', { headers: [['A', 'b']] }],
    ['HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n', { framing: { kind: 'chunked' } }],
    ['HTTP/1.1 204 No\r\nTransfer-Encoding: chunked\r\n\r\n', { framing: { kind: 'none' } }],
    [
      'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Length: 1\r\n\r\n',
      { headers: [['Transfer-Encoding', 'chunked']] },
    ],
  ])('reads %j when lenient, and refuses it else', (text, expected) => {
    expect(response(text, 'GET', true)).toMatchObject({ ...expected, normalized: true, text });
    expect(() => response(text)).toThrow();
  });
});
