/**
 * A connection of HTTP/2 cut at every octet of an exchange, by its end (FIN) or a reset (RST), on either side: every session ends in a
 * definite state, a message that was cut never looks whole, the engine goes on, and nothing is left over (the leak check).
 */
import type { Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import type { HeaderPair } from '#model/headers.ts';
import { frame, headers, PREFACE, TYPE } from '../../testing/http2-frames.ts';
import { rawHttp2Client, rawHttp2Origin } from '../../testing/http2-raw-peers.ts';
import { rawClient } from '../../testing/raw-client.ts';
import { wireBench } from './harness.ts';

const bench = wireBench();
const CUTS: Readonly<Record<string, (socket: Socket) => void>> = {
  FIN: (socket) => void socket.end(),
  RST: (socket) => void socket.resetAndDestroy(),
};
const SETTINGS = frame(TYPE.settings, 0, 0);
const clear = (port: number, path: string, method = 'GET'): HeaderPair[] => [
  [':method', method],
  [':scheme', 'http'],
  [':authority', `127.0.0.1:${port}`],
  [':path', path],
];
const ANSWERS: Readonly<Record<string, (stream: number) => Buffer>> = {
  'a length': (stream) =>
    Buffer.concat([
      headers(
        stream,
        [
          [':status', '200'],
          ['content-length', '5'],
        ],
        0,
      ),
      frame(TYPE.data, 0, stream, Buffer.from('hel')),
      frame(TYPE.data, 1, stream, Buffer.from('lo')),
    ]),
  trailers: (stream) =>
    Buffer.concat([
      headers(stream, [[':status', '200']], 0),
      frame(TYPE.data, 8, stream, Buffer.from('\x02hello..')),
      headers(stream, [['grpc-status', '0']]),
    ]),
};

describe.each(Object.keys(CUTS))('cut by %s', (cut) => {
  it.each(Object.entries(ANSWERS))(
    '7 the origin, at every octet of an answer with %s',
    async (_name, answer) => {
      await using proxy = await bench().start();
      let at = 0;
      await using origin = await rawHttp2Origin(undefined, ({ socket }, { stream }) => {
        socket.write(answer(stream).subarray(0, at), () => setImmediate(() => CUTS[cut]?.(socket)));
      });
      await using client = await rawHttp2Client({ port: proxy.port }, origin.port);
      const { length } = answer(1);
      for (at = 0; at < length; at += 1) {
        const id = 2 * at + 1;
        client.write(headers(id, clear(origin.port, `/${at}`)));
        // A page that says what happened, or a reset.
        const last = await client.until(
          ({ type, stream, flags }) =>
            stream === id && (type === TYPE.reset || (type !== TYPE.reset && (flags & 1) !== 0)),
        );
        if (last.type !== TYPE.reset) expect(last.payload.toString()).toMatch(/Sluice/);
      }
      const sessions = await proxy.sink.ended(length);
      for (const { session } of sessions) {
        expect(session.row.state).toMatch(/^(server-aborted|failed)$/);
        expect(session.response?.body.complete ?? false).toBe(false);
        expect(session.failure?.detail).toMatch(/\w/);
      }
    },
  );

  it('8 the client, at every octet of a request and before each octet of its answer', async () => {
    await using proxy = await bench().start();
    await using origin = await rawHttp2Origin(undefined, (peer, { stream }) =>
      peer.write(headers(stream, [[':status', '200']], 0), frame(TYPE.data, 1, stream, Buffer.from('ok'))),
    );
    const ask = (path: string) =>
      Buffer.concat([
        PREFACE,
        SETTINGS,
        headers(1, clear(origin.port, path, 'POST'), 0),
        frame(TYPE.data, 0, 1, Buffer.from('bo')),
        frame(TYPE.data, 1, 1, Buffer.from('dy')),
      ]);
    const whole = ask('/cut');
    for (let at = 0; at <= whole.length; at += 1) {
      await using client = await rawClient(proxy.port);
      client.socket.write(whole.subarray(0, at), () => setImmediate(() => CUTS[cut]?.(client.socket)));
      await client.closed;
    }
    await using client = await rawClient(proxy.port);
    client.write(ask('/last'));
    await client.until(/ok$/);
    await proxy.sink.find(({ row }) => row.path === '/last' && row.state === 'completed');
    for (const { session } of await proxy.sink.settled()) {
      expect(session.row.state).toMatch(/^(completed|client-aborted|failed)$/);
      if (session.row.state === 'completed')
        expect(session.request.body).toEqual({ complete: true, size: 4 });
    }
    // None of those that were cut reached the origin as whole.
    const ended = origin.peers.flatMap((peer) =>
      peer.frames().filter(({ type, flags }) => type === TYPE.data && (flags & 1) !== 0),
    );
    const completed = proxy.sink.sessions().filter(({ session }) => session.request.body.complete);
    expect(ended.length).toBeLessThanOrEqual(completed.length);
  });
});
