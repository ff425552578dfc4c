/** 74: messages of HTTP/2 that are malformed (RFC 9113 §8.1.1) are forwarded to nobody, and their sessions say why. */
import { describe, expect, it } from 'vitest';
import type { HeaderPair } from '#model/headers.ts';
import { http2Client, pseudo } from '../../testing/http2-client.ts';
import { END_STREAM, frame, headers, TYPE } from '../../testing/http2-frames.ts';
import { http2Origin } from '../../testing/http2-origin.ts';
import { rawHttp2Client, rawHttp2Origin } from '../../testing/http2-raw-peers.ts';
import { rawTunnelClient } from '../../testing/raw-client.ts';
import { wireBench } from './harness.ts';

const bench = wireBench();
const PROTOCOL_ERROR = 1;
const origin = () =>
  http2Origin(bench().tls, (stream) => {
    stream.respond({ ':status': 200 });
    stream.end('ok');
  });

describe('74 a faulty request is reset, recorded with what came, and forwarded to nobody', () => {
  const without = (name: string, port: number) => pseudo(port, '/').filter(([key]) => key !== name);
  const FAULTS: Readonly<Record<string, readonly [(port: number) => HeaderPair[], RegExp]>> = {
    'a name with capitals': [(port) => [...pseudo(port, '/'), ['X-Big', '1']], /"X-Big"/],
    'a name that is no token': [(port) => [...pseudo(port, '/'), ['x(y', '1']], /"x\(y"/],
    'a Connection field': [(port) => [...pseudo(port, '/'), ['connection', 'close']], /connection/],
    'Keep-Alive': [(port) => [...pseudo(port, '/'), ['keep-alive', '5']], /keep-alive/],
    'Transfer-Encoding': [
      (port) => [...pseudo(port, '/', 'POST'), ['transfer-encoding', 'chunked']],
      /transfer-encoding/,
    ],
    Upgrade: [(port) => [...pseudo(port, '/'), ['upgrade', 'h2c']], /upgrade/],
    'TE other than trailers': [(port) => [...pseudo(port, '/'), ['te', 'gzip']], /TE is "gzip"/],
    'a pseudo-field after others': [(port) => [['x', 'y'], ...pseudo(port, '/')], /after other fields/],
    ':path twice': [(port) => [...pseudo(port, '/'), [':path', '/b']], /:path stands twice/],
    ':method twice': [(port) => [...pseudo(port, '/'), [':method', 'POST']], /:method stands twice/],
    ':authority twice': [
      (port) => [...pseudo(port, '/'), [':authority', 'b.test']],
      /:authority stands twice/,
    ],
    'a pseudo-field of responses': [(port) => [...pseudo(port, '/'), [':status', '200']], /:status/],
    'a pseudo-field that does not exist': [(port) => [...pseudo(port, '/'), [':x', '1']], /:x/],
    'no :path': [(port) => without(':path', port), /:path is missing/],
    'no :method': [(port) => without(':method', port), /:method is missing/],
    'no :scheme': [(port) => without(':scheme', port), /:scheme is missing/],
    'an empty :path': [(port) => pseudo(port, ''), /:path is empty/],
    'a :path without its slash': [(port) => pseudo(port, 'x'), /does not begin with a slash/],
    'a :path that would end a request line': [(port) => pseudo(port, '/ HTTP/1.1'), /:path has octets/],
    'a :path with CR and LF': [(port) => pseudo(port, '/\r\nX: y'), /octets/],
    'a method that is no token': [(port) => pseudo(port, '/', 'G(T'), /not a token/],
    'user information': [
      (port) => [...without(':authority', port), [':authority', `u@localhost:${port}`]],
      /user information/,
    ],
    'another Host': [(port) => [...pseudo(port, '/'), ['host', 'b.test']], /Host and :authority differ/],
    'two Hosts': [
      (port) => [...without(':authority', port), ['host', 'localhost'], ['host', 'localhost']],
      /more than one Host/,
    ],
    'two lengths': [
      (port) => [...pseudo(port, '/', 'POST'), ['content-length', '1'], ['content-length', '2']],
      /two different Content-Lengths/,
    ],
    'a length that is none': [(port) => [...pseudo(port, '/', 'POST'), ['content-length', '+5']], /"\+5"/],
    'a length without a body': [
      (port) => [...pseudo(port, '/', 'POST'), ['content-length', '5']],
      /Content-Length of 5/,
    ],
    '32 NUL in a value': [(port) => [...pseudo(port, '/'), ['x-bad', 'a\0b']], /value of x-bad/],
    '32 LF in a value': [(port) => [...pseudo(port, '/'), ['x-bad', 'a\nb: c']], /value of x-bad/],
    '33 CR in a value': [(port) => [...pseudo(port, '/'), ['x-bad', 'a\rb']], /value of x-bad/],
    'white space before a value': [(port) => [...pseudo(port, '/'), ['x-bad', ' a']], /value of x-bad/],
  };

  it.each(Object.entries(FAULTS))('%s', async (_name, [fields, reason]) => {
    await using proxy = await bench().start();
    await using to = await origin();
    await using peer = await rawHttp2Client(proxy, to.port);
    const sent = fields(to.port);
    peer.write(headers(1, sent));
    const reset = await peer.until(({ type, stream }) => type === TYPE.reset && stream === 1);
    expect(reset.payload.readUInt32BE()).toBe(PROTOCOL_ERROR);
    const [recorded] = await proxy.sink.ended(1);
    expect(recorded?.session).toMatchObject({
      row: { state: 'failed', error: 'bad-request', httpVersion: 'HTTP/2.0', scheme: 'https' },
      facts: { clientStream: 1 },
    });
    expect(recorded?.session.failure?.detail).toMatch(reason);
    expect(recorded?.session.request.head.headers).toEqual(sent);
    // The connection goes on, and the origin has heard of nothing.
    peer.write(headers(3, pseudo(to.port, '/')));
    await peer.until(({ type, stream, flags }) => type === TYPE.data && stream === 3 && flags === END_STREAM);
    expect(to.received.map(({ headers: got }) => got.find(([name]) => name === ':path')?.[1])).toEqual(['/']);
  });

  it.each([
    ['shorter', '5', 'hi', END_STREAM],
    ['longer', '5', 'hello!', 0],
  ] as const)('10 11 a body that is %s than its length', async (_name, length, body, flags) => {
    await using proxy = await bench().start();
    await using to = await origin();
    await using peer = await rawHttp2Client(proxy, to.port);
    peer.write(
      headers(1, [...pseudo(to.port, '/', 'POST'), ['content-length', length]], 0),
      frame(TYPE.data, flags, 1, Buffer.from(body)),
    );
    const reset = await peer.until(({ type, stream }) => type === TYPE.reset && stream === 1);
    expect(reset.payload.readUInt32BE()).toBe(PROTOCOL_ERROR);
    const [recorded] = await proxy.sink.ended(1);
    expect(recorded?.session.row).toMatchObject({ state: 'failed', error: 'bad-request' });
    expect(recorded?.session.failure?.detail).toMatch(/not the 5 octets/);
    expect(recorded?.session.request.body.complete).toBe(false);
    expect(to.received).toHaveLength(0);
  });

  it('19 pseudo-fields in trailers', async () => {
    await using proxy = await bench().start();
    await using to = await origin();
    await using peer = await rawHttp2Client(proxy, to.port);
    peer.write(headers(1, pseudo(to.port, '/', 'POST'), 0), headers(1, [[':path', '/b']]));
    await peer.until(({ type, stream }) => type === TYPE.reset && stream === 1);
    const [recorded] = await proxy.sink.ended(1);
    expect(recorded?.session.failure?.detail).toMatch(/:path stands in trailers/);
    expect(to.received).toHaveLength(0);
  });

  it('34 fields over the limit: 431, and the real size in the session', async () => {
    await using proxy = await bench().start();
    await using to = await origin();
    await using peer = await rawHttp2Client(proxy, to.port);
    // Two frames of fields.
    const many: HeaderPair[] = Array.from({ length: 5 }, (_, i) => [`x-${i}`, 'y'.repeat(16_000)]);
    const whole = headers(1, [...pseudo(to.port, '/'), ...many]).subarray(9);
    const pieces = [];
    for (let at = 0; at < whole.length; at += 16_384) {
      const last = at + 16_384 >= whole.length;
      const flags = (at === 0 ? END_STREAM : 0) | (last ? 4 : 0);
      pieces.push(
        frame(at === 0 ? TYPE.headers : TYPE.continuation, flags, 1, whole.subarray(at, at + 16_384)),
      );
    }
    peer.write(...pieces);
    const answer = await peer.until(({ type, stream }) => type === TYPE.headers && stream === 1);
    expect(answer.fields).toContainEqual([':status', '431']);
    const [recorded] = await proxy.sink.ended(1);
    expect(recorded?.session.failure?.detail).toMatch(/80\d\d\d octets/);
    // Its fields are in the table all the same: the connection goes on.
    peer.write(headers(3, [...pseudo(to.port, '/'), ['x-last', 'y'.repeat(10_000)]]));
    await peer.until(({ type, stream }) => type === TYPE.data && stream === 3);
  });

  it.each(['http', 'HTTPS'])('a scheme %j inside TLS goes where the tunnel goes', async (scheme) => {
    await using proxy = await bench().start();
    await using to = await origin();
    await using peer = await rawHttp2Client(proxy, to.port);
    peer.write(
      headers(
        1,
        pseudo(to.port, '/').map(([name, value]) => [name, name === ':scheme' ? scheme : value]),
      ),
    );
    await peer.until(({ type, stream, flags }) => type === TYPE.data && stream === 1 && flags === END_STREAM);
    const [recorded] = await proxy.sink.ended(1);
    expect(recorded?.session.row.url).toBe(`https://localhost:${to.port}/`);
  });
});

