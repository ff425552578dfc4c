/** What becomes of a client's streams: the head that the session gets, where the request goes, and how what is no request is refused. */
import { describe, expect, it } from 'vitest';
import { headerValue } from '#model/headers.ts';
import { answerOf, http2Client, pseudo } from '../../testing/http2-client.ts';
import { frame, headers, PREFACE, TYPE } from '../../testing/http2-frames.ts';
import { http2Origin } from '../../testing/http2-origin.ts';
import { rawHttp2Client } from '../../testing/http2-raw-peers.ts';
import { httpOrigin } from '../../testing/origin.ts';
import { rawClient } from '../../testing/raw-client.ts';
import { wireBench } from '../conformance/harness.ts';

const bench = wireBench();

describe('a stream becomes a request', () => {
  it('with order and duplicates, and both stream ids in the session', async () => {
    await using proxy = await bench().start();
    await using origin = await http2Origin(bench().tls, (stream) => {
      stream.respond([
        ':status',
        '200',
        'x-b',
        '1',
        'set-cookie',
        'a=1',
        'x-a',
        '2',
        'set-cookie',
        'b=2',
      ] as never);
      stream.end('hello');
    });
    await using client = await http2Client(proxy.port, origin.port, proxy.ca);
    const answer = await client.request(
      [...pseudo(origin.port, '/x?y=1', 'POST'), ['x-second', '2'], ['x-first', '1'], ['x-second', '3']],
      'body',
    );
    expect(answer).toMatchObject({ status: 200, rstCode: 0 });
    expect(answer.body.toString()).toBe('hello');
    expect(answer.headers.filter(([name]) => name !== 'date')).toEqual([
      ['x-b', '1'],
      ['set-cookie', 'a=1'],
      ['x-a', '2'],
      ['set-cookie', 'b=2'],
    ]);
    expect(origin.received[0]?.body.toString()).toBe('body');
    expect(origin.received[0]?.headers.slice(4)).toEqual([
      ['x-second', '2'],
      ['x-first', '1'],
      ['x-second', '3'],
    ]);
    const [recorded] = await proxy.sink.ended(1);
    expect(recorded?.session).toMatchObject({
      row: {
        state: 'completed',
        status: 200,
        httpVersion: 'HTTP/2.0',
        url: `https://localhost:${origin.port}/x?y=1`,
      },
      request: { head: { method: 'POST', target: '/x?y=1' } },
      facts: { serverHttpVersion: 'HTTP/2.0', clientStream: 1, serverStream: 1 },
    });
    // What went on is what came.
    expect(recorded?.session.request.sent).toBeUndefined();
    expect(recorded?.session.response?.sent).toBeUndefined();
  });

  it('whose host is the authority, and not said twice where it is said', async () => {
    await using proxy = await bench().start();
    await using origin = await http2Origin(bench().tls, (stream) =>
      stream.respond({ ':status': 204 }, { endStream: true }),
    );
    await using client = await rawHttp2Client(proxy, origin.port);
    const authority = `localhost:${origin.port}`;
    const own = pseudo(origin.port, '/');
    client.write(
      headers(1, own),
      headers(3, [...own, ['host', authority]]),
      headers(5, [...own.filter(([name]) => name !== ':authority'), ['host', authority]]),
    );
    for (const { session } of await proxy.sink.ended(3)) {
      expect(session.request.head.headers).toEqual([['host', authority]]);
    }
    for (const { headers: received } of origin.received) {
      expect([headerValue(received, ':authority'), headerValue(received, 'host')]).toEqual([
        authority,
        undefined,
      ]);
    }
  });

  it('whose trailers follow, while both sides still speak', async () => {
    await using proxy = await bench().start();
    await using origin = await http2Origin(bench().tls, (stream) => {
      stream.respond({ ':status': 200, 'content-type': 'application/grpc' }, { waitForTrailers: true });
      stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0' }));
      stream.on('data', (chunk: Buffer) => stream.write(`echo ${chunk.toString()}`));
      stream.on('end', () => stream.end());
    });
    await using client = await http2Client(proxy.port, origin.port, proxy.ca);
    const stream = client.open([...pseudo(origin.port, '/svc/Method', 'POST'), ['te', 'trailers']]);
    const answer = answerOf(stream);
    for (const word of ['one', 'two']) {
      const echo = new Promise((resolve) => stream.once('data', resolve));
      stream.write(word);
      expect(String(await echo)).toBe(`echo ${word}`);
    }
    stream.end();
    expect((await answer).trailers).toEqual([['grpc-status', '0']]);
  });

  it('to the origin that a reverse listener stands for', async () => {
    await using origin = await httpOrigin((request, response) =>
      response.end(`${request.headers.host} ${request.url}`),
    );
    await using proxy = await bench().start({ inbound: { reverse: [{ origin: origin.url, port: 0 }] } });
    await using client = await rawClient(proxy.engine.reverse?.[0]?.port ?? 0);
    const fields = pseudo(1, '/x').map(([name, value]): [string, string] => [
      name,
      name === ':authority' ? 'other.test' : value,
    ]);
    client.write(Buffer.concat([PREFACE, frame(TYPE.settings, 0, 0), headers(1, fields)]));
    await client.until(new RegExp(`127\\.0\\.0\\.1:${origin.port} /x`));
    expect((await proxy.sink.ended(1))[0]?.session.row.url).toBe(`${origin.url}/x`);
  });
});

describe('what is no request', () => {
  it('is reset, and a session keeps what came', async () => {
    await using proxy = await bench().start();
    await using origin = await http2Origin(bench().tls, () => {});
    await using client = await rawHttp2Client(proxy, origin.port);
    const fields: [string, string][] = [...pseudo(origin.port, '/'), ['X', '1']];
    client.write(headers(1, fields));
    await client.until(({ type }) => type === TYPE.reset);
    const [recorded] = await proxy.sink.ended(1);
    expect(recorded?.session).toMatchObject({
      row: { state: 'failed', method: 'GET', url: `https://localhost:${origin.port}/` },
      request: { head: { headers: fields } },
      facts: { clientStream: 1 },
    });
  });

  it('without any, the connection gets a session; with one, it needs none', async () => {
    await using proxy = await bench().start();
    await using origin = await http2Origin(bench().tls, (stream) =>
      stream.respond({ ':status': 204 }, { endStream: true }),
    );
    await using mute = await rawHttp2Client(proxy, origin.port);
    mute.write(Buffer.alloc(20, 0xff));
    await mute.closed;
    await using other = await rawHttp2Client(proxy, origin.port);
    other.write(headers(1, pseudo(origin.port, '/')));
    await proxy.sink.ended(2);
    other.write(Buffer.alloc(20, 0xff));
    await other.closed;
    const sessions = proxy.sink.sessions().map(({ session }) => `${session.row.method} ${session.row.state}`);
    expect(sessions).toEqual(['PRI failed', 'GET completed']);
  });

  it('is not recorded while nothing is captured', async () => {
    await using proxy = await bench().start({ capturing: () => false });
    await using origin = await http2Origin(bench().tls, () => {});
    await using client = await rawHttp2Client(proxy, origin.port);
    client.write(headers(1, [['X', '1']]));
    await client.until(({ type }) => type === TYPE.reset);
    expect(proxy.sink.sessions()).toEqual([]);
  });
});
