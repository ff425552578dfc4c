/** 73: HTTP/2 peers that flood, stall or break the rules of the connection: it ends, memory stays, others are served meanwhile. */
import { describe, expect, it } from 'vitest';
import { http2Client, pseudo } from '../../testing/http2-client.ts';
import {
  block,
  END_HEADERS,
  END_STREAM,
  frame,
  headers,
  pseudoFields,
  TYPE,
  uint32,
} from '../../testing/http2-frames.ts';
import { http2Origin } from '../../testing/http2-origin.ts';
import { type RawHttp2Act, rawHttp2Client, rawHttp2Origin } from '../../testing/http2-raw-peers.ts';
import { httpOrigin } from '../../testing/origin.ts';
import { wireBench } from './harness.ts';

const bench = wireBench();
const repeat = (count: number, make: (i: number) => Buffer) =>
  Buffer.concat(Array.from({ length: count }, (_, i) => make(i)));
const setting = (id: number, value: number) => Buffer.concat([Buffer.of(0, id), uint32(value)]);
const CALM = 11;
const RSS_LIMIT = 200 * 1024 ** 2;
/** Answers all but `/slow`. */
const origin = () =>
  http2Origin(bench().tls, (stream, fields) => {
    if (fields.some(([name, value]) => name === ':path' && value === '/slow')) return;
    stream.respond({ ':status': 200 });
    stream.end('ok');
  });
const reset = (id: number) => frame(TYPE.reset, 0, id, uint32(8));

describe('73 a client that floods is told to be calm and is disconnected', () => {
  const FLOODS: Readonly<Record<string, (port: number) => Buffer>> = {
    'rapid reset': (port) =>
      repeat(5000, (i) => Buffer.concat([headers(2 * i + 1, pseudo(port, '/slow')), reset(2 * i + 1)])),
    'faulty streams, so that we reset': (port) =>
      repeat(5000, (i) => headers(2 * i + 1, [...pseudo(port, '/slow'), ['X', '1']])),
    'streams beyond the limit': (port) => repeat(5000, (i) => headers(2 * i + 1, pseudo(port, '/slow'))),
    'CONTINUATION without end': (port) =>
      Buffer.concat([
        frame(TYPE.headers, END_STREAM, 1, block(pseudo(port, '/'))),
        repeat(20_000, (i) => frame(TYPE.continuation, 0, 1, block([[`x-${i}`, 'y'.repeat(100)]]))),
      ]),
    'CONTINUATION without octets': (port) =>
      Buffer.concat([
        frame(TYPE.headers, END_STREAM, 1, block(pseudo(port, '/'))),
        repeat(1000, () => frame(TYPE.continuation, 0, 1)),
      ]),
    'empty DATA': (port) =>
      Buffer.concat([headers(1, pseudo(port, '/', 'POST'), 0), repeat(50_000, () => frame(TYPE.data, 0, 1))]),
    'SETTINGS without end': () => repeat(30_000, (i) => frame(TYPE.settings, 0, 0, setting(4, i))),
    'PING without end': () => repeat(50_000, () => frame(TYPE.ping, 0, 0, Buffer.alloc(8))),
    'PRIORITY without end': () =>
      repeat(50_000, (i) => frame(TYPE.priority, 0, 2 * i + 1, Buffer.concat([uint32(0), Buffer.of(1)]))),
    'WINDOW_UPDATE without end': () => repeat(50_000, () => frame(TYPE.windowUpdate, 0, 0, uint32(1))),
  };

  it.each(Object.entries(FLOODS))('%s', async (_name, flood) => {
    await using proxy = await bench().start();
    await using to = await origin();
    await using attacker = await rawHttp2Client(proxy, to.port);
    const before = process.memoryUsage().rss;
    attacker.write(flood(to.port));
    await using client = await http2Client(proxy.port, to.port, proxy.ca);
    expect(await client.request(pseudo(to.port, '/other'))).toMatchObject({ status: 200, rstCode: 0 });
    const goaway = await attacker.until(({ type }) => type === TYPE.goaway);
    expect(goaway.payload.readUInt32BE(4)).toBe(CALM);
    await attacker.closed;
    // Whatever it began has ended.
    await proxy.sink.settled();
    expect(process.memoryUsage().rss - before).toBeLessThan(RSS_LIMIT);
  });

  it('SETTINGS and PING are answered as long as they are few', async () => {
    await using proxy = await bench().start();
    await using to = await origin();
    await using client = await rawHttp2Client(proxy, to.port);
    client.write(repeat(500, (i) => frame(TYPE.ping, 0, 0, Buffer.from(String(i).padStart(8)))));
    await client.until(({ type, payload }) => type === TYPE.ping && payload.toString().trim() === '499');
    client.write(headers(1, pseudo(to.port, '/')));
    await client.until(({ type, flags }) => type === TYPE.data && flags === END_STREAM);
  });

  it('one that reads nothing is not read either', async () => {
    await using proxy = await bench().start();
    await using to = await origin();
    await using client = await rawHttp2Client(proxy, to.port);
    client.socket.pause();
    const before = process.memoryUsage().rss;
    // Each asks in 50 octets for a page of several hundred.
    const count = 200_000;
    client.write(
      repeat(count, (i) =>
        headers(2 * i + 1, [
          [':method', 'CONNECT'],
          [':authority', 'a.test:1'],
        ]),
      ),
    );
    await using other = await http2Client(proxy.port, to.port, proxy.ca);
    for (let i = 0; i < 10; i += 1) {
      expect(await other.request(pseudo(to.port, '/'))).toMatchObject({ status: 200 });
    }
    expect(proxy.sink.sessions().length).toBeLessThan(count / 2);
    expect(process.memoryUsage().rss - before).toBeLessThan(RSS_LIMIT);
  });
});

