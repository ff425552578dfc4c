import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  bytesOf,
  plainRequestHead,
  plainResponseHead,
  rawTellsRequest,
  rawTellsResponse,
  readRequestHead,
  readResponseHead,
  requestHeadText,
  responseHeadText,
} from './head-text.ts';
import type { HeaderPair } from './headers.ts';

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

/** Octets but line ends; of names no colon either. */
const octets = (not: RegExp, min = 0) =>
  fc
    .string({
      unit: fc.integer({ min: 0, max: 255 }).map((code) => String.fromCharCode(code)),
      minLength: min,
    })
    .filter((text) => !not.test(text));
const cleanName = octets(/[\r\n:]|^[ \t]|[ \t]$/, 1);
const cleanValue = octets(/[\r\n]|^[ \t]|[ \t]$/);
const cleanPairs = fc.array(fc.tuple(cleanName, cleanValue) as fc.Arbitrary<HeaderPair>, { maxLength: 6 });
const word = octets(/[\r\n ]/, 1);
const requestHead = fc.record({
  method: word,
  target: octets(/[\r\n]/),
  httpVersion: word,
  headers: cleanPairs,
});
const responseHead = fc.record({
  httpVersion: word,
  status: fc.integer({ min: 0, max: 999_999_999 }),
  reason: octets(/[\r\n]/),
  headers: cleanPairs,
});

describe('reading a head', () => {
  it('is the inverse of writing it', () => {
    fc.assert(
      fc.property(requestHead, responseHead, (request, response) => {
        expect(readRequestHead(requestHeadText(request))).toEqual(request);
        expect(readResponseHead(responseHeadText(response))).toEqual(response);
      }),
    );
  });

  it('takes odd white space from names and values, and keeps obs-text and folded lines', () => {
    const text =
      'GET /a?b c HTTP/1.1\r\nA:b\r\nB \t: \t c d \t\r\n\xe9: \xff\r\nFold: one\r\n\t two: 2\r\nEmpty:\r\n' +
      'No colon \r\n: no name\r\n\r\nX: no field';
    expect(readRequestHead(text)).toEqual({
      method: 'GET',
      target: '/a?b c',
      httpVersion: 'HTTP/1.1',
      headers: [
        ['A', 'b'],
        ['B', 'c d'],
        ['\xe9', '\xff'],
        ['Fold', 'one\r\n\t two: 2'],
        ['Empty', ''],
        ['No colon', ''],
        ['', 'no name'],
      ],
    });
  });

  it.each<[string, string, string, string]>([
    ['', '', '', ''],
    ['GET', 'GET', '', ''],
    ['GET /x', 'GET', '/x', ''],
    ['GET  HTTP/1.1', 'GET', '', 'HTTP/1.1'],
    [' / HTTP/1.1\r\n', '', '/', 'HTTP/1.1'],
  ])('makes what it can of the request line %j', (text, method, target, httpVersion) => {
    expect(readRequestHead(text)).toEqual({ method, target, httpVersion, headers: [] });
  });

  it.each<[string, string, number, string]>([
    ['', '', 0, ''],
    ['HTTP/1.1', 'HTTP/1.1', 0, ''],
    ['HTTP/1.1 200', 'HTTP/1.1', 200, ''],
    ['HTTP/1.1 204 \r\n\r\n', 'HTTP/1.1', 204, ''],
    ['HTTP/1.0 404 Not  found ', 'HTTP/1.0', 404, 'Not  found '],
    ['HTTP/1.1 2oo OK', 'HTTP/1.1', 0, 'OK'],
    ['HTTP/1.1  200 OK', 'HTTP/1.1', 0, '200 OK'],
  ])('makes what it can of the status line %j', (text, httpVersion, status, reason) => {
    expect(readResponseHead(text)).toEqual({ httpVersion, status, reason, headers: [] });
  });

  it('never fails, and leaves no white space at the ends of names and values', () => {
    const any = fc.string({ unit: fc.constantFrom(...'ab :\t\r\n\xff/1'), maxLength: 60 });
    fc.assert(
      fc.property(any, (text) => {
        const pairs = [...readRequestHead(text).headers, ...readResponseHead(text).headers];
        for (const part of pairs.flat()) expect(part).not.toMatch(/^[ \t]|[ \t]$/);
        expect(pairs.length).toBeLessThanOrEqual(text.length);
      }),
    );
  });

  it('takes time in proportion to the text', () => {
    const time = (lines: number) => {
      const texts = ['a\r\n', 'a\r\n ', ' : \r\n', '\r'].map(
        (line) => `GET / HTTP/1.1\r\n${line.repeat(lines)}`,
      );
      const started = performance.now();
      for (const text of texts) readRequestHead(text);
      return performance.now() - started;
    };
    time(1000);
    expect(time(200_000)).toBeLessThan(2000);
  });
});

describe('octets beside pairs', () => {
  const head = { method: 'GET', target: '/', httpVersion: 'HTTP/1.1', headers: [['A', 'b']] as HeaderPair[] };
  const answer = { httpVersion: 'HTTP/1.1', status: 200, reason: '', headers: [['A', 'b']] as HeaderPair[] };

  it('tell them when they differ in white space alone', () => {
    expect(rawTellsRequest(head)).toBe(true);
    expect(rawTellsRequest({ ...head, raw: 'GET / HTTP/1.1\r\nA :b \r\n\r\n' })).toBe(true);
    expect(rawTellsResponse(answer)).toBe(true);
    expect(rawTellsResponse({ ...answer, raw: 'HTTP/1.1 200\r\nA:\tb\r\n\r\n' })).toBe(true);
  });

  it.each([
    'GET / HTTP/1.1\r\nA: c\r\n\r\n',
    'GET / HTTP/1.1\r\na: b\r\n\r\n',
    'GET / HTTP/1.1\r\n\r\n',
    'GET / HTTP/1.1\r\nA: b\r\nA: b\r\n\r\n',
    'GET /x HTTP/1.1\r\nA: b\r\n\r\n',
    'PUT / HTTP/1.1\r\nA: b\r\n\r\n',
    'GET / HTTP/1.0\r\nA: b\r\n\r\n',
    '',
  ])('do not tell others: %j', (raw) => {
    expect(rawTellsRequest({ ...head, raw })).toBe(false);
  });

  it.each([
    'HTTP/1.0 200 \r\nA: b\r\n\r\n',
    'HTTP/1.1 201 \r\nA: b\r\n\r\n',
    'HTTP/1.1 200 OK\r\nA: b\r\n\r\n',
    'HTTP/1.1 200 \r\nA: \r\n\r\n',
  ])('do not tell other answers: %j', (raw) => {
    expect(rawTellsResponse({ ...answer, raw })).toBe(false);
  });
});
