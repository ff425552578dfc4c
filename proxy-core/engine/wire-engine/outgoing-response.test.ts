import { describe, expect, it } from 'vitest';
import { responseHeadText } from '#model/head-text.ts';
import type { HeaderPair } from '#model/headers.ts';
import type { ResponseHead } from '#model/session.ts';
import { headBytes, outgoingInformational, outgoingResponse } from './outgoing-response.ts';
import type { Framing } from './streams.ts';

const LENGTH: HeaderPair = ['Content-Length', '2'];
const TO = { httpVersion: 'HTTP/1.1', keepAlive: true, via: false };
const OLD = { ...TO, httpVersion: 'HTTP/1.0' };
const TWO: Framing = { kind: 'length', length: 2 };
const CHUNKED: Framing = { kind: 'chunked' };
const UNTIL_CLOSE: Framing = { kind: 'until-close' };

function answer(headers: HeaderPair[], changes: Partial<ResponseHead> = {}): ResponseHead {
  const head = { httpVersion: 'HTTP/1.1', status: 200, reason: 'OK', headers, ...changes };
  return { ...head, raw: responseHeadText(head) };
}

describe('an answer that nothing has to be changed in', () => {
  it.each<[string, HeaderPair[], Framing]>([
    ['a length', [LENGTH], TWO],
    ['keep-alive', [['Connection', 'keep-alive'], LENGTH], TWO],
    [
      'chunks',
      [
        ['Transfer-Encoding', 'chunked'],
        ['Trailer', 'X'],
      ],
      CHUNKED,
    ],
    ['duplicates', [['Set-Cookie', 'a'], LENGTH, ['set-cookie', 'b']], TWO],
  ])('is the very one that came: %s', (_name, headers, framing) => {
    const head = answer(headers);
    expect(outgoingResponse(head, framing, TO)).toMatchObject({
      close: false,
      chunked: framing.kind === 'chunked',
    });
    expect(outgoingResponse(head, framing, TO).head).toBe(head);
  });
});

describe('the connection', () => {
  it('ends with a body that only its end delimits, and says so', () => {
    const { head, close } = outgoingResponse(answer([['A', 'b']]), UNTIL_CLOSE, TO);
    expect(close).toBe(true);
    expect(head.headers).toEqual([
      ['A', 'b'],
      ['Connection', 'close'],
    ]);
  });

  it('stays although the origin closes its own', () => {
    const { head, close } = outgoingResponse(answer([['Connection', 'close'], LENGTH]), TWO, TO);
    expect({ close, headers: head.headers }).toEqual({ close: false, headers: [LENGTH] });
  });

  it('to HTTP/1.0 stays when it asked, and says so', () => {
    expect(outgoingResponse(answer([LENGTH]), TWO, OLD).head.headers).toContainEqual([
      'Connection',
      'keep-alive',
    ]);
    expect(outgoingResponse(answer([LENGTH]), TWO, { ...OLD, keepAlive: false })).toMatchObject({
      close: true,
    });
  });

  it('to HTTP/1.0 ends after what came in chunks, which it cannot read', () => {
    const { head, close, chunked } = outgoingResponse(
      answer([
        ['Transfer-Encoding', 'chunked'],
        ['Trailer', 'X'],
      ]),
      CHUNKED,
      OLD,
    );
    expect({ close, chunked, headers: head.headers }).toEqual({ close: true, chunked: false, headers: [] });
  });
});

describe('fields', () => {
  it('of one connection end here, and those that Connection names', () => {
    const headers: HeaderPair[] = [
      ['Connection', 'x-hop'],
      ['X-Hop', '1'],
      ['Keep-Alive', 'timeout=5'],
      ['Proxy-Connection', 'close'],
      ['Upgrade', 'h2'],
      LENGTH,
    ];
    expect(outgoingResponse(answer(headers), TWO, TO).head.headers).toEqual([LENGTH]);
  });

  it('say one length', () => {
    expect(outgoingResponse(answer([LENGTH, LENGTH]), TWO, TO).head.headers).toEqual([LENGTH]);
    expect(outgoingResponse(answer([['Content-Length', '2, 2']]), TWO, TO).head.headers).toEqual([LENGTH]);
  });

  it('lose white space before the colon', () => {
    const head = {
      ...answer([['X', 'y'], LENGTH]),
      raw: 'HTTP/1.1 200 OK\r\nX : y\r\nContent-Length: 2\r\n\r\n',
    };
    expect(headBytes(outgoingResponse(head, TWO, TO).head).toString()).toBe(
      'HTTP/1.1 200 OK\r\nX: y\r\nContent-Length: 2\r\n\r\n',
    );
  });

  it('keep odd white space that means nothing', () => {
    const raw = 'HTTP/1.1 200 OK\r\nX:\t y : z \r\nContent-Length: 2\r\n\r\n';
    const head = { ...answer([['X', 'y : z'], LENGTH]), raw };
    expect(headBytes(outgoingResponse(head, TWO, TO).head).toString()).toBe(raw);
  });

  it('gain Via when that is wanted', () => {
    const head = answer([LENGTH]);
    expect(outgoingResponse(head, TWO, { ...TO, via: true }).head.headers).toContainEqual([
      'Via',
      '1.1 sluice',
    ]);
  });

  it('from HTTP/2 get a phrase, and chunks where there is no length', () => {
    const head: ResponseHead = { httpVersion: 'HTTP/2.0', status: 404, reason: '', headers: [['x', 'y']] };
    const { head: sent, chunked } = outgoingResponse(head, CHUNKED, TO);
    expect(chunked).toBe(true);
    expect(headBytes(sent).toString()).toBe(
      'HTTP/1.1 404 Not Found\r\nx: y\r\nTransfer-Encoding: chunked\r\n\r\n',
    );
  });
});

describe('interim responses', () => {
  it('pass as they are', () => {
    const head = answer([['Link', '</a>']], { status: 103 });
    expect(outgoingInformational(head)).toBe(head);
  });

  it('lose what speaks of the connection', () => {
    const head = answer(
      [
        ['Connection', 'x'],
        ['X', '1'],
        ['Link', '</a>'],
      ],
      { status: 103 },
    );
    expect(outgoingInformational(head).headers).toEqual([['Link', '</a>']]);
  });
});

it('octets of a head keep obs-text', () => {
  expect(
    [...headBytes({ httpVersion: 'HTTP/1.1', status: 200, reason: '\xe9', headers: [] })].slice(13, 14),
  ).toEqual([0xe9]);
});
