import { describe, expect, it } from 'vitest';
import { encodeChunk, encodeLastChunk, encodeRequestHead, encodeResponseHead } from './encode.ts';

describe('encode', () => {
  it('writes heads as byte strings', () => {
    const head = {
      method: 'GET',
      target: '/\xe9',
      httpVersion: 'HTTP/1.1',
      headers: [['A', '\xff']] as [string, string][],
    };
    expect(encodeRequestHead(head)).toEqual(Buffer.from('GET /\xe9 HTTP/1.1\r\nA: \xff\r\n\r\n', 'latin1'));
    expect(
      encodeResponseHead({ httpVersion: 'HTTP/1.1', status: 200, reason: 'OK', headers: [] }).toString(),
    ).toBe('HTTP/1.1 200 OK\r\n\r\n');
  });

  it('writes chunks without copying the data', () => {
    const data = Buffer.from('0123456789abcdef!');
    const parts = encodeChunk(data, ';x=1');
    expect(parts[1]).toBe(data);
    expect(Buffer.concat(parts).toString()).toBe('11;x=1\r\n0123456789abcdef!\r\n');
  });

  it('writes no chunk for no data, which would end the body', () => {
    expect(encodeChunk(Buffer.alloc(0))).toEqual([]);
  });

  it('writes the last chunk with extension and trailers', () => {
    expect(encodeLastChunk().toString()).toBe('0\r\n\r\n');
    expect(encodeLastChunk([['A', 'b']], ';e').toString()).toBe('0;e\r\nA: b\r\n\r\n');
  });
});
