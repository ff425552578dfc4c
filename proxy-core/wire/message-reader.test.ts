import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { collect, divisions, readRequests, readResponses } from '../testing/wire-events.ts';
import { encodeChunk, encodeLastChunk, encodeRequestHead, encodeResponseHead } from './encode.ts';
import { DEFAULT_LIMITS } from './limits.ts';
import { requestReader } from './message-reader.ts';

const raw = (text: string) => Buffer.from(text, 'latin1');
const names = (events: readonly (readonly unknown[])[]) => events.map(([name]) => name);

/** Streams of requests, good and bad; each is also read in every division. */
const REQUESTS: Record<string, string> = {
  'a GET': 'GET /a?b=c HTTP/1.1\r\nHost: x\r\n\r\n',
  'no fields': 'GET / HTTP/1.0\r\n\r\n',
  'empty lines before': '\r\n\r\nGET / HTTP/1.1\r\nHost: x\r\n\r\n',
  'a body by length': 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello',
  'length 0': 'POST / HTTP/1.1\r\nContent-Length: 0\r\n\r\n',
  'three in a row':
    'GET /1 HTTP/1.1\r\n\r\nPUT /2 HTTP/1.1\r\nContent-Length: 2\r\n\r\nhiGET /3 HTTP/1.1\r\n\r\n',
  chunked: 'POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n1\r\n!\r\n0\r\n\r\n',
  'extensions and trailers':
    'POST / HTTP/1.1\r\ntransfer-encoding: Chunked\r\n\r\n2;a=b;c="d e"\r\nhi\r\n000;last\r\nX-Sum: 1\r\nx-sum: 2\r\n\r\n',
  'obs-text': 'GET /\xe9 HTTP/1.1\r\nX: caf\xe9\xff\r\n\r\n',
  'odd white space': 'GET / HTTP/1.1\r\nA:b\r\nC: \t d e \t\r\nE:\r\n\r\n',
  'bare LF': 'GET / HTTP/1.1\nHost: x\n\n',
  'bare LF later': 'GET / HTTP/1.1\r\nHost: x\nA: b\r\n\r\n',
  'bare CR': 'GET / HTTP/1.1\r\nA: b\rc\r\n\r\n',
  'LF first': '\nGET / HTTP/1.1\r\n\r\n',
  folded: 'GET / HTTP/1.1\r\nA: b\r\n c\r\n\r\n',
  'space before colon': 'GET / HTTP/1.1\r\nHost : x\r\n\r\n',
  'no colon': 'GET / HTTP/1.1\r\nHost\r\n\r\n',
  'empty name': 'GET / HTTP/1.1\r\n: x\r\n\r\n',
  NUL: 'GET / HTTP/1.1\r\nA: b\0c\r\n\r\n',
  'bad method': 'G@T / HTTP/1.1\r\n\r\n',
  'space in target': 'GET /a b HTTP/1.1\r\n\r\n',
  'version 2': 'PRI * HTTP/2.0\r\n\r\n',
  'version 0.9': 'GET /\r\n\r\n',
  'both lengths': 'POST / HTTP/1.1\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
  'two lengths': 'POST / HTTP/1.1\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabc',
  'bad chunk size': 'POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n0x5\r\nhello\r\n0\r\n\r\n',
  'chunk size LF': 'POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n5\nhello\r\n0\r\n\r\n',
  'chunk without CRLF': 'POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhelloX\r\n0\r\n\r\n',
  'bad trailer': 'POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nA: b\r\nC d\r\n\r\n',
  'ends in head': 'GET / HTTP/1.1\r\nHost',
  'ends in body': 'POST / HTTP/1.1\r\nContent-Length: 5\r\n\r\nhel',
  'ends in chunk': 'POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhel',
};

