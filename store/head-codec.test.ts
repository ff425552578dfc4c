import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plainRequestHead, plainResponseHead, requestHeadText, responseHeadText } from '#model/head-text.ts';
import type { RequestHead, ResponseHead } from '#model/session.ts';
import { ByteReader } from './byte-reader.ts';
import { ByteWriter } from './byte-writer.ts';
import {
  putPairs,
  putRequestHead,
  putResponseHead,
  takePairs,
  takeRequestHead,
  takeResponseHead,
} from './head-codec.ts';
import { pairs, requestHead, responseHead } from './testing/arbitraries.ts';

function written(put: (to: ByteWriter) => void): Buffer {
  const to = new ByteWriter(Buffer.alloc(0));
  put(to);
  return to.written;
}
const request = (head: RequestHead) =>
  takeRequestHead(new ByteReader(written((to) => putRequestHead(to, head))));
const response = (head: ResponseHead) =>
  takeResponseHead(new ByteReader(written((to) => putResponseHead(to, head))));

describe('heads', () => {
  it('come back exactly, whatever their octets say', () => {
    fc.assert(
      fc.property(requestHead, responseHead, (asked, answered) => {
        expect(plainRequestHead(request(asked))).toEqual(plainRequestHead(asked));
        expect(plainResponseHead(response(answered))).toEqual(plainResponseHead(answered));
      }),
      { numRuns: 500 },
    );
  });

  it('are no more than their octets where those tell all', () => {
    const head: RequestHead = {
      method: 'GET',
      target: '/a',
      httpVersion: 'HTTP/1.1',
      headers: [
        ['Host', 'a.test'],
        ['X', '\xff'],
      ],
    };
    for (const raw of [requestHeadText(head), 'GET /a HTTP/1.1\r\nHost:a.test\r\nX:\t\xff \r\n\r\n']) {
      const bytes = written((to) => putRequestHead(to, { ...head, raw }));
      expect(bytes.length).toBe(raw.length + 2);
      expect(bytes.toString('latin1')).toContain(raw);
      expect(request({ ...head, raw })).toEqual({ ...head, raw });
    }
    const answer: ResponseHead = { httpVersion: 'HTTP/1.1', status: 204, reason: '', headers: [] };
    for (const raw of [responseHeadText(answer), 'HTTP/1.1 204\r\n\r\n']) {
      expect(written((to) => putResponseHead(to, { ...answer, raw })).length).toBe(raw.length + 2);
    }
  });

  it('keep both where a refused request was read another way', () => {
    const raw = 'GARBAGE\r\n\r\n';
    const head: RequestHead = { method: '', target: '', httpVersion: '', headers: [], raw };
    expect(request(head)).toEqual(head);
    // As long as the canonical text of nothing, and still no head.
    expect(request({ ...head, raw: 'ab\r\n\r\n' })).toEqual({ ...head, raw: 'ab\r\n\r\n' });
    const answer: ResponseHead = { httpVersion: 'HTTP/1.1', status: 7, reason: '', headers: [] };
    expect(response({ ...answer, raw: 'x'.repeat(17) })).toEqual({ ...answer, raw: 'x'.repeat(17) });
  });

  it('that text could not carry are kept by their pairs', () => {
    const head: RequestHead = {
      method: 'G T',
      target: 'a\r\nb',
      httpVersion: '',
      headers: [
        [':path', ' x '],
        ['a: b', 'c\r\nd: e'],
        ['', '\u20ac'],
      ],
    };
    expect(request(head)).toEqual(head);
    const answer = { httpVersion: '', status: -3.5, reason: 'a\nb', headers: head.headers };
    expect(response(answer)).toEqual(answer);
  });
});

describe('pairs', () => {
  it('come back exactly', () => {
    fc.assert(
      fc.property(pairs, (list) => {
        expect(takePairs(new ByteReader(written((to) => putPairs(to, list))))).toEqual(list);
      }),
    );
  });

  it('that are cut short are refused', () => {
    const bytes = written((to) => putPairs(to, [['name', 'value']]));
    expect(() => takePairs(new ByteReader(bytes, 0, bytes.length - 1))).toThrow(RangeError);
    for (const at of [0, 1, 2]) {
      const other = Buffer.from(bytes);
      other[at] = 3;
      expect(() => takePairs(new ByteReader(other))).toThrow(RangeError);
    }
  });
});
