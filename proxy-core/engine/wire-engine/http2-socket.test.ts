/** On real sockets of loopback; the peer writes frames by hand. */
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import {
  frame,
  headers,
  PREFACE,
  pseudoFields,
  readFrames,
  type SeenFrame,
  TYPE,
  uint32,
} from '../../testing/http2-frames.ts';
import { until } from '../../testing/until.ts';
import type { Http2Stream } from '../../wire/http2/stream.ts';
import { DEFAULT_TIMEOUTS } from '../engine.ts';
import { Deadlines } from './deadlines.ts';
import { type Http2Owner, Http2Socket } from './http2-socket.ts';

const SETTINGS = frame(TYPE.settings, 0, 0);

interface Bench extends AsyncDisposable {
  readonly http2: Http2Socket;
  readonly socket: Socket;
  readonly peer: Socket;
  readonly told: string[];
  readonly streams: Http2Stream[];
  /** All the connections that an engine would know of. */
  readonly known: Set<{ shutDown(): Promise<void> }>;
  frames(): SeenFrame[];
  /** Waits until what was received, or told, is as wanted. */
  until(test: () => boolean): Promise<void>;
}

async function bench({ idleMs = 60_000, clientHead = 60_000 } = {}): Promise<Bench> {
  const server = createServer({ allowHalfOpen: true, pauseOnConnect: true });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const peer = connect((server.address() as AddressInfo).port, '127.0.0.1');
  const [socket] = (await once(server, 'connection')) as [Socket];
  const told: string[] = [];
  const streams: Http2Stream[] = [];
  const owner: Http2Owner = {
    opened: (stream, block, end) => {
      streams.push(stream);
      told.push(`opened ${stream.id} ${block.fields.length} ${end}`);
    },
    goingAway: () => told.push('going away'),
    failed: (reason) => told.push(`failed ${reason}`),
    closed: () => told.push('closed'),
  };
  const deadlines = new Deadlines(40);
  const known = new Set<{ shutDown(): Promise<void> }>();
  const context = { timeouts: { ...DEFAULT_TIMEOUTS, clientHead }, deadlines, http2: known };
  const http2 = new Http2Socket(context, socket, { role: 'server', owner, idleMs });
  let received = Buffer.alloc(0);
  peer.on('data', (chunk: Buffer) => {
    received = Buffer.concat([received, chunk]);
  });
  peer.on('error', () => {});
  return {
    http2,
    socket,
    peer,
    told,
    streams,
    known,
    frames: () => readFrames(received),
    until: (test) => until(test, () => told.join('; ')),
    [Symbol.asyncDispose]: async () => {
      deadlines[Symbol.dispose]();
      peer.destroy();
      socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const ask = (id: number) => headers(id, pseudoFields('/'));
const goAway = (b: Bench) => b.frames().find(({ type }) => type === TYPE.goaway);

describe('reading and writing', () => {
  it('begins with what was read before, and writes what an event has caused in one go', async () => {
    await using b = await bench();
    const writes: number[] = [];
    const write = b.socket.write.bind(b.socket);
    b.socket.write = ((bytes: Buffer) => {
      writes.push(bytes.length);
      return write(bytes);
    }) as typeof b.socket.write;
    b.http2.start(Buffer.concat([PREFACE, SETTINGS, ask(1)]));
    await b.until(() => b.frames().some(({ type, flags }) => type === TYPE.settings && flags === 1));
    expect(b.told).toEqual(['opened 1 4 true']);
    // SETTINGS, a window, and the acknowledgement.
    expect([b.frames().length, writes.length]).toEqual([3, 1]);
  });

  it('what is written outside of any event goes out by itself', async () => {
    await using b = await bench();
    b.http2.start(Buffer.concat([PREFACE, SETTINGS, ask(1)]));
    await b.until(() => b.frames().length === 3);
    b.streams[0]?.sendHead([[':status', '204']], [], true);
    await b.until(() => b.frames().some(({ type }) => type === TYPE.headers));
  });

  it('data that the socket does not take waits, and goes on when it does', async () => {
    await using b = await bench();
    const wide = Buffer.concat([
      frame(TYPE.settings, 0, 0, Buffer.concat([Buffer.of(0, 4), uint32(0x7fff_ffff)])),
      frame(TYPE.windowUpdate, 0, 0, uint32(0x7000_0000)),
    ]);
    b.peer.pause();
    b.http2.start(Buffer.concat([PREFACE, wide, ask(1)]));
    const [stream] = b.streams;
    stream?.sendHead([[':status', '200']], [], false);
    let drained = 0;
    if (stream)
      stream.handler = {
        ...stream.handler,
        receivedReset() {},
        receivedHead() {},
        receivedData() {},
        receivedEnd() {},
        sweep() {},
        drained: () => {
          drained += 1;
        },
      };
    const piece = Buffer.alloc(64 * 1024);
    let written = 0;
    // As an exchange does: no more until it has drained.
    while (stream?.write(piece)) {
      written += piece.length;
      await new Promise((resolve) => setImmediate(resolve));
      if (written > 256 * 1024 ** 2) throw new Error('nothing holds it back');
    }
    written += piece.length;
    expect(b.socket.writableLength).toBeLessThan(2 * 1024 ** 2);
    b.peer.resume();
    await b.until(() => drained === 1);
    const received = () =>
      b.frames().reduce((sum, { type, payload }) => sum + (type === TYPE.data ? payload.length : 0), 0);
    await b.until(() => received() === written);
  });

  it('a peer that reads nothing is not read', async () => {
    await using b = await bench();
    b.peer.pause();
    b.http2.start(Buffer.concat([PREFACE, SETTINGS]));
    const pings = Buffer.concat(Array.from({ length: 5000 }, () => frame(TYPE.ping, 0, 0, Buffer.alloc(8))));
    // Whatever is asked is answered with a large head.
    const large = 'x'.repeat(60_000);
    for (let i = 0; i < 200 && !b.socket.isPaused(); i += 1) {
      b.peer.write(ask(2 * i + 1));
      await b.until(() => b.streams.length === i + 1);
      b.streams[i]?.sendHead([[':status', '200']], [['x-large', large]], true);
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(b.socket.isPaused()).toBe(true);
    b.peer.write(pings);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(b.socket.writableLength).toBeLessThan(4 * 1024 ** 2);
    b.peer.resume();
    await b.until(() => b.frames().filter(({ type }) => type === TYPE.ping).length === 5000);
  });
});

describe('ends', () => {
  it('by a fault: the peer is told, what it still says is read over, and then it is over', async () => {
    await using b = await bench();
    b.http2.start(Buffer.concat([PREFACE, SETTINGS]));
    b.peer.write(Buffer.concat([frame(TYPE.ping, 0, 1, Buffer.alloc(8)), Buffer.alloc(100_000)]));
    await b.until(() => b.told.includes('closed'));
    expect(goAway(b)?.payload.readUInt32BE(4)).toBe(1);
    expect(b.told).toEqual(['failed PING on a stream.', 'closed']);
    expect(b.known.size).toBe(0);
  });

  it('by a fault of a peer that does not end itself: after a while', async () => {
    await using b = await bench();
    b.peer.allowHalfOpen = true;
    b.http2.start(Buffer.concat([PREFACE, SETTINGS]));
    b.peer.write(frame(TYPE.ping, 0, 1, Buffer.alloc(8)));
    const timer = setInterval(() => b.peer.write('x'), 100);
    await b.until(() => b.told.includes('closed'));
    clearInterval(timer);
  });

  it('when nothing is asked for a while, but not while something is', async () => {
    await using b = await bench({ idleMs: 100 });
    b.http2.start(Buffer.concat([PREFACE, SETTINGS, ask(1)]));
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(goAway(b)).toBeUndefined();
    b.streams[0]?.sendHead([[':status', '204']], [], true);
    await b.until(() => b.told.includes('closed'));
    expect(goAway(b)?.payload.readUInt32BE(4)).toBe(0);
  });

  it.each([
    ['its preface', Buffer.from('PRI * HTTP/2.0')],
    ['its SETTINGS', PREFACE],
    ['the rest of a frame', Buffer.concat([PREFACE, SETTINGS, ask(1).subarray(0, 12)])],
    ['the rest of a header block', Buffer.concat([PREFACE, SETTINGS, frame(TYPE.headers, 1, 1)])],
  ])('when %s does not come in time', async (_name, bytes) => {
    await using b = await bench({ clientHead: 100 });
    b.http2.start(bytes);
    await b.until(() => b.told.includes('closed'));
    expect(b.told[0]).toMatch(/^failed .* in time/);
    expect(goAway(b)?.payload.readUInt32BE(4)).toBe(0xb);
  });

  it('by the peer saying no more: what was asked is answered first', async () => {
    await using b = await bench();
    b.peer.allowHalfOpen = true;
    b.http2.start(Buffer.concat([PREFACE, SETTINGS, ask(1)]));
    b.peer.end();
    await once(b.socket, 'end');
    expect(b.socket.writableEnded).toBe(false);
    b.streams[0]?.sendHead([[':status', '204']], [], true);
    await b.until(() => b.told.includes('closed'));
    expect(b.frames().some(({ type }) => type === TYPE.headers)).toBe(true);
  });

  it('by the peer going away: after the last answer', async () => {
    await using b = await bench();
    b.http2.start(Buffer.concat([PREFACE, SETTINGS, ask(1), frame(TYPE.goaway, 0, 0, Buffer.alloc(8))]));
    expect(b.told).toEqual(['opened 1 4 true', 'going away']);
    b.streams[0]?.sendHead([[':status', '204']], [], true);
    await b.until(() => b.told.includes('closed'));
  });

  it('at once when told to, with a word to the peer', async () => {
    await using b = await bench();
    b.http2.start(Buffer.concat([PREFACE, SETTINGS, ask(1)]));
    await Promise.all([...b.known].map((connection) => connection.shutDown()));
    await b.until(() => b.told.includes('closed'));
    expect(
      b
        .frames()
        .slice(-2)
        .map(({ type }) => type),
    ).toEqual([TYPE.goaway, TYPE.reset]);
  });
});
