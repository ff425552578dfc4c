/** HTTP/2 from peers that misbehave: floods are survived, faulty streams refused, and others are served meanwhile. */
import type { ServerHttp2Stream } from 'node:http2';
import { createServer, type TLSSocket } from 'node:tls';
import { describe, expect, it } from 'vitest';
import type { HeaderPair } from '#model/headers.ts';
import { http2Client, pseudo, tlsThrough } from '../../testing/http2-client.ts';
import {
  block,
  END_HEADERS,
  END_STREAM,
  frame,
  headers,
  PREFACE,
  readFrames,
  TYPE,
  uint32,
} from '../../testing/http2-frames.ts';
import { http2Origin } from '../../testing/http2-origin.ts';
import { listening } from '../../testing/origin.ts';
import type { TestEngine } from '../contract-tests/bench-engine.ts';
import { wireBench } from './harness.ts';

const bench = wireBench();
const SETTINGS = frame(TYPE.settings, 0, 0);
const PATIENCE_MS = 10_000;

const answerOk = (stream: ServerHttp2Stream) => {
  stream.respond({ ':status': 200 });
  stream.end('ok');
};

interface RawPeer extends AsyncDisposable {
  readonly socket: TLSSocket;
  write(...frames: Buffer[]): void;
  received(): Buffer;
  readonly closed: Promise<void>;
}

/** A client that has sent preface and settings, and writes frames by hand. */
async function rawPeer(proxy: TestEngine, port: number): Promise<RawPeer> {
  const socket = await tlsThrough(proxy.port, port, proxy.ca, ['h2']);
  const chunks: Buffer[] = [];
  socket.on('data', (chunk: Buffer) => chunks.push(chunk));
  socket.on('error', () => {});
  const closed = new Promise<void>((resolve) => {
    socket.once('close', () => resolve());
  });
  socket.write(Buffer.concat([PREFACE, SETTINGS]));
  return {
    socket,
    closed,
    write: (...frames) => void socket.write(Buffer.concat(frames)),
    received: () => Buffer.concat(chunks),
    [Symbol.asyncDispose]: async () => {
      socket.destroy();
      await closed;
    },
  };
}

