/**
 * A connection cut at every octet of an exchange, by its end (FIN) or a reset (RST), on either side: every session ends in a definite
 * state, a body that was cut never looks whole, the engine goes on, and nothing is left over (the leak check).
 */
import type { Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { rawClient } from '../../testing/raw-client.ts';
import { rawOrigin } from '../../testing/raw-origin.ts';
import { OK, request, talk, wireBench } from './harness.ts';

const bench = wireBench();
const ANSWERS: Readonly<Record<string, string>> = {
  length: 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello',
  chunks: 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nhel\r\n2;x=y\r\nlo\r\n0\r\nA: b\r\n\r\n',
};
const ENDED = /^(completed|client-aborted|server-aborted|failed)$/;
const CUTS: Readonly<Record<string, (socket: Socket) => void>> = {
  FIN: (socket) => void socket.end(),
  RST: (socket) => void socket.resetAndDestroy(),
};
const offsets = (text: string) => Array.from({ length: text.length }, (_, i) => i);

describe.each(Object.keys(CUTS))('cut by %s', (cut) => {
  it.each(Object.entries(ANSWERS))(
    'the origin, at every octet of an answer with %s',
    async (_name, answer) => {
      await using proxy = await bench().start();
      let at = 0;
      await using origin = await rawOrigin({
        onRequest: (socket) => {
          socket.write(answer.slice(0, at), () => setImmediate(() => CUTS[cut]?.(socket)));
        },
      });
      for (at of offsets(answer)) {
        await using client = await rawClient(proxy.port);
        client.write(request(origin.url, 'Connection: close\r\n'));
        await client.closed;
        const text = client.text();
        // Either a page that says what happened, or an answer that is visibly not whole.
        expect(text.includes('Sluice') || !/hello$|0\r\n\r\n$/.test(text)).toBe(true);
      }
      const sessions = await proxy.sink.ended(answer.length);
      for (const { session } of sessions) {
        expect(session.row.state).toMatch(/^(server-aborted|failed)$/);
        expect(session.response?.body.complete ?? false).toBe(false);
        expect(session.failure?.detail).toMatch(/\w/);
      }
    },
  );

  it('the client, at every octet of a request and before each octet of its answer', async () => {
    await using proxy = await bench().start();
    await using origin = await rawOrigin({ onRequest: (socket) => void socket.write(OK) });
    const text = request(origin.url, 'Content-Length: 4\r\n', 'body', 'POST');
    for (const at of offsets(text)) {
      await using client = await rawClient(proxy.port);
      client.socket.write(text.slice(0, at), 'latin1', () => setImmediate(() => CUTS[cut]?.(client.socket)));
      await client.closed;
    }
    // The engine serves on, and whatever began has ended.
    await using client = await rawClient(proxy.port);
    client.write(request(origin.url, 'X-Last: 1\r\nConnection: close\r\n'));
    await client.until(/ok$/);
    await proxy.sink.find(
      ({ request: { head }, row }) =>
        row.state === 'completed' && head.headers.some(([name]) => name === 'X-Last'),
    );
    const states = () => proxy.sink.sessions().map(({ session }) => session.row.state);
    await proxy.sink.find(() => states().every((state) => ENDED.test(state)));
    for (const { session } of proxy.sink.sessions()) {
      if (session.row.state === 'completed') expect(session.request.body.complete).toBe(true);
    }
  });

  it('either side of a tunnel, while bytes are under way', async () => {
    await using proxy = await bench().start();
    for (const side of ['client', 'origin']) {
      await using origin = await rawOrigin({
        onRequest: (socket) => {
          socket.write('220 hi\r\n', () => side === 'origin' && setImmediate(() => CUTS[cut]?.(socket)));
        },
      });
      await using client = await rawClient(proxy.port);
      client.write(`CONNECT 127.0.0.1:${origin.port} HTTP/1.1\r\nHost: x\r\n\r\n`);
      await client.until(/200 /);
      client.write('\x01\x02\r\n\r\n');
      await client.until(/220 hi/);
      if (side === 'client') CUTS[cut]?.(client.socket);
      else if (cut === 'FIN') client.socket.end();
      await client.closed;
    }
    for (const { session } of await proxy.sink.ended(2)) expect(session.row.state).toMatch(ENDED);
  });
});

describe('a stalled peer costs its buffer only', () => {
  it('2 a client that stops reading stops the origin, and others are served meanwhile', async () => {
    await using proxy = await bench().start();
    const piece = Buffer.alloc(64 * 1024, 'x');
    let written = 0;
    await using origin = await rawOrigin({
      onRequest: (socket, received) => {
        if (received.includes('/small')) return void socket.write(OK);
        socket.write(`HTTP/1.1 200 OK\r\nContent-Length: ${1024 ** 3}\r\n\r\n`);
        const more = () => {
          while (!socket.destroyed && socket.write(piece)) written += piece.length;
          written += piece.length;
          socket.once('drain', more);
        };
        more();
      },
    });
    await using stalled = await rawClient(proxy.port);
    stalled.socket.pause();
    stalled.write(request(origin.url, '', '', 'GET', '/big'));
    let before = -1;
    while (before !== written || written === 0) {
      before = written;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    expect(written).toBeLessThan(64 * 1024 ** 2);
    await using client = await rawClient(proxy.port);
    client.write(request(origin.url, '', '', 'GET', '/small'));
    await client.until(/ok$/);
  });

  it('an origin that stops reading stops the client', async () => {
    await using proxy = await bench().start();
    await using origin = await rawOrigin({ onRequest: (socket) => void socket.pause() });
    await using client = await rawClient(proxy.port);
    client.write(request(origin.url, `Content-Length: ${1024 ** 3}\r\n`, '', 'POST'));
    const piece = Buffer.alloc(64 * 1024, 'x');
    while (client.socket.write(piece));
    let before = -1;
    while (before !== client.socket.bytesWritten) {
      before = client.socket.bytesWritten;
      if (!client.socket.writableNeedDrain) while (client.socket.write(piece));
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    expect(client.socket.bytesWritten).toBeLessThan(64 * 1024 ** 2);
  });

  it('a capture that lags slows both directions and loses nothing', async () => {
    await using proxy = await bench().start();
    const size = 8 * 1024 ** 2;
    await using origin = await rawOrigin({
      onRequest: (socket) => {
        socket.write(`HTTP/1.1 200 OK\r\nContent-Length: ${size}\r\n\r\n`);
        socket.write(Buffer.alloc(size, 'y'));
      },
    });
    await using client = await rawClient(proxy.port);
    proxy.sink.hold();
    client.write(request(origin.url));
    await client.until(/y/);
    let before = -1;
    while (before !== client.text().length) {
      before = client.text().length;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    expect(before).toBeLessThan(size / 2);
    proxy.sink.release();
    const [recorded] = await proxy.sink.ended(1);
    expect(recorded?.responseBody).toHaveLength(size);
  });
});

describe('9 a body that ends with the connection, over TLS', () => {
  const HEAD = 'HTTP/1.1 200 OK\r\n\r\n';
  const asked = 'GET / HTTP/1.1\r\nHost: localhost\r\n\r\n';

  it.each(['at once', 'after a while'])('9 ended by close_notify %s: complete', async (when) => {
    await using t = await talk(bench(), {
      tls: true,
      answer: (socket) => {
        if (when === 'at once') socket.end(`${HEAD}whole`);
        else socket.write(`${HEAD}whole`, () => setTimeout(() => socket.end(), 30));
      },
    });
    t.client.write(asked);
    expect(await t.client.closed).toEqual({ clean: true });
    const { session, responseBody } = await t.session();
    expect(session.row.state).toBe('completed');
    expect(session.response?.body.complete).toBe(true);
    expect(Buffer.from(responseBody).toString()).toBe('whole');
  });

  it('9 cut off without close_notify: incomplete, and not a clean end for the client either', async () => {
    let cut: () => void = () => {};
    await using t = await talk(bench(), {
      tls: true,
      answer: (socket) => {
        socket.write(`${HEAD}half of`);
        // What ends is TCP, with nothing of TLS before it.
        cut = () => void socket.destroy();
      },
    });
    t.client.write(asked);
    // The engine has read it long before the client has.
    await t.client.until(/half of$/);
    await new Promise((resolve) => setTimeout(resolve, 30));
    cut();
    await t.client.closed;
    const { session, responseBody } = await t.session();
    expect(session.row).toMatchObject({ state: 'server-aborted', error: 'origin-gone' });
    expect(session.failure?.detail).toContain('close_notify');
    expect(session.response?.body.complete).toBe(false);
    expect(Buffer.from(responseBody).toString()).toBe('half of');
  });
});
