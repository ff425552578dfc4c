import { describe, expect, it } from 'vitest';
import type { HeaderPair } from '#model/headers.ts';
import { flatten, handshakeFields, requestFields, responseFields } from './fields.ts';

const END_TO_END: HeaderPair[] = [
  ['hOST', 'a.test'],
  ['X-Twice', '1'],
  ['x-twice', '2'],
  ['Content-Length', '5'],
  ['Transfer-Encoding', 'chunked'],
  ['Trailer', 'X-Sum'],
];
const HOP: HeaderPair[] = [
  ['Connection', 'close'],
  ['Keep-Alive', 'timeout=5'],
  ['Proxy-Connection', 'keep-alive'],
  ['Proxy-Authorization', 'Basic YTpi'],
  ['Upgrade', 'h2c'],
];

describe('fields of a request on their way to the origin', () => {
  it('keep order, case and repeats; those of the connection go', () => {
    expect(requestFields([...HOP, ...END_TO_END], 'a.test')).toEqual(END_TO_END);
  });

  it('get the Host of their target where it stood, or first', () => {
    expect(
      requestFields(
        [
          ['A', '1'],
          ['Host', 'evil.test'],
          ['B', '2'],
        ],
        'a.test',
      ),
    ).toEqual([
      ['A', '1'],
      ['Host', 'a.test'],
      ['B', '2'],
    ]);
    expect(requestFields([['A', '1']], 'a.test')).toEqual([
      ['Host', 'a.test'],
      ['A', '1'],
    ]);
  });

  it('lose what Connection names', () => {
    expect(
      requestFields(
        [
          ['Host', 'a'],
          ['Connection', 'X-A, x-b'],
          ['X-A', '1'],
          ['X-B', '2'],
          ['X-C', '3'],
        ],
        'a',
      ),
    ).toEqual([
      ['Host', 'a'],
      ['X-C', '3'],
    ]);
  });

  it('do not lose their framing by being named: that would be smuggling', () => {
    const framed: HeaderPair[] = [
      ['Host', 'a'],
      ['Content-Length', '5'],
      ['Transfer-Encoding', 'chunked'],
      ['Trailer', 'X'],
    ];
    expect(
      requestFields([...framed, ['Connection', 'content-length, Transfer-Encoding, host, trailer']], 'a'),
    ).toEqual(framed);
  });

  it('keep of TE that trailers are welcome', () => {
    expect(
      requestFields(
        [
          ['Host', 'a'],
          ['TE', 'gzip, trailers;q=0.5'],
        ],
        'a',
      ),
    ).toEqual([
      ['Host', 'a'],
      ['TE', 'trailers'],
    ]);
    expect(
      requestFields(
        [
          ['Host', 'a'],
          ['TE', 'gzip'],
        ],
        'a',
      ),
    ).toEqual([['Host', 'a']]);
  });
});

describe('fields of a WebSocket handshake', () => {
  it('keep what makes it one, extensions too: they are for the peers to agree on', () => {
    const shake: HeaderPair[] = [
      ['Host', 'a.test'],
      ['Connection', 'Upgrade'],
      ['Upgrade', 'websocket'],
      ['Sec-WebSocket-Key', 'x'],
      ['Sec-WebSocket-Protocol', 'chat'],
      ['Sec-WebSocket-Extensions', 'permessage-deflate'],
    ];
    expect(handshakeFields([...shake, ['Proxy-Connection', 'x']], 'b.test')).toEqual([
      ['Host', 'b.test'],
      ...shake.slice(1),
    ]);
  });
});

describe('fields of a response on their way to the client', () => {
  const fields: HeaderPair[] = [
    ['Date', 'x'],
    ['Transfer-Encoding', 'chunked'],
    ['Trailer', 'X'],
    ['Set-Cookie', 'a'],
    ['Set-Cookie', 'b'],
  ];

  it('keep all but those of the connection', () => {
    expect(responseFields([...fields, ['Connection', 'close'], ['Keep-Alive', 'x']], '1.1')).toEqual(fields);
  });

  it('name no transfer coding to HTTP/1.0 (RFC 9112 §6.1)', () => {
    expect(responseFields(fields, '1.0').map(([name]) => name)).toEqual(['Date', 'Set-Cookie', 'Set-Cookie']);
  });
});

it('pairs become the flat list that Node wants', () => {
  expect(
    flatten([
      ['A', '1'],
      ['a', '2'],
    ]),
  ).toEqual(['A', '1', 'a', '2']);
  expect(flatten([])).toEqual([]);
});