describe('67 what HTTP/2 does not do here is refused in words', () => {
  it.each([
    [
      'WebSocket by extended CONNECT',
      (port: number) => [...pseudo(port, '/chat', 'CONNECT'), [':protocol', 'websocket']],
      /websocket over HTTP\/2/,
    ],
    [
      'CONNECT',
      (port: number) => [
        [':method', 'CONNECT'],
        [':authority', `localhost:${port}`],
      ],
      /CONNECT is not served/,
    ],
  ] as const)('%s', async (_name, fields, reason) => {
    await using proxy = await bench().start();
    await using to = await origin();
    await using peer = await rawHttp2Client(proxy, to.port);
    peer.write(headers(1, fields(to.port) as HeaderPair[], 0));
    const answer = await peer.until(({ type, stream }) => type === TYPE.headers && stream === 1);
    expect(answer.fields).toContainEqual([':status', '501']);
    const page = await peer.until(({ type, stream }) => type === TYPE.data && stream === 1);
    expect(page.payload.toString()).toMatch(reason);
    const settings = peer.frames().find(({ type, flags }) => type === TYPE.settings && flags === 0);
    const ids = Array.from({ length: (settings?.payload.length ?? 0) / 6 }, (_, i) =>
      settings?.payload.readUInt16BE(i * 6),
    );
    // SETTINGS_ENABLE_CONNECT_PROTOCOL (RFC 8441 §3).
    expect(ids).not.toContain(8);
    const [recorded] = await proxy.sink.ended(1);
    expect(recorded?.session.row).toMatchObject({ method: 'CONNECT', state: 'failed', error: 'bad-request' });
    expect(to.received).toHaveLength(0);
  });
});

