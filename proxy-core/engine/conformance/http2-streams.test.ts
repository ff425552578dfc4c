/** Streams while they run, in every pair of versions of which one is HTTP/2: who is waited for, who is told, what breaks off. */
import { describe, expect, it } from 'vitest';
import { answerOf, http2Client, pseudo } from '../../testing/http2-client.ts';
import { frame, headers, TYPE, uint32 } from '../../testing/http2-frames.ts';
import { http2Origin } from '../../testing/http2-origin.ts';
import { rawHttp2Client, rawHttp2Origin } from '../../testing/http2-raw-peers.ts';
import { rawTunnelClient } from '../../testing/raw-client.ts';
import { rawOrigin, reply } from '../../testing/raw-origin.ts';
import { wireBench } from './harness.ts';

const bench = wireBench();
const always = { protocol: { http2: 'always' } } as const;
const OK = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok';
const CANCEL = 8;
const old = (proxy: { port: number; ca: string }, port: number) =>
  rawTunnelClient(proxy.port, { authority: `localhost:${port}`, ca: proxy.ca, serverName: 'localhost' });
const post = (port: number, fields = 'Content-Length: 1000\r\n') =>
  `POST /up HTTP/1.1\r\nHost: localhost:${port}\r\n${fields}\r\n`;
/** Resolves with the ms it took. */
async function within<T>(what: Promise<T>): Promise<number> {
  const start = performance.now();
  await what;
  return performance.now() - start;
}

describe('8 an upload that the client breaks off is broken off upstream', () => {
  it('2 to 2: by a reset', async () => {
    await using proxy = await bench().start();
    await using to = await rawHttp2Origin(bench().tls, () => {});
    await using client = await rawHttp2Client(proxy, to.port);
    client.write(headers(1, pseudo(to.port, '/up', 'POST'), 0), frame(TYPE.data, 0, 1, Buffer.from('part')));
    await proxy.sink.find(({ row, facts }) => row.requestBodySize === 4 && facts.serverStream === 1);
    client.write(frame(TYPE.reset, 0, 1, uint32(CANCEL)));
    const reset = await (await to.first).until(({ type }) => type === TYPE.reset);
    expect(reset.payload.readUInt32BE()).toBe(CANCEL);
    // No end of data went before it.
    expect((await to.first).frames().some(({ type, flags }) => type === TYPE.data && (flags & 1) !== 0)).toBe(
      false,
    );
    const [recorded] = await proxy.sink.ended(1);
    expect(recorded?.session).toMatchObject({
      row: { state: 'client-aborted', error: 'client-gone', requestBodySize: 4 },
      request: { body: { complete: false } },
    });
    expect(recorded?.session.failure?.detail).toMatch(/HTTP\/2 CANCEL/);
  });

  it('2 to 1.1: the connection ends, the last chunk is not sent', async () => {
    await using proxy = await bench().start(always);
    let gone: () => void = () => {};
    const aborted = new Promise<void>((resolve) => {
      gone = resolve;
    });
    await using to = await rawOrigin({
      tls: bench().tls,
      onRequest: (socket) => void socket.on('close', gone),
    });
    await using client = await rawHttp2Client(proxy, to.port);
    client.write(headers(1, pseudo(to.port, '/up', 'POST'), 0), frame(TYPE.data, 0, 1, Buffer.from('part')));
    await proxy.sink.find(
      ({ row, facts }) => row.requestBodySize === 4 && facts.serverHttpVersion !== undefined,
    );
    client.write(frame(TYPE.reset, 0, 1, uint32(CANCEL)));
    await aborted;
    expect(to.received().toString('latin1')).not.toMatch(/\r\n0\r\n/);
  });

  it('1.1 to 2: the stream is reset', async () => {
    await using proxy = await bench().start();
    await using to = await rawHttp2Origin(bench().tls, () => {});
    await using client = await old(proxy, to.port);
    client.write(`${post(to.port)}part`);
    await proxy.sink.find(({ row, facts }) => row.requestBodySize === 4 && facts.serverStream === 1);
    client.socket.destroy();
    const reset = await (await to.first).until(({ type }) => type === TYPE.reset);
    expect(reset.payload.readUInt32BE()).toBe(CANCEL);
    expect((await to.first).frames().some(({ type, flags }) => type === TYPE.data && (flags & 1) !== 0)).toBe(
      false,
    );
    expect((await proxy.sink.ended(1))[0]?.session.row.state).toBe('client-aborted');
  });

  it('2 to 2: by the end of the connection', async () => {
    await using proxy = await bench().start();
    await using to = await rawHttp2Origin(bench().tls, () => {});
    const client = await rawHttp2Client(proxy, to.port);
    client.write(headers(1, pseudo(to.port, '/up', 'POST'), 0), headers(3, pseudo(to.port, '/down')));
    await proxy.sink.find(({ facts }) => facts.serverStream === 3);
    client.socket.destroy();
    const resets = await Promise.all(
      [1, 3].map(async (id) =>
        (await to.first).until(({ type, stream }) => type === TYPE.reset && stream === id),
      ),
    );
    expect(resets).toHaveLength(2);
    for (const { session } of await proxy.sink.ended(2)) expect(session.row.state).toBe('client-aborted');
    await client.closed;
  });
});