describe('73 a client that stalls costs its buffer only', () => {
  const big = () => {
    const written = { octets: 0 };
    const made = http2Origin(bench().tls, (stream, fields) => {
      if (!fields.some(([name, value]) => name === ':path' && value === '/big')) {
        stream.respond({ ':status': 200 });
        stream.end('ok');
        return;
      }
      stream.respond({ ':status': 200 });
      const piece = Buffer.alloc(64 * 1024, 'x');
      const more = () => {
        if (stream.destroyed || written.octets >= 1024 ** 3) return;
        written.octets += piece.length;
        if (stream.write(piece)) setImmediate(more);
        else stream.once('drain', more);
      };
      more();
    });
    return { made, written };
  };

  it('a window of 0 holds one stream back, and in the end it is given up', async () => {
    await using proxy = await bench().start({ timeouts: { idle: 1000 } });
    const { made, written } = big();
    await using to = await made;
    await using stalled = await rawHttp2Client(proxy, to.port, {
      settings: frame(TYPE.settings, 0, 0, setting(4, 0)),
    });
    stalled.write(headers(1, pseudo(to.port, '/big')));
    await stalled.until(({ type, stream }) => type === TYPE.headers && stream === 1);
    await using client = await http2Client(proxy.port, to.port, proxy.ca);
    expect(await client.request(pseudo(to.port, '/other'))).toMatchObject({ status: 200 });
    await stalled.until(({ type, stream }) => type === TYPE.reset && stream === 1);
    expect(written.octets).toBeLessThan(16 * 1024 ** 2);
    await proxy.sink.settled();
    const stuck = proxy.sink.sessions().find(({ session }) => session.row.path === '/big');
    expect(stuck?.session.row).toMatchObject({ state: 'client-aborted', status: 200 });
    expect(stuck?.session.response?.body.complete).toBe(false);
  });

  it('a window of 1 gets its answer, an octet at a time', async () => {
    await using proxy = await bench().start();
    await using to = await origin();
    await using slow = await rawHttp2Client(proxy, to.port, {
      settings: frame(TYPE.settings, 0, 0, setting(4, 1)),
    });
    slow.write(headers(1, pseudo(to.port, '/')));
    await slow.until(({ type, flags }) => type === TYPE.data && flags === END_STREAM);
    const data = slow.frames().filter(({ type, payload }) => type === TYPE.data && payload.length > 0);
    expect(data.map(({ payload }) => payload.toString())).toEqual(['o', 'k']);
  });

  it('an upload that stands still is answered 408', async () => {
    await using proxy = await bench().start({ timeouts: { idle: 500 } });
    await using to = await rawHttp2Origin(bench().tls, () => {});
    await using client = await rawHttp2Client(proxy, to.port);
    client.write(headers(1, pseudo(to.port, '/up', 'POST'), 0), frame(TYPE.data, 0, 1, Buffer.from('part')));
    const answer = await client.until(({ type, stream }) => type === TYPE.headers && stream === 1);
    expect(answer.fields).toContainEqual([':status', '408']);
    await client.until(({ type, stream }) => type === TYPE.reset && stream === 1);
    const [recorded] = await proxy.sink.ended(1);
    expect(recorded?.session.row).toMatchObject({ state: 'failed', error: 'timeout' });
    expect(recorded?.session.request.body).toEqual({ complete: false, size: 4 });
  });

  it('1 a head that comes too slowly ends the connection, and others are unaffected', async () => {
    await using proxy = await bench().start({ timeouts: { clientHead: 300 } });
    await using to = await origin();
    await using slow = await rawHttp2Client(proxy, to.port);
    const head = headers(1, pseudo(to.port, '/'));
    let at = 0;
    const timer = setInterval(() => {
      slow.write(head.subarray(at, at + 1));
      at += 1;
    }, 30);
    await using client = await http2Client(proxy.port, to.port, proxy.ca);
    expect(await client.request(pseudo(to.port, '/'))).toMatchObject({ status: 200 });
    const goaway = await slow.until(({ type }) => type === TYPE.goaway);
    clearInterval(timer);
    expect(goaway.payload.subarray(8).toString()).toMatch(/in time/);
    await slow.closed;
  });
});