const ANSWERS: Readonly<Record<string, readonly [readonly HeaderPair[], RegExp]>> = {
  'a name with capitals': [
    [
      [':status', '200'],
      ['X-Big', '1'],
    ],
    /"X-Big"/,
  ],
  'a Connection field': [
    [
      [':status', '200'],
      ['connection', 'close'],
    ],
    /connection/,
  ],
  'Transfer-Encoding': [
    [
      [':status', '200'],
      ['transfer-encoding', 'chunked'],
    ],
    /transfer-encoding/,
  ],
  'no :status': [[['x', '1']], /:status is missing/],
  ':status twice': [
    [
      [':status', '200'],
      [':status', '200'],
    ],
    /twice/,
  ],
  'a :status that is none': [[[':status', '2000']], /:status is "2000"/],
  'a pseudo-field of requests': [
    [
      [':status', '200'],
      [':path', '/'],
    ],
    /:path/,
  ],
  '23 101': [[[':status', '101']], /101/],
  'a length that is none': [
    [
      [':status', '200'],
      ['content-length', '0x5'],
    ],
    /"0x5"/,
  ],
  'two lengths': [
    [
      [':status', '200'],
      ['content-length', '1'],
      ['content-length', '2'],
    ],
    /two different/,
  ],
  '32 NUL in a value': [
    [
      [':status', '200'],
      ['x', 'a\0b'],
    ],
    /value of x/,
  ],
  '32 LF in a value': [
    [
      [':status', '200'],
      ['x', 'a\nb'],
    ],
    /value of x/,
  ],
  'a length without a body': [
    [
      [':status', '200'],
      ['content-length', '5'],
    ],
    /Content-Length of 5/,
  ],
};

