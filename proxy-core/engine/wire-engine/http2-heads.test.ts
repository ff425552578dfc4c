import { describe, expect, it } from 'vitest';
import type { HeaderPair } from '#model/headers.ts';
import type { RequestHead, ResponseHead } from '#model/session.ts';
import { makeTarget } from '../target.ts';
import { http2Request, http2Response, http2Trailers, joinCookies } from './http2-heads.ts';

const TARGET = makeTarget('https', { host: 'a.test', port: 443 }, '/x');
const request = (
  httpVersion: string,
  headers: HeaderPair[],
  more: Partial<RequestHead> = {},
): RequestHead => ({
  method: 'GET',
  target: '/x',
  httpVersion,
  headers,
  ...more,
});
const response = (httpVersion: string, headers: HeaderPair[]): ResponseHead => ({
  httpVersion,
  status: 200,
  reason: 'OK',
  headers,
});

describe('a request that came on HTTP/2', () => {
  it('goes on as it is: the head itself, and its very pairs', () => {
    const own: HeaderPair[] = [
      ['host', 'a.test'],
      ['x-b', '1'],
      ['cookie', 'a'],
      ['cookie', 'b'],
      ['te', 'trailers'],
    ];
    const head = request('HTTP/2.0', own);
    const { sent, pseudo, headers } = http2Request(head, TARGET, false);
    expect(sent).toBe(head);
    expect(pseudo).toEqual([
      [':method', 'GET'],
      [':scheme', 'https'],
      [':authority', 'a.test'],
      [':path', '/x'],
    ]);
    expect(headers).toEqual(own.slice(1));
    for (const [i, pair] of headers.entries()) expect(pair).toBe(own[i + 1]);
  });

  it('without credentials that were for us, and the session says so', () => {
    const { sent, headers } = http2Request(
      request('HTTP/2.0', [
        ['host', 'a.test'],
        ['proxy-authorization', 'Basic eDp5'],
        ['x', '1'],
      ]),
      TARGET,
      false,
    );
    expect(headers).toEqual([['x', '1']]);
    expect(sent).toMatchObject({ httpVersion: 'HTTP/2.0', headers: [['x', '1']] });
  });

  it('with its target in origin-form where it named its origin', () => {
    const head = request('HTTP/2.0', [['host', 'a.test']], { target: 'https://a.test/x' });
    expect(http2Request(head, TARGET, false).sent).toMatchObject({ target: '/x' });
  });
});

describe('a request that came on HTTP/1.1', () => {
  it('in small letters, without what speaks of one connection', () => {
    const { sent, headers } = http2Request(
      request('HTTP/1.1', [
        ['Host', 'a.test'],
        ['Connection', 'close, X-Hop'],
        ['X-Hop', '1'],
        ['Keep-Alive', '5'],
        ['Proxy-Connection', 'keep-alive'],
        ['Transfer-Encoding', 'chunked'],
        ['Upgrade', 'h2c'],
        ['HTTP2-Settings', 'x'],
        ['Proxy-Authorization', 'Basic eDp5'],
        ['TE', 'trailers, deflate'],
        ['Accept', '*/*'],
        ['X-Text', 'caf\xe9'],
      ]),
      TARGET,
      false,
    );
    const expected = [
      ['te', 'trailers'],
      ['accept', '*/*'],
      ['x-text', 'caf\xe9'],
    ];
    expect(headers).toEqual(expected);
    expect(sent).toEqual({ method: 'GET', target: '/x', httpVersion: 'HTTP/2.0', headers: expected });
  });

  it('TE without trailers says nothing', () => {
    expect(http2Request(request('HTTP/1.1', [['TE', 'deflate']]), TARGET, false).headers).toEqual([]);
  });

  it('13 equal lengths as one', () => {
    const { headers } = http2Request(
      request('HTTP/1.1', [
        ['Content-Length', '5, 5'],
        ['content-length', '5'],
        ['Connection', 'content-length'],
      ]),
      TARGET,
      false,
    );
    expect(headers).toEqual([['content-length', '5']]);
  });
});