describe('73 a connection that is no HTTP/2 any more', () => {
  it('ends with its reason, and has a session that says so', async () => {
    await using proxy = await bench().start();
    await using to = await origin();
    await using client = await rawHttp2Client(proxy, to.port);
    client.write(frame(TYPE.ping, 0, 1, Buffer.alloc(8)));
    const goaway = await client.until(({ type }) => type === TYPE.goaway);
    expect(goaway.payload.readUInt32BE(4)).toBe(1);
    await client.closed;
    const [recorded] = await proxy.sink.ended(1);
    expect(recorded?.session.row).toMatchObject({ method: 'PRI', httpVersion: 'HTTP/2.0', state: 'failed' });
    expect(recorded?.session.failure?.detail).toMatch(/PING on a stream/);
  });

  it('takes the requests under way with it, each with the reason', async () => {
    await using proxy = await bench().start();
    await using to = await origin();
    await using client = await rawHttp2Client(proxy, to.port);
    client.write(headers(1, pseudo(to.port, '/slow')));
    await proxy.sink.find(({ facts }) => facts.serverStream !== undefined);
    client.write(Buffer.alloc(100, 0xff));
    await client.closed;
    const [recorded] = await proxy.sink.ended(1);
    expect(recorded?.session.row).toMatchObject({ path: '/slow', state: 'failed', error: 'bad-request' });
    expect(recorded?.session.failure?.detail).toMatch(/octets/);
  });
});