describe('71 an answer before the whole request', () => {
  it('2 to 2: is relayed, and the rest of the request is declined', async () => {
    await using proxy = await bench().start();
    await using to = await rawHttp2Origin(bench().tls, (peer, { stream }) =>
      peer.write(
        headers(stream, [[':status', '413']], 0),
        frame(TYPE.data, 1, stream, Buffer.from('big')),
        frame(TYPE.reset, 0, stream, uint32(0)),
      ),
    );
    await using client = await rawHttp2Client(proxy, to.port);
    client.write(headers(1, pseudo(to.port, '/up', 'POST'), 0), frame(TYPE.data, 0, 1, Buffer.from('part')));
    const end = await client.until(
      ({ type, stream, flags }) => type === TYPE.data && stream === 1 && flags === 1,
    );
    expect(end.payload.toString()).toBe('big');
    const reset = await client.until(({ type, stream }) => type === TYPE.reset && stream === 1);
    expect(reset.payload.readUInt32BE()).toBe(0);
    const [recorded] = await proxy.sink.ended(1);
    expect(recorded?.session).toMatchObject({
      row: { state: 'completed', status: 413 },
      request: { body: { complete: false } },
      response: { body: { complete: true, size: 3 } },
    });
  });

  it('2 to 1.1', async () => {
    await using proxy = await bench().start(always);
    await using to = await rawOrigin({
      tls: bench().tls,
      onRequest: reply('HTTP/1.1 413 No\r\nContent-Length: 3\r\n\r\nbig'),
    });
    await using client = await rawHttp2Client(proxy, to.port);
    client.write(headers(1, pseudo(to.port, '/up', 'POST'), 0), frame(TYPE.data, 0, 1, Buffer.from('part')));
    await client.until(({ type, stream, flags }) => type === TYPE.data && stream === 1 && flags === 1);
    expect(
      (await client.until(({ type, stream }) => type === TYPE.reset && stream === 1)).payload.readUInt32BE(),
    ).toBe(0);
  });

  it('1.1 to 2', async () => {
    await using proxy = await bench().start();
    await using to = await rawHttp2Origin(bench().tls, (peer, { stream }) =>
      peer.write(
        headers(
          stream,
          [
            [':status', '413'],
            ['content-length', '3'],
          ],
          0,
        ),
        frame(TYPE.data, 1, stream, Buffer.from('big')),
      ),
    );
    await using client = await old(proxy, to.port);
    client.write(`${post(to.port)}part`);
    await client.until(/^HTTP\/1\.1 413 [\s\S]*big$/);
    await client.closed;
    // The origin is told that the rest does not come.
    await (await to.first).until(({ type }) => type === TYPE.reset);
  });
});