async function until(test: () => boolean, what: string): Promise<void> {
  const end = performance.now() + PATIENCE_MS;
  while (!test()) {
    if (performance.now() > end) throw new Error(`not in time: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

const repeat = (count: number, make: (i: number) => Buffer) =>
  Buffer.concat(Array.from({ length: count }, (_, i) => make(i)));

describe('73 floods from a client are survived', () => {
  const FLOODS: Readonly<Record<string, (port: number) => Buffer>> = {
    'rapid reset': (port) =>
      repeat(5000, (i) =>
        Buffer.concat([headers(2 * i + 1, pseudo(port, '/')), frame(TYPE.reset, 0, 2 * i + 1, uint32(8))]),
      ),
    'CONTINUATION without end': (port) =>
      Buffer.concat([
        frame(TYPE.headers, END_STREAM, 1, block(pseudo(port, '/'))),
        repeat(20_000, (i) => frame(TYPE.continuation, 0, 1, block([[`x-${i}`, 'y'.repeat(100)]]))),
      ]),
    'empty DATA': (port) =>
      Buffer.concat([headers(1, pseudo(port, '/', 'POST'), 0), repeat(50_000, () => frame(TYPE.data, 0, 1))]),
    'SETTINGS without end': () =>
      repeat(20_000, () => frame(TYPE.settings, 0, 0, Buffer.concat([Buffer.of(0, 4), uint32(65_535)]))),
    'PING without end': () => repeat(50_000, () => frame(TYPE.ping, 0, 0, Buffer.alloc(8))),
    'PRIORITY without end': () =>
      repeat(50_000, (i) => frame(TYPE.priority, 0, 2 * i + 1, Buffer.concat([uint32(0), Buffer.of(1)]))),
    'many streams': (port) => repeat(2000, (i) => headers(2 * i + 1, pseudo(port, '/slow'))),
  };

  it.each(Object.entries(FLOODS))('%s', async (_name, flood) => {
    await using proxy = await bench().start();
    await using origin = await http2Origin(bench().tls, (stream, fields) => {
      if (!fields.some(([name, value]) => name === ':path' && value === '/slow')) answerOk(stream);
    });
    await using attacker = await rawPeer(proxy, origin.port);
    const before = process.memoryUsage().rss;
    attacker.write(flood(origin.port));
    await using client = await http2Client(proxy.port, origin.port, proxy.ca);
    const answer = await client.request(pseudo(origin.port, '/other'));
    expect(answer).toMatchObject({ status: 200, rstCode: 0 });
    attacker.socket.destroy();
    await attacker.closed;
    await until(
      () => proxy.sink.sessions().every(({ session }) => session.row.state !== 'active'),
      'every session to end',
    );
    expect(process.memoryUsage().rss - before).toBeLessThan(400 * 1024 ** 2);
  });

  it('a window of 0 holds one stream back, without growing', async () => {
    await using proxy = await bench().start();
    let written = 0;
    await using origin = await http2Origin(bench().tls, (stream, fields) => {
      if (fields.some(([name, value]) => name === ':path' && value === '/other')) return answerOk(stream);
      stream.respond({ ':status': 200 });
      const piece = Buffer.alloc(64 * 1024, 'x');
      const more = () => {
        if (stream.destroyed || written >= 1024 ** 3) return;
        written += piece.length;
        if (stream.write(piece)) setImmediate(more);
        else stream.once('drain', more);
      };
      return more();
    });
    await using stalled = await rawPeer(proxy, origin.port);
    stalled.write(
      frame(TYPE.settings, 0, 0, Buffer.concat([Buffer.of(0, 4), uint32(0)])),
      headers(1, pseudo(origin.port, '/big')),
    );
    let before = -1;
    while (before !== written || written === 0) {
      before = written;
      await new Promise((resolve) => setTimeout(resolve, 150));
    }
    expect(written).toBeLessThan(64 * 1024 ** 2);
    await using client = await http2Client(proxy.port, origin.port, proxy.ca);
    expect(await client.request(pseudo(origin.port, '/other'))).toMatchObject({ status: 200 });
  });
});

describe('74 a faulty stream is refused and forwarded to nobody', () => {
  const FAULTS: Readonly<Record<string, (port: number) => HeaderPair[]>> = {
    'a name with capitals': (port) => [...pseudo(port, '/'), ['X-Big', '1']],
    'a Connection field': (port) => [...pseudo(port, '/'), ['connection', 'close']],
    'Transfer-Encoding': (port) => [...pseudo(port, '/', 'POST'), ['transfer-encoding', 'chunked']],
    'TE other than trailers': (port) => [...pseudo(port, '/'), ['te', 'gzip']],
    'a pseudo-field after others': (port) => [['x', 'y'], ...pseudo(port, '/')],
    'a pseudo-field twice': (port) => [...pseudo(port, '/'), [':path', '/b']],
    'a pseudo-field that does not exist': (port) => [...pseudo(port, '/'), [':status', '200']],
    'no :path': (port) => pseudo(port, '/').filter(([name]) => name !== ':path'),
    'an empty :path': (port) => pseudo(port, ''),
    'two lengths': (port) => [...pseudo(port, '/', 'POST'), ['content-length', '1'], ['content-length', '2']],
  };

  it.each(Object.entries(FAULTS))('%s', async (_name, fields) => {
    await using proxy = await bench().start();
    await using origin = await http2Origin(bench().tls, answerOk);
    await using peer = await rawPeer(proxy, origin.port);
    peer.write(headers(1, fields(origin.port)));
    const refused = () =>
      peer.socket.destroyed ||
      readFrames(peer.received()).some(
        ({ type, stream }) => type === TYPE.goaway || (type === TYPE.reset && stream === 1),
      ) ||
      // An answer that says so does as well.
      readFrames(peer.received()).some(({ type, stream }) => type === TYPE.headers && stream === 1);
    await until(refused, 'a refusal');
    expect(origin.received).toHaveLength(0);
    await using client = await http2Client(proxy.port, origin.port, proxy.ca);
    expect(await client.request(pseudo(origin.port, '/'))).toMatchObject({ status: 200 });
  });

  it.each(['a\nb: c', 'a\0b', 'a\rb'])('32 a field with %j in its value goes no further', async (value) => {
    await using proxy = await bench().start();
    await using origin = await http2Origin(bench().tls, answerOk);
    await using peer = await rawPeer(proxy, origin.port);
    peer.write(headers(1, [...pseudo(origin.port, '/'), ['x-bad', value]]));
    const answered = () =>
      peer.socket.destroyed || readFrames(peer.received()).some(({ stream }) => stream === 1);
    await until(answered, 'an answer');
    for (const { headers: fields } of origin.received)
      expect(fields.map(([name]) => name)).not.toContain('x-bad');
  });

  it('a body that is not as long as it says', async () => {
    await using proxy = await bench().start();
    await using origin = await http2Origin(bench().tls, answerOk);
    await using peer = await rawPeer(proxy, origin.port);
    peer.write(
      headers(1, [...pseudo(origin.port, '/', 'POST'), ['content-length', '10']], 0),
      frame(TYPE.data, END_STREAM, 1, Buffer.from('short')),
    );
    await until(
      () =>
        peer.socket.destroyed ||
        readFrames(peer.received()).some(({ type, stream }) => type === TYPE.reset && stream === 1),
      'a reset',
    );
    expect(origin.received).toHaveLength(0);
    const [recorded] = await proxy.sink.ended(1);
    expect(recorded?.session.row.state).toMatch(/^(failed|client-aborted)$/);
    expect(recorded?.session.request.body.complete).toBe(false);
  });

  it('67 extended CONNECT, which was not offered', async () => {
    await using proxy = await bench().start();
    await using origin = await http2Origin(bench().tls, answerOk);
    await using peer = await rawPeer(proxy, origin.port);
    peer.write(headers(1, [...pseudo(origin.port, '/chat', 'CONNECT'), [':protocol', 'websocket']], 0));
    await until(
      () =>
        peer.socket.destroyed ||
        readFrames(peer.received()).some(
          ({ type, stream }) => stream === 1 && (type === TYPE.reset || type === TYPE.headers),
        ),
      'a refusal',
    );
    const settings = readFrames(peer.received()).find(
      ({ type, flags }) => type === TYPE.settings && flags === 0,
    );
    const ids = Array.from({ length: (settings?.payload.length ?? 0) / 6 }, (_, i) =>
      settings?.payload.readUInt16BE(i * 6),
    );
    const offered = ids.indexOf(8) >= 0 && settings?.payload.readUInt32BE(ids.indexOf(8) * 6 + 2) === 1;
    expect(offered).toBe(false);
    expect(origin.received).toHaveLength(0);
  });
});

describe('73 a hostile origin', () => {
  /** Speaks frames by hand; `act` is called when a request has come. */
  async function rawHttp2Origin(act: (socket: TLSSocket, stream: number) => void) {
    const server = createServer({ ...bench().tls, ALPNProtocols: ['h2'] }, (socket) => {
      let received = Buffer.alloc(0);
      let skipped = false;
      socket.on('error', () => {});
      socket.write(SETTINGS);
      socket.on('data', (chunk: Buffer) => {
        received = Buffer.concat([received, chunk]);
        if (!skipped && received.length >= PREFACE.length) {
          received = received.subarray(PREFACE.length);
          skipped = true;
        }
        if (!skipped) return;
        for (const { type, flags, stream, payload } of readFrames(received)) {
          received = received.subarray(9 + payload.length);
          if (type === TYPE.settings && flags === 0) socket.write(frame(TYPE.settings, 1, 0));
          if (type === TYPE.headers) act(socket, stream);
        }
      });
    });
    server.on('tlsClientError', () => {});
    return listening(server, { tls: bench().tls });
  }
  const STATUS = (stream: number, flags = 0) => headers(stream, [[':status', '200']], flags);

  const ACTS: Readonly<Record<string, (socket: TLSSocket, stream: number) => void>> = {
    'a push that was not wanted': (socket, stream) =>
      void socket.write(
        frame(TYPE.push, END_HEADERS, stream, Buffer.concat([uint32(2), block(pseudo(1, '/pushed'))])),
      ),
    'GOAWAY without an answer': (socket) =>
      void socket.end(frame(TYPE.goaway, 0, 0, Buffer.concat([uint32(0), uint32(0)]))),
    'a reset': (socket, stream) => void socket.write(frame(TYPE.reset, 0, stream, uint32(2))),
    'an answer with capitals': (socket, stream) =>
      void socket.write(
        headers(
          stream,
          [
            [':status', '200'],
            ['X-Big', '1'],
          ],
          END_STREAM,
        ),
      ),
    'an answer shorter than it says': (socket, stream) =>
      void socket.write(
        Buffer.concat([
          headers(
            stream,
            [
              [':status', '200'],
              ['content-length', '10'],
            ],
            0,
          ),
          frame(TYPE.data, END_STREAM, stream, Buffer.from('short')),
        ]),
      ),
    'PING without end': (socket) =>
      void socket.write(repeat(50_000, () => frame(TYPE.ping, 0, 0, Buffer.alloc(8)))).valueOf(),
    'bytes that are no frames': (socket) => void socket.write(Buffer.alloc(1000, 0xff)),
    'a body cut by a reset': (socket, stream) =>
      void socket.write(
        Buffer.concat([
          STATUS(stream),
          frame(TYPE.data, 0, stream, Buffer.from('part')),
          frame(TYPE.reset, 0, stream, uint32(2)),
        ]),
      ),
    'a body cut by the connection': (socket, stream) =>
      void socket.end(Buffer.concat([STATUS(stream), frame(TYPE.data, 0, stream, Buffer.from('part'))])),
  };

  it.each(Object.entries(ACTS))('%s never looks like a whole answer', async (name, act) => {
    await using proxy = await bench().start({ timeouts: { idle: 1500 } });
    await using origin = await rawHttp2Origin(act);
    await using client = await http2Client(proxy.port, origin.port, proxy.ca);
    const answer = await client.request(pseudo(origin.port, '/'));
    expect(answer.status === 0 || answer.status >= 500 || answer.rstCode !== 0, name).toBe(true);
    const [recorded] = await proxy.sink.ended(1);
    expect(recorded?.session.row.state).toMatch(/^(failed|server-aborted)$/);
  });
});
