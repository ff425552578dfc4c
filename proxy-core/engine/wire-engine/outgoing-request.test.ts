import { describe, expect, it } from 'vitest';
import { requestHeadText } from '#model/head-text.ts';
import type { HeaderPair } from '#model/headers.ts';
import { makeTarget } from '../target.ts';
import { isRepeatable, outgoingRequest, upgradeOf } from './outgoing-request.ts';
import type { Framing, OriginRequest } from './streams.ts';

const HOST: HeaderPair = ['Host', 'a.test'];

function ask(
  headers: HeaderPair[],
  changes: {
    target?: string;
    version?: string;
    framing?: Framing;
    method?: string;
    upgrade?: string;
    path?: string;
  } = {},
): OriginRequest {
  const {
    target = '/x',
    version = 'HTTP/1.1',
    framing = { kind: 'none' },
    method = 'GET',
    path = '/x',
  } = changes;
  const head = { method, target, httpVersion: version, headers };
  return {
    head: version === 'HTTP/2.0' ? head : { ...head, raw: requestHeadText(head) },
    framing,
    target: makeTarget('http', { host: 'a.test', port: 80 }, path),
    upgrade: changes.upgrade,
  };
}
const PLAIN = { via: false };
const fieldsOf = (request: OriginRequest, options = PLAIN) => outgoingRequest(request, options).headers;

describe('a request that nothing has to be changed in', () => {
  it.each<[string, HeaderPair[]]>([
    ['a Host', [HOST]],
    ['keep-alive', [HOST, ['Connection', 'keep-alive']]],
    ['a length', [HOST, ['Content-Length', '3']]],
    ['an expectation', [HOST, ['Expect', '100-continue']]],
    ['Max-Forwards on GET', [HOST, ['Max-Forwards', '0']]],
    ['names as long as those that matter', [HOST, ['Sec-Fetch-', 'a'], ['XX', 'b'], ['X-Forwarded', 'c']]],
  ])('is the very one that came: %s', (_name, headers) => {
    const request = ask(headers);
    expect(outgoingRequest(request, PLAIN)).toBe(request.head);
  });
});

describe('a request line that changes', () => {
  it('leaves the octets of the fields', () => {
    const request = ask([HOST, ['A', 'b']], { target: 'http://a.test/x' });
    const odd = {
      ...request,
      head: { ...request.head, raw: 'GET http://a.test/x HTTP/1.1\r\nHost:a.test \r\nA:\tb\r\n\r\n' },
    };
    expect(outgoingRequest(odd, PLAIN)).toMatchObject({
      target: '/x',
      raw: 'GET /x HTTP/1.1\r\nHost:a.test \r\nA:\tb\r\n\r\n',
    });
  });

  it('says HTTP/1.1 whatever the client said', () => {
    expect(outgoingRequest(ask([HOST], { version: 'HTTP/1.0' }), PLAIN)).toMatchObject({
      httpVersion: 'HTTP/1.1',
      raw: 'GET /x HTTP/1.1\r\nHost: a.test\r\n\r\n',
    });
  });
});