describe('73 a hostile origin never looks like a whole answer, and others go on', () => {
  const status = (stream: number, flags = 0) => headers(stream, [[':status', '200']], flags);
  /** What it does, and how the session ends. */
  const ACTS: Readonly<Record<string, readonly [RawHttp2Act, RegExp]>> = {
    'a push that was not wanted': [
      (peer, { stream }) =>
        peer.write(
          frame(TYPE.push, END_HEADERS, stream, Buffer.concat([uint32(2), block(pseudoFields('/'))])),
        ),
      /bad-response.*PUSH_PROMISE/,
    ],
    'a reset': [
      (peer, { stream }) => peer.write(frame(TYPE.reset, 0, stream, uint32(2))),
      /reset.*INTERNAL_ERROR/,
    ],
    'PING without end': [
      (peer) => peer.write(repeat(50_000, () => frame(TYPE.ping, 0, 0, Buffer.alloc(8)))),
      /bad-response.*ENHANCE_YOUR_CALM/,
    ],
    'SETTINGS without end': [
      (peer) => peer.write(repeat(50_000, () => frame(TYPE.settings, 0, 0))),
      /bad-response.*ENHANCE_YOUR_CALM/,
    ],
    'CONTINUATION without end': [
      (peer, { stream }) =>
        peer.write(
          frame(TYPE.headers, 0, stream, block([[':status', '200']])),
          repeat(5000, (i) => frame(TYPE.continuation, 0, stream, block([[`x-${i}`, 'y'.repeat(100)]]))),
        ),
      /bad-response.*no end/,
    ],
    'interim responses without end': [
      (peer, { stream }) => peer.write(repeat(5000, () => headers(stream, [[':status', '103']], 0))),
      /bad-response.*interim/,
    ],
    'empty DATA without end': [
      (peer, { stream }) =>
        peer.write(
          status(stream),
          repeat(50_000, () => frame(TYPE.data, 0, stream)),
        ),
      /bad-response.*ENHANCE_YOUR_CALM/,
    ],
    'bytes that are no frames': [(peer) => peer.write(Buffer.alloc(1000, 0xff)), /bad-response.*FRAME_SIZE/],
    'a body cut by a reset': [
      (peer, { stream }) =>
        peer.write(
          status(stream),
          frame(TYPE.data, 0, stream, Buffer.from('part')),
          frame(TYPE.reset, 0, stream, uint32(2)),
        ),
      /origin-gone.*INTERNAL_ERROR/,
    ],
    'a body cut by the connection': [
      (peer, { stream }) =>
        void peer.socket.end(
          Buffer.concat([status(stream), frame(TYPE.data, 0, stream, Buffer.from('part'))]),
        ),
      /origin-gone/,
    ],
    'GOAWAY in the middle of a body, and the end': [
      (peer, { stream }) =>
        void peer.socket.end(
          Buffer.concat([
            status(stream),
            frame(TYPE.data, 0, stream, Buffer.from('part')),
            frame(TYPE.goaway, 0, 0, Buffer.concat([uint32(stream), uint32(2)])),
          ]),
        ),
      /origin-gone/,
    ],
  };

  it.each(Object.entries(ACTS))('%s', async (name, [act, expected]) => {
    await using proxy = await bench().start();
    await using hostile = await rawHttp2Origin(bench().tls, act);
    await using to = await origin();
    await using client = await http2Client(proxy.port, hostile.port, proxy.ca);
    const answer = await client.request(pseudo(hostile.port, '/'));
    expect(answer.status === 0 || answer.status >= 500 || answer.rstCode !== 0, name).toBe(true);
    const [recorded] = await proxy.sink.ended(1);
    const { row, failure } = recorded?.session ?? {};
    expect(row?.state).toMatch(/^(failed|server-aborted)$/);
    expect(`${row?.error} ${failure?.detail}`).toMatch(expected);
    // The client's connection has not suffered, nor has anybody else.
    expect(client.session.destroyed).toBe(false);
    await using other = await http2Client(proxy.port, to.port, proxy.ca);
    expect(await other.request(pseudo(to.port, '/'))).toMatchObject({ status: 200 });
  });

  it('more data than the window allows ends the stream', async () => {
    await using proxy = await bench().start();
    await using hostile = await rawHttp2Origin(bench().tls, (peer, { stream }) =>
      peer.write(
        status(stream),
        repeat(40, () => frame(TYPE.data, 0, stream, Buffer.alloc(16_000))),
      ),
    );
    await using client = await rawHttp2Client(proxy, hostile.port, { windows: false });
    client.write(headers(1, pseudo(hostile.port, '/')));
    await client.until(({ type, stream }) => type === TYPE.reset && stream === 1);
    const [recorded] = await proxy.sink.ended(1);
    expect(recorded?.session.row).toMatchObject({ state: 'server-aborted', error: 'bad-response' });
    expect(recorded?.session.failure?.detail).toMatch(/FLOW_CONTROL_ERROR/);
  });

  it('an origin that reads nothing holds one upload back, without growing', async () => {
    await using proxy = await bench().start({ timeouts: { idle: 1000 } });
    await using hostile = await rawHttp2Origin(bench().tls, () => {}, { windows: false });
    await using client = await http2Client(proxy.port, hostile.port, proxy.ca);
    const stream = client.open(pseudo(hostile.port, '/up', 'POST'));
    stream.on('error', () => {});
    const before = process.memoryUsage().rss;
    let written = 0;
    const piece = Buffer.alloc(64 * 1024);
    const more = () => {
      if (stream.destroyed || written > 1024 ** 3) return;
      written += piece.length;
      if (stream.write(piece)) setImmediate(more);
      else stream.once('drain', more);
    };
    more();
    const [recorded] = await proxy.sink.ended(1);
    expect(recorded?.session.row).toMatchObject({ state: 'failed', error: 'timeout' });
    expect(written).toBeLessThan(16 * 1024 ** 2);
    expect(process.memoryUsage().rss - before).toBeLessThan(RSS_LIMIT);
  });

  it('an HTTP/1.1 origin behind the same client is not affected', async () => {
    await using proxy = await bench().start({ protocol: { http2: 'always' } });
    await using hostile = await rawHttp2Origin(bench().tls, (peer) => peer.write(Buffer.alloc(100, 0xff)));
    await using plain = await httpOrigin((_request, response) => response.end('plain'), { tls: bench().tls });
    await using client = await http2Client(proxy.port, hostile.port, proxy.ca);
    expect((await client.request(pseudo(hostile.port, '/'))).status).toBe(502);
    await using other = await http2Client(proxy.port, plain.port, proxy.ca);
    expect((await other.request(pseudo(plain.port, '/'))).body.toString()).toBe('plain');
  });
});