describe('20 21 100-continue', () => {
  it.each([
    ['2 to 2', bench, {}],
    ['2 to 1.1', bench, always],
  ] as const)(
    '%s: the expectation goes on, the interim answer comes back, the body after it',
    async (pair, _bench, options) => {
      await using proxy = await bench().start(options);
      await using to =
        pair === '2 to 2'
          ? await http2Origin(bench().tls, (stream) => {
              stream.additionalHeaders({ ':status': 100 });
              stream.on('end', () => {
                stream.respond({ ':status': 200 });
                stream.end('ok');
              });
            })
          : await rawOrigin({
              tls: bench().tls,
              onRequest: (socket) => {
                socket.write('HTTP/1.1 100 Continue\r\n\r\n');
                socket.on('data', (bytes: Buffer) => bytes.includes('body') && socket.write(OK));
              },
            });
      await using client = await http2Client(proxy.port, to.port, proxy.ca);
      const stream = client.open([
        ...pseudo(to.port, '/', 'POST'),
        ['expect', '100-continue'],
        ['content-length', '4'],
      ]);
      const answer = answerOf(stream);
      await new Promise((resolve) => stream.once('headers', resolve));
      stream.end('body');
      expect(await answer).toMatchObject({ status: 200, informational: [100], rstCode: 0 });
    },
  );

  it('1.1 to 2, and an origin that never says it blocks nobody', async () => {
    await using proxy = await bench().start();
    await using to = await http2Origin(bench().tls, (stream, fields) => {
      if (fields.some(([name, value]) => name === ':path' && value === '/polite'))
        stream.additionalHeaders({ ':status': 100 });
      stream.on('end', () => {
        stream.respond({ ':status': 200, 'content-length': 2 });
        stream.end('ok');
      });
      stream.resume();
    });
    await using client = await old(proxy, to.port);
    const ask = (path: string) =>
      `POST ${path} HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\nContent-Length: 4\r\n\r\n`;
    client.write(ask('/polite'));
    await client.until(/^HTTP\/1\.1 100 Continue\r\n\r\n$/);
    client.write('body');
    await client.until(/ok$/);
    client.write(ask('/silent'));
    await proxy.sink.find(({ row, facts }) => row.path === '/silent' && facts.serverStream !== undefined);
    client.write('body');
    await client.until(/ok[\s\S]*ok$/);
    expect(to.received.map(({ body }) => body.toString())).toEqual(['body', 'body']);
  });
});

describe('75 pieces pass as they come, either way', () => {
  it('2 to 2: within 50 ms of being sent', async () => {
    await using proxy = await bench().start();
    await using to = await rawHttp2Origin(bench().tls, (peer, { stream }) =>
      peer.write(headers(stream, [[':status', '200']], 0)),
    );
    await using client = await rawHttp2Client(proxy, to.port);
    client.write(headers(1, pseudo(to.port, '/chat', 'POST'), 0));
    await client.until(({ type, stream }) => type === TYPE.headers && stream === 1);
    const origin = await to.first;
    const times: number[] = [];
    for (let i = 0; i < 10; i += 1) {
      const up = Buffer.from(`up ${i}`);
      client.write(frame(TYPE.data, 0, 1, up));
      times.push(await within(origin.until(({ payload }) => payload.equals(up))));
      const down = Buffer.from(`down ${i}`);
      origin.write(frame(TYPE.data, 0, 1, down));
      times.push(await within(client.until(({ payload }) => payload.equals(down))));
    }
    times.sort((a, b) => a - b);
    // On a busy machine some are late; what was held back for a while would make all of them late.
    expect(times[5]).toBeLessThan(50);
    const live = await proxy.sink.find(({ row }) => row.responseBodySize === 60);
    expect(live.session.row).toMatchObject({ state: 'active', requestBodySize: 40 });
  });

  it('2 to 1.1 and 1.1 to 2: an event stream', async () => {
    await using proxy = await bench().start(always);
    await using plain = await rawOrigin({
      tls: bench().tls,
      onRequest: (socket) => {
        socket.write(
          'HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n',
        );
        socket.write('9\r\ndata: 1\n\n\r\n');
      },
    });
    await using client = await rawHttp2Client(proxy, plain.port);
    client.write(headers(1, pseudo(plain.port, '/events')));
    const piece = await client.until(({ type, stream }) => type === TYPE.data && stream === 1);
    expect([piece.flags, piece.payload.toString()]).toEqual([0, 'data: 1\n\n']);
    await using modern = await rawHttp2Origin(bench().tls, (peer, { stream }) =>
      peer.write(
        headers(
          stream,
          [
            [':status', '200'],
            ['content-type', 'text/event-stream'],
          ],
          0,
        ),
        frame(TYPE.data, 0, stream, Buffer.from('data: 2\n\n')),
      ),
    );
    await using other = await old(proxy, modern.port);
    other.write('GET /events HTTP/1.1\r\nHost: localhost\r\n\r\n');
    await other.until(/\r\n9\r\ndata: 2\n\n\r\n$/);
    const messages = await proxy.sink.find(
      ({ row, messageCount }) => row.httpVersion === 'HTTP/1.1' && messageCount === 1,
    );
    expect(messages.session.row.state).toBe('active');
  });
});