describe('fields', () => {
  it('of one connection are taken out, and those that Connection names', () => {
    const headers: HeaderPair[] = [
      ['Connection', 'X-Hop, Content-Length'],
      ['X-Hop', '1'],
      ['Keep-Alive', '5'],
      ['Proxy-Connection', 'keep-alive'],
      ['Proxy-Authorization', 'Basic x'],
      ['X-Kept', '2'],
      HOST,
    ];
    expect(fieldsOf(ask(headers))).toEqual([['X-Kept', '2'], HOST]);
  });

  it('never lose their framing to a Connection field', () => {
    const headers: HeaderPair[] = [HOST, ['Connection', 'close, content-length'], ['Content-Length', '2']];
    expect(fieldsOf(ask(headers, { framing: { kind: 'length', length: 2 } }))).toContainEqual([
      'Content-Length',
      '2',
    ]);
  });

  it('say one length where several said the same', () => {
    const framing = { kind: 'length', length: 2 } as const;
    const twice: HeaderPair[] = [HOST, ['Content-Length', '2'], ['content-length', '2']];
    expect(fieldsOf(ask(twice, { framing }))).toEqual([HOST, ['Content-Length', '2']]);
    expect(fieldsOf(ask([HOST, ['Content-Length', '2, 2']], { framing }))).toEqual([
      HOST,
      ['Content-Length', '2'],
    ]);
  });

  it('name the target as Host, once and where it stood', () => {
    expect(
      fieldsOf(
        ask([
          ['A', 'b'],
          ['hOST', 'evil.test'],
          ['Host', 'x'],
        ]),
      ),
    ).toEqual([
      ['A', 'b'],
      ['hOST', 'a.test'],
    ]);
    expect(fieldsOf(ask([['A', 'b']]))).toEqual([HOST, ['A', 'b']]);
  });

  it('keep of TE that trailers are wanted', () => {
    expect(fieldsOf(ask([HOST, ['TE', 'deflate, trailers']]))).toEqual([HOST, ['TE', 'trailers']]);
    expect(fieldsOf(ask([HOST, ['TE', 'deflate']]))).toEqual([HOST]);
  });

  it('count Max-Forwards down where it counts', () => {
    expect(fieldsOf(ask([HOST, ['Max-Forwards', '7']], { method: 'TRACE' }))).toContainEqual([
      'Max-Forwards',
      '6',
    ]);
    expect(fieldsOf(ask([HOST, ['Max-Forwards', 'x']], { method: 'TRACE' }))).toContainEqual([
      'Max-Forwards',
      'x',
    ]);
  });

  it('say Via when asked to', () => {
    expect(fieldsOf(ask([HOST]), { via: true })).toContainEqual(['Via', '1.1 sluice']);
  });

  it('from HTTP/2 get one Cookie and, without a length, chunks', () => {
    const headers: HeaderPair[] = [
      ['host', 'a.test'],
      ['cookie', 'a=1'],
      ['x', 'y'],
      ['cookie', 'b=2'],
    ];
    const request = ask(headers, { version: 'HTTP/2.0', framing: { kind: 'chunked' } });
    expect(fieldsOf(request)).toEqual([
      ['host', 'a.test'],
      ['cookie', 'a=1; b=2'],
      ['x', 'y'],
      ['transfer-encoding', 'chunked'],
    ]);
  });
});

describe('switching protocols', () => {
  const upgrading = (upgrade: string, connection = 'Upgrade') =>
    ask([HOST, ['Connection', connection], ['Upgrade', upgrade]]).head;

  it.each([
    ['websocket', 'Upgrade', 'websocket'],
    ['WebSocket', 'keep-alive, upgrade', 'websocket'],
    ['foo/1', 'Upgrade', 'foo/1'],
    ['h2c', 'Upgrade', undefined],
    ['websocket', 'keep-alive', undefined],
  ])('to %s by Connection: %s', (upgrade, connection, expected) => {
    expect(upgradeOf(upgrading(upgrade, connection))).toBe(expected);
  });

  it('is for HTTP/1.1 alone', () => {
    expect(upgradeOf({ ...upgrading('websocket'), httpVersion: 'HTTP/1.0' })).toBeUndefined();
  });

  it('passes the handshake as it stood, and takes one out that is not passed on', () => {
    const headers: HeaderPair[] = [HOST, ['Connection', 'keep-alive, Upgrade'], ['Upgrade', 'websocket']];
    const request = ask(headers, { upgrade: 'websocket' });
    expect(outgoingRequest(request, PLAIN)).toBe(request.head);
    expect(
      fieldsOf(
        ask([HOST, ['Connection', 'Upgrade, HTTP2-Settings'], ['Upgrade', 'h2c'], ['HTTP2-Settings', 'x']]),
      ),
    ).toEqual([HOST]);
  });
});

describe('isRepeatable', () => {
  it.each<[string, Parameters<typeof ask>[1], boolean]>([
    ['GET', {}, true],
    ['HEAD', { method: 'HEAD' }, true],
    ['POST without a body', { method: 'POST' }, false],
    ['GET with a body', { framing: { kind: 'length', length: 1 } }, false],
    ['an upgrade', { upgrade: 'websocket' }, false],
  ])('%s', (_name, changes, expected) => {
    expect(isRepeatable(ask([HOST], changes))).toBe(expected);
  });
});