describe('either', () => {
  it.each(['TRACE', 'OPTIONS'])('46 %s counts Max-Forwards down', (method) => {
    const head = request(
      'HTTP/2.0',
      [
        ['host', 'a.test'],
        ['max-forwards', '3'],
      ],
      { method },
    );
    const { sent, headers } = http2Request(head, TARGET, false);
    expect(headers).toEqual([['max-forwards', '2']]);
    expect(sent).not.toBe(head);
  });

  it('46 other methods do not, and what is no number stays', () => {
    expect(http2Request(request('HTTP/2.0', [['max-forwards', '3']]), TARGET, false).headers).toEqual([
      ['max-forwards', '3'],
    ]);
    const odd = request('HTTP/1.1', [['Max-Forwards', '-1']], { method: 'TRACE' });
    expect(http2Request(odd, TARGET, false).headers).toEqual([['max-forwards', '-1']]);
  });

  it.each([
    ['HTTP/2.0', '2.0'],
    ['HTTP/1.1', '1.1'],
    ['HTTP/1.0', '1.0'],
  ])('45 says that %s came by here, when asked to', (version, said) => {
    expect(http2Request(request(version, []), TARGET, true).headers).toEqual([['via', `${said} sluice`]]);
    expect(http2Response(response(version, []), true).headers).toEqual([['via', `${said} sluice`]]);
  });

  it('names an origin on another port, or by another Host', () => {
    const [, , authority] = http2Request(
      request('HTTP/2.0', []),
      makeTarget('http', { host: '::1', port: 8080 }, '/'),
      false,
    ).pseudo;
    expect(authority).toEqual([':authority', '[::1]:8080']);
    const named = makeTarget('https', { host: '127.0.0.1', port: 443 }, '/', 'b.test');
    expect(http2Request(request('HTTP/2.0', []), named, false).pseudo[2]).toEqual([':authority', 'b.test']);
  });
});

describe('a response', () => {
  it('from HTTP/2 goes on as it is', () => {
    const head = response('HTTP/2.0', [
      ['set-cookie', 'a'],
      ['set-cookie', 'b'],
    ]);
    const { sent, pseudo, headers } = http2Response(head, false);
    expect([sent, headers]).toEqual([head, head.headers]);
    expect(sent).toBe(head);
    expect(pseudo).toEqual([[':status', '200']]);
  });

  it('from HTTP/1.1 loses its phrase, its capitals and its connection', () => {
    const head = response('HTTP/1.1', [
      ['Connection', 'keep-alive'],
      ['Set-Cookie', 'a'],
      ['Transfer-Encoding', 'chunked'],
      ['X', '1'],
    ]);
    expect(http2Response(head, false)).toEqual({
      sent: {
        httpVersion: 'HTTP/2.0',
        status: 200,
        reason: '',
        headers: [
          ['set-cookie', 'a'],
          ['x', '1'],
        ],
      },
      pseudo: [[':status', '200']],
      headers: [
        ['set-cookie', 'a'],
        ['x', '1'],
      ],
    });
  });
});

it('trailers are in small letters', () => {
  expect(
    http2Trailers([
      ['X-Sum', '1'],
      ['grpc-status', '0'],
    ]),
  ).toEqual([
    ['x-sum', '1'],
    ['grpc-status', '0'],
  ]);
});

describe('29 crumbs of cookies', () => {
  it('become one field where the first stood', () => {
    expect(
      joinCookies([
        ['a', '1'],
        ['cookie', 'x=1'],
        ['b', '2'],
        ['cookie', 'y=2'],
      ]),
    ).toEqual([
      ['a', '1'],
      ['cookie', 'x=1; y=2'],
      ['b', '2'],
    ]);
  });

  it('one stays as it is', () => {
    expect(joinCookies([['cookie', 'x=1']])).toEqual([['cookie', 'x=1']]);
  });
});