describe('requests', () => {
  it.each(Object.entries(REQUESTS))('are the same events in every division: %s', (_, text) => {
    const whole = readRequests([raw(text)]);
    expect(whole.length).toBeGreaterThan(0);
    for (const pieces of divisions(raw(text))) expect(readRequests(pieces)).toEqual(whole);
  });

  it('keep the head as bytes and as pairs', () => {
    const text = REQUESTS['odd white space'] ?? '';
    const [head] = readRequests([raw(text)]);
    expect(head).toEqual([
      'head',
      text,
      {
        method: 'GET',
        target: '/',
        httpVersion: 'HTTP/1.1',
        headers: [
          ['A', 'b'],
          ['C', 'd e'],
          ['E', ''],
        ],
        framing: { kind: 'none' },
      },
    ]);
  });

  it('give body, extensions and trailers as they stood', () => {
    const events = readRequests([raw(REQUESTS['extensions and trailers'] ?? '')]);
    expect(events.slice(1)).toEqual([
      ['extension', ';a=b;c="d e"'],
      ['data', 'hi'],
      ['extension', ';last'],
      [
        'trailers',
        [
          ['X-Sum', '1'],
          ['x-sum', '2'],
        ],
      ],
      ['end'],
    ]);
  });

  it('follow each other on one connection', () => {
    expect(names(readRequests([raw(REQUESTS['three in a row'] ?? '')]))).toEqual([
      'head',
      'end',
      'head',
      'data',
      'end',
      'head',
      'end',
    ]);
  });

  it.each([
    ['bare LF', 'line-end', 14],
    ['bare LF later', 'line-end', 23],
    ['bare CR', 'line-end', 20],
    ['folded', 'line-folding', 22],
    ['space before colon', 'space-before-colon', 20],
    ['no colon', 'field-name', 16],
    ['empty name', 'field-name', 16],
    ['NUL', 'field-value', 20],
    ['bad method', 'method', 0],
    ['space in target', 'target', 4],
    ['version 2', 'version', 6],
    ['version 0.9', 'start-line', 0],
    ['both lengths', 'length-and-encoding', 0],
    ['two lengths', 'content-length', 0],
    ['bad chunk size', 'chunk', 47],
    ['chunk size LF', 'chunk', 47],
    ['chunk without CRLF', 'chunk', 55],
    ['bad trailer', 'field-name', 56],
    ['ends in head', 'incomplete', 20],
    ['ends in body', 'incomplete', 41],
    ['ends in chunk', 'incomplete', 53],
  ])('are refused, with code and place: %s', (name, code, offset) => {
    expect(readRequests([raw(REQUESTS[name] ?? '')]).at(-1)).toEqual(['error', code, offset]);
  });

  it('tell offsets from the start of the stream, not of the message', () => {
    expect(readRequests([raw('GET / HTTP/1.1\r\n\r\nG@T / HTTP/1.1\r\n\r\n')]).at(-1)).toEqual([
      'error',
      'method',
      18,
    ]);
  });

  it('say nothing after an error', () => {
    const events = readRequests([raw('bad\r\n\r\n'), raw('GET / HTTP/1.1\r\n\r\n')]);
    expect(names(events)).toEqual(['error']);
  });
});

describe('limits', () => {
  const limits = { ...DEFAULT_LIMITS, head: 64, fields: 3, target: 20, chunkExtensions: 10, trailers: 16 };
  const chunked = 'POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n';

  it.each([
    ['head-too-large', `GET / HTTP/1.1\r\nA: ${'x'.repeat(60)}\r\n\r\n`],
    ['head-too-large', `GET / HTTP/1.1\r\nA: ${'x'.repeat(6000)}`],
    ['too-many-fields', 'GET / HTTP/1.1\r\na:\r\nb:\r\nc:\r\nd:\r\n\r\n'],
    ['target-too-long', `GET /${'x'.repeat(20)} HTTP/1.1\r\n\r\n`],
    ['chunk-extensions-too-large', `${chunked}1;${'x'.repeat(40)}\r\na\r\n0\r\n\r\n`],
    ['chunk-extensions-too-large', `${chunked}${'1;aa\r\nx\r\n'.repeat(20)}`],
    ['trailers-too-large', `${chunked}0\r\nA: ${'x'.repeat(20)}\r\n\r\n`],
  ])('%s', (code, text) => {
    const whole = readRequests([raw(text)], limits);
    expect(whole.at(-1)).toEqual(['error', code, expect.any(Number)]);
    for (const pieces of divisions(raw(text.slice(0, 300)))) {
      expect(readRequests(pieces, limits).at(-1)?.[1]).toBe(
        readRequests([raw(text.slice(0, 300))], limits).at(-1)?.[1],
      );
    }
  });

  it('let what fits exactly pass', () => {
    const text = `GET / HTTP/1.1\r\nA: ${'x'.repeat(64 - 23)}\r\n\r\n`;
    expect(text).toHaveLength(64);
    expect(names(readRequests([raw(text)], limits))).toEqual(['head', 'end']);
  });
});