describe('2 whoever is slowest sets the pace', () => {
  it('a client that does not read holds the origin back', async () => {
    await using proxy = await bench().start();
    let sent = 0;
    await using to = await http2Origin(bench().tls, (stream) => {
      stream.respond({ ':status': 200 });
      const piece = Buffer.alloc(64 * 1024);
      const more = () => {
        if (stream.destroyed || sent > 512 * 1024 ** 2) return;
        sent += piece.length;
        if (stream.write(piece)) setImmediate(more);
        else stream.once('drain', more);
      };
      more();
    });
    await using client = await http2Client(proxy.port, to.port, proxy.ca);
    const stream = client.open(pseudo(to.port, '/big'), { endStream: true });
    stream.on('error', () => {});
    await new Promise((resolve) => stream.once('response', resolve));
    stream.pause();
    let before = -1;
    while (before !== sent) {
      before = sent;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    expect(sent).toBeLessThan(24 * 1024 ** 2);
    stream.resume();
    await new Promise<void>((resolve) => {
      const look = () => {
        if (sent <= before) return;
        stream.off('data', look);
        resolve();
      };
      stream.on('data', look);
    });
  });

  it('a capture that lags holds both back, and nothing is lost', async () => {
    await using proxy = await bench().start();
    await using to = await http2Origin(bench().tls, (stream) => {
      stream.respond({ ':status': 200 });
      stream.end(Buffer.alloc(3_000_000, 'x'));
    });
    await using client = await http2Client(proxy.port, to.port, proxy.ca);
    proxy.sink.hold();
    const answer = client.request(pseudo(to.port, '/', 'POST'), Buffer.alloc(2_000_000, 'y'));
    const held = await proxy.sink.find(({ row }) => row.requestBodySize > 0);
    expect(held.session.row.requestBodySize).toBeLessThan(2_000_000);
    proxy.sink.release();
    expect((await answer).body).toHaveLength(3_000_000);
    const [recorded] = await proxy.sink.ended(1);
    expect([recorded?.requestBody.length, recorded?.responseBody.length]).toEqual([2_000_000, 3_000_000]);
  });
});

describe('3 4 an origin that does not answer', () => {
  it('3 in time: 504', async () => {
    await using proxy = await bench().start({ timeouts: { idle: 300 } });
    await using to = await rawHttp2Origin(bench().tls, () => {});
    await using client = await http2Client(proxy.port, to.port, proxy.ca);
    const answer = client.request(pseudo(to.port, '/'));
    await proxy.sink.find(({ row }) => row.state === 'active');
    expect(await answer).toMatchObject({ status: 504 });
    // It is told that nobody waits any more.
    await (await to.first).until(({ type }) => type === TYPE.reset);
    expect((await proxy.sink.ended(1))[0]?.session.row.error).toBe('timeout');
  });

  it('4 at all: 502 with the cause', async () => {
    const gone = await rawHttp2Origin(bench().tls, () => {});
    await gone[Symbol.asyncDispose]();
    await using proxy = await bench().start(always);
    await using client = await http2Client(proxy.port, gone.port, proxy.ca);
    const answer = await client.request(pseudo(gone.port, '/'));
    expect([answer.status, answer.body.toString()]).toEqual([502, expect.stringMatching(/refused/)]);
    expect((await proxy.sink.ended(1))[0]?.session.row).toMatchObject({ state: 'failed', error: 'refused' });
  });
});

describe('5 6 half-closed connections', () => {
  it('5 a client that has said all is answered', async () => {
    await using proxy = await bench().start();
    await using to = await http2Origin(bench().tls, (stream) => {
      setTimeout(() => {
        stream.respond({ ':status': 200 });
        stream.end('ok');
      }, 50);
    });
    await using client = await rawHttp2Client(proxy, to.port);
    client.write(headers(1, pseudo(to.port, '/')));
    await proxy.sink.find(({ facts }) => facts.serverStream === 1);
    client.socket.end();
    await client.until(({ type, flags }) => type === TYPE.data && flags === 1);
    await client.closed;
    expect((await proxy.sink.ended(1))[0]?.session.row.state).toBe('completed');
  });

  it('6 what the origin sent before it closed is flushed first', async () => {
    await using proxy = await bench().start();
    const body = Buffer.alloc(60_000, 'x');
    await using to = await rawHttp2Origin(bench().tls, (peer, { stream }) => {
      const pieces = Array.from({ length: 6 }, (_, i) =>
        frame(TYPE.data, i === 5 ? 1 : 0, stream, body.subarray(i * 10_000, (i + 1) * 10_000)),
      );
      peer.socket.end(Buffer.concat([headers(stream, [[':status', '200']], 0), ...pieces]));
    });
    await using client = await http2Client(proxy.port, to.port, proxy.ca);
    expect((await client.request(pseudo(to.port, '/'))).body).toHaveLength(60_000);
    expect((await proxy.sink.ended(1))[0]?.session.row.state).toBe('completed');
  });
});
