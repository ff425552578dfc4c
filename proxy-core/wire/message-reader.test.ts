import { describe, expect, it } from 'vitest';
import { collect, divisions, readRequests, readResponses } from '../testing/wire-events.ts';
import { requestReader, responseReader } from './message-reader.ts';

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
        normalized: false,
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
    ['bad chunk size', 'chunk', 48],
    ['chunk size LF', 'chunk', 48],
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

describe('read leniently', () => {
  const lenient = { lenient: true };

  it.each(Object.entries(REQUESTS))('requests are the same events in every division: %s', (_, text) => {
    const whole = readRequests([raw(text)], undefined, lenient);
    for (const pieces of divisions(raw(text))) {
      expect(readRequests(pieces, undefined, lenient)).toEqual(whole);
    }
  });

  it.each(['bare LF', 'bare LF later', 'bare CR', 'LF first', 'folded', 'NUL', 'both lengths'])(
    'what may be put right is: %s',
    (name) => {
      const events = readRequests([raw(REQUESTS[name] ?? '')], undefined, lenient);
      expect(events[0]?.[0]).toBe('head');
      expect(events.at(-1)).toEqual(['end']);
    },
  );

  it.each([
    'space before colon',
    'no colon',
    'empty name',
    'bad method',
    'space in target',
    'version 2',
    'two lengths',
    'bad chunk size',
    'chunk size LF',
    'chunk without CRLF',
    'bad trailer',
  ])('what may not is refused: %s', (name) => {
    expect(readRequests([raw(REQUESTS[name] ?? '')], undefined, lenient).at(-1)?.[0]).toBe('error');
  });

  it('the octets are told as they stood', () => {
    const text = 'GET / HTTP/1.1\nA: b\r\n c\n\n';
    expect(readRequests([raw(text)], undefined, lenient)[0]).toEqual([
      'head',
      text,
      expect.objectContaining({ headers: [['A', 'b c']], normalized: true }),
    ]);
  });

  it('responses too, empty lines before them excepted', () => {
    const text = 'HTTP/1.1 200 OK\nContent-Length: 2\n\nhiHTTP/1.1 204 No\n\n';
    expect(names(readResponses([raw(text)], 'GET', undefined, lenient))).toEqual([
      'head',
      'data',
      'end',
      'head',
      'end',
    ]);
    expect(names(readResponses([raw(`\n${text}`)], 'GET', undefined, lenient))).toEqual(['error']);
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

  it('stops within a chunked body, between chunks that came together', () => {
    const { events, handler } = collect();
    const data: string[] = [];
    const reader = requestReader({
      ...handler,
      data: (bytes) => {
        data.push(bytes.toString());
        reader.pause();
      },
    });
    reader.push(raw('POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n1\r\nb\r\n0\r\n\r\n'));
    expect(data).toEqual(['a']);
    reader.resume();
    expect(data).toEqual(['a', 'b']);
    expect(events.at(-1)).not.toEqual(['end']);
    reader.resume();
    expect(events.at(-1)).toEqual(['end']);
  });

  it('keeps the order of what is pushed and resumed from within a handler', () => {
    const { events, handler } = collect();
    const reader = requestReader({
      ...handler,
      head: (head) => {
        handler.head(head);
        if (head.target === '/1') reader.push(raw('GET /3 HTTP/1.1\r\n\r\n'));
        reader.pause();
      },
      end: () => reader.resume(),
    });
    reader.push(raw('GET /1 HTTP/1.1\r\n\r\nGET /2 HTTP/1.1\r\n\r\n'));
    expect(events.map(([, , head]) => (head as { target: string }).target)).toEqual(['/1', '/2', '/3']);
    expect(reader.idle).toBe(true);
  });

  it('puts off the end of the stream until what was pushed is read', () => {
    const { events, handler } = collect();
    const reader = responseReader({ ...handler, head: () => reader.pause() }, () => 'GET');
    reader.push(raw('HTTP/1.1 200 OK\r\n\r\nabc'));
    reader.finish();
    expect(events).toEqual([]);
    reader.resume();
    expect(events).toEqual([['data', 'abc'], ['end']]);
  });

  it('is not idle while more of the buffer in hand is unread', () => {
    const idle: boolean[] = [];
    const { handler } = collect();
    const reader = requestReader({ ...handler, end: () => idle.push(reader.idle) });
    reader.push(raw('GET /1 HTTP/1.1\r\n\r\nGET /2 HTTP/1.1\r\n\r\n'));
    expect(idle).toEqual([false, true]);
  });

  it('from within a handler hands out what follows, of this buffer and of later ones (49)', () => {
    for (const event of ['head', 'end'] as const) {
      let rest = Buffer.alloc(0);
      const { events, handler } = collect();
      const reader = requestReader({
        ...handler,
        [event]: () => {
          reader.push(raw('\x01'));
          rest = Buffer.from(reader.takeRest());
        },
      });
      reader.push(raw('CONNECT x:443 HTTP/1.1\r\nHost: x:443\r\n\r\n\x16\x03'));
      expect(rest).toEqual(raw('\x16\x03\x01'));
      reader.push(raw('GET / HTTP/1.1\r\n\r\n'));
      reader.finish();
      expect(names(events)).toEqual(event === 'head' ? [] : ['head']);
    }
  });

  it('hands out a head that is not whole', () => {
    const reader = requestReader(collect().handler);
    reader.push(raw('GET / HT'));
    expect(reader.idle).toBe(false);
    expect(reader.takeRest()).toEqual(raw('GET / HT'));
  });
});

describe('what was refused is kept', () => {
  const chunked = 'POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n';
  const REFUSED: readonly (readonly [string, string, string])[] = [
    ['a bad head', '', 'GET / HTTP/1.1\r\nA : b\r\n\r\nand more'],
    ['a bad head after a good one', 'GET /1 HTTP/1.1\r\n\r\n', 'GET / HTTP/1.1\r\nA: b\r\n c\r\n\r\nmore'],
    ['a bare LF', '', 'GET / HTTP/1.1\nHost: x\n\nmore'],
    ['a chunk size', `${chunked}2\r\nhi\r\n`, '0x5\r\nhello\r\n0\r\n\r\n'],
    ['an end of chunk data', `${chunked}2\r\nhi`, 'X\r\n0\r\n\r\n'],
    ['a trailer, with the last chunk', chunked, '0\r\nA: b\r\nC d\r\n\r\nmore'],
  ];

  it.each(REFUSED)('%s, in every division', (_name, good, bad) => {
    for (const pieces of divisions(raw(good + bad))) {
      let failed = false;
      const nothing = () => {};
      const reader = requestReader({
        head: nothing,
        data: nothing,
        chunkExtension: nothing,
        trailers: nothing,
        end: nothing,
        error: () => {
          failed = true;
        },
      });
      const later: Buffer[] = [];
      for (const piece of pieces) {
        if (failed) later.push(piece);
        else reader.push(piece);
      }
      expect(failed).toBe(true);
      expect(Buffer.concat([reader.unread, ...later]).toString('latin1')).toBe(bad);
      expect(reader.takeRest()).not.toHaveLength(0);
      expect(reader.unread).toHaveLength(0);
    }
  });
});