describe('74 a faulty answer is no answer', () => {
  it.each(Object.entries(ANSWERS))('%s: 502 to HTTP/2 and to HTTP/1.1', async (_name, [fields, reason]) => {
    await using proxy = await bench().start();
    await using to = await rawHttp2Origin(bench().tls, (peer, { stream }) =>
      peer.write(headers(stream, fields)),
    );
    await using client = await http2Client(proxy.port, to.port, proxy.ca);
    const answer = await client.request(pseudo(to.port, '/'));
    expect(answer).toMatchObject({ status: 502, rstCode: 0 });
    await using old = await rawTunnelClient(proxy.port, {
      authority: `localhost:${to.port}`,
      ca: proxy.ca,
      serverName: 'localhost',
    });
    old.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n');
    await old.until(/^HTTP\/1\.1 502 /);
    for (const { session } of await proxy.sink.ended(2)) {
      expect(session.row).toMatchObject({ error: 'bad-response' });
      expect(session.failure?.detail).toMatch(reason);
    }
    const [peer] = to.peers;
    expect(
      peer
        ?.frames()
        .some(({ type, payload }) => type === TYPE.reset && payload.readUInt32BE() === PROTOCOL_ERROR),
    ).toBe(true);
  });

  it.each([
    ['shorter', 'short', END_STREAM],
    ['longer', 'much longer than ten', 0],
  ] as const)('10 11 a body that is %s than its length', async (_name, body, flags) => {
    await using proxy = await bench().start();
    await using to = await rawHttp2Origin(bench().tls, (peer, { stream }) =>
      peer.write(
        headers(
          stream,
          [
            [':status', '200'],
            ['content-length', '10'],
          ],
          0,
        ),
        frame(TYPE.data, flags, stream, Buffer.from(body)),
      ),
    );
    await using client = await http2Client(proxy.port, to.port, proxy.ca);
    expect((await client.request(pseudo(to.port, '/'))).rstCode).not.toBe(0);
    const [recorded] = await proxy.sink.ended(1);
    expect(recorded?.session.row).toMatchObject({ state: 'server-aborted', error: 'bad-response' });
    expect(recorded?.session.response?.body.complete).toBe(false);
  });
});