describe('responses', () => {
  it.each([
    ['until close', 'HTTP/1.1 200 OK\r\n\r\nabc', 'GET', ['head', 'data', 'end']],
    ['to HEAD', 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n', 'HEAD', ['head', 'end']],
    ['304 with a length', 'HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n', 'GET', ['head', 'end']],
    [
      'informational first',
      'HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n',
      'GET',
      ['head', 'end', 'head', 'end'],
    ],
    ['no reason', 'HTTP/1.1 404\r\nContent-Length: 0\r\n\r\n', 'GET', ['head', 'end']],
    [
      'space before colon',
      'HTTP/1.1 200 OK\r\nServer : x\r\nContent-Length: 0\r\n\r\n',
      'GET',
      ['head', 'end'],
    ],
    ['too short', 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nabc', 'GET', ['head', 'data', 'error']],
    [
      'unknown coding',
      'HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\nabc',
      'GET',
      ['head', 'data', 'end'],
    ],
  ])('%s', (_, text, method, expected) => {
    const whole = readResponses([raw(text)], method);
    expect(names(whole)).toEqual(expected);
    for (const pieces of divisions(raw(text))) expect(readResponses(pieces, method)).toEqual(whole);
  });

  it('lose the white space before a colon', () => {
    const [head] = readResponses([raw('HTTP/1.1 200 OK\r\nServer \t: x\r\n\r\n')]);
    expect(head?.[2]).toMatchObject({ headers: [['Server', 'x']] });
  });
});

describe('pausing', () => {
  it('stops after the head and hands out what follows untouched, as after CONNECT', () => {
    const { events, handler } = collect();
    const reader = requestReader({
      ...handler,
      head: (head) => {
        handler.head(head);
        reader.pause();
      },
    });
    reader.push(raw('CONNECT x:443 HTTP/1.1\r\nHost: x:443\r\n\r\n\x16\x03'));
    reader.push(raw('\x01'));
    expect(names(events)).toEqual(['head', 'end']);
    expect(reader.idle).toBe(false);
    expect(reader.takeRest()).toEqual(raw('\x16\x03\x01'));
  });

  it('goes on where it stopped', () => {
    const { events, handler } = collect();
    const reader = requestReader({
      ...handler,
      end: () => {
        handler.end();
        reader.pause();
      },
    });
    reader.push(raw('GET /1 HTTP/1.1\r\n\r\nGET /2 HTTP/1.1\r\n\r\nGET /3 HTTP/1.1\r\n\r\n'));
    expect(names(events)).toEqual(['head', 'end']);
    reader.resume();
    expect(names(events)).toEqual(['head', 'end', 'head', 'end']);
    reader.resume();
    expect(names(events)).toHaveLength(6);
    expect(reader.idle).toBe(true);
  });
});

const token = fc.stringMatching(/^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,12}$/);
const value = fc.stringMatching(/^([!-~\x80-\xff]([ \t!-~\x80-\xff]{0,20}[!-~\x80-\xff])?)?$/);
const fields = fc.array(
  fc.tuple(
    token.filter((name) => !/^(content-length|transfer-encoding)$/i.test(name)),
    value,
  ),
  { maxLength: 8 },
);
const body = fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes));
const pieceSizes = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1 });

function cut(bytes: Buffer, sizes: readonly number[]): Buffer[] {
  const pieces: Buffer[] = [];
  for (let at = 0, i = 0; at < bytes.length; i++) {
    const size = sizes[i % sizes.length] ?? 1;
    pieces.push(bytes.subarray(at, at + size));
    at += size;
  }
  return pieces;
}

describe('properties', () => {
  it('what is encoded is read back, in any division: requests by length', () => {
    fc.assert(
      fc.property(token, fields, body, pieceSizes, (method, headers, content, sizes) => {
        const all = [...headers, ['Content-Length', String(content.length)] as [string, string]];
        const head = { method, target: '/x', httpVersion: 'HTTP/1.1', headers: all };
        const bytes = Buffer.concat([encodeRequestHead(head), content]);
        const events = readRequests(cut(bytes, sizes));
        expect(events[0]?.[2]).toMatchObject(head);
        expect(events.at(-1)).toEqual(['end']);
        expect(events.find(([name]) => name === 'data')?.[1] ?? '').toBe(content.toString('latin1'));
      }),
    );
  });

  it('what is encoded is read back, in any division: chunked responses with trailers', () => {
    fc.assert(
      fc.property(
        fields,
        fc.array(body, { maxLength: 5 }),
        fields,
        pieceSizes,
        (headers, chunks, trailers, sizes) => {
          const all = [...headers, ['Transfer-Encoding', 'chunked'] as [string, string]];
          const head = { httpVersion: 'HTTP/1.1', status: 200, reason: 'OK', headers: all };
          const bytes = Buffer.concat([
            encodeResponseHead(head),
            ...chunks.flatMap((chunk) => encodeChunk(chunk)),
            encodeLastChunk(trailers),
          ]);
          const events = readResponses(cut(bytes, sizes));
          expect(events[0]?.[2]).toMatchObject(head);
          expect(events.find(([name]) => name === 'data')?.[1] ?? '').toBe(
            Buffer.concat(chunks).toString('latin1'),
          );
          expect(events.at(-2)).toEqual(['trailers', trailers]);
          expect(events.at(-1)).toEqual(['end']);
        },
      ),
    );
  });

  it('arbitrary bytes give events or one coded error, the same in any division, and never throw', () => {
    const nearly = fc.oneof(
      fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
      fc
        .array(
          fc.constantFrom(
            'GET ',
            '/ ',
            'HTTP/1.1',
            '\r\n',
            '\n',
            '\r',
            'A: b',
            'Transfer-Encoding: chunked',
            'Content-Length: 3',
            '5',
            'abc',
            '0',
            ';x',
            '\0',
          ),
          { maxLength: 25 },
        )
        .map((parts) => raw(parts.join(''))),
    );
    fc.assert(
      fc.property(nearly, pieceSizes, (bytes, sizes) => {
        expect(readRequests(cut(bytes, sizes))).toEqual(readRequests([bytes]));
        expect(readResponses(cut(bytes, sizes))).toEqual(readResponses([bytes]));
      }),
      { numRuns: 500 },
    );
  });
});
