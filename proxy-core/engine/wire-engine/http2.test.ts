/** HTTP/2 on either side and on both: what passes, in which version, and what the session says of it. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { headerValue } from '#model/headers.ts';
import { echoOrigin } from '../../testing/echo-origin.ts';
import { answerOf, http2Client, pseudo, tlsThrough } from '../../testing/http2-client.ts';
import { http2Origin } from '../../testing/http2-origin.ts';
import { viaProxy } from '../../testing/proxy-client.ts';
import { rawOrigin, reply } from '../../testing/raw-origin.ts';
import { type Surroundings, surroundings } from '../contract-tests/bench-engine.ts';
import { createWireEngine } from './wire-engine.ts';

let made: Surroundings | undefined;
const bench = () => {
  if (!made) throw new Error('used outside a test');
  return made;
};
beforeAll(async () => {
  made = await surroundings(createWireEngine);
});
afterAll(async () => {
  await made?.[Symbol.asyncDispose]();
});

describe('h2 to h2', () => {
  it('carries requests and answers with order and duplicates, and records both stream ids', async () => {
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
      facts: { serverHttpVersion: 'HTTP/2.0', clientStream: 1, serverStream: 1 },
    });
    expect(recorded?.requestBody.toString()).toBe('body');
    expect(Buffer.from(recorded?.responseBody ?? []).toString()).toBe('hello');
  });

  it('runs many streams on one connection to the origin', async () => {
    await using proxy = await bench().start();
    await using origin = await http2Origin(bench().tls, (stream, fields) => {
      stream.respond({ ':status': 200 });
      stream.end(headerValue(fields, ':path'));
    });
    await using client = await http2Client(proxy.port, origin.port, proxy.ca);
    const paths = Array.from({ length: 100 }, (_, i) => `/${i}`);
    const answers = await Promise.all(paths.map((path) => client.request(pseudo(origin.port, path))));
    expect(answers.map(({ body }) => body.toString())).toEqual(paths);
    expect(origin.connections()).toBe(1);
    await proxy.sink.ended(100);
  });

  it('passes trailers both ways, streams while they run, and a reset as a reset', async () => {
    await using proxy = await bench().start();
    await using origin = await http2Origin(bench().tls, (stream, fields) => {
      if (headerValue(fields, ':path') === '/reset') {
        // Waiting for trailers keeps Node from ending the data before the reset.
        stream.respond({ ':status': 200 }, { waitForTrailers: true });
        stream.write('part', () => stream.close(8));
        return;
      }
      stream.respond({ ':status': 200, 'content-type': 'application/grpc' }, { waitForTrailers: true });
      stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0' }));
      stream.on('data', (chunk: Buffer) => stream.write(`echo ${chunk.toString()}`));
      stream.on('end', () => stream.end());
    });
    await using client = await http2Client(proxy.port, origin.port, proxy.ca);
    const stream = client.open([...pseudo(origin.port, '/svc/Method', 'POST'), ['te', 'trailers']]);
    const answer = answerOf(stream);
    const echoes: string[] = [];
    for (const word of ['one', 'two']) {
      const echo = new Promise<void>((resolve) => {
        stream.once('data', (chunk: Buffer) => {
          echoes.push(chunk.toString());
          resolve();
        });
      });
      stream.write(word);
      await echo;
    }
    stream.end();
    expect(echoes).toEqual(['echo one', 'echo two']);
    expect((await answer).trailers).toEqual([['grpc-status', '0']]);
    const reset = await client.request(pseudo(origin.port, '/reset'));
    expect(reset.rstCode).not.toBe(0);
    const sessions = await proxy.sink.ended(2);
    expect(sessions[0]?.session.response?.trailers).toEqual([['grpc-status', '0']]);
    expect(sessions[1]?.session.row).toMatchObject({ state: 'server-aborted', error: 'origin-gone' });
  });
});

describe('versions that differ', () => {
  it('mirrors what the origin speaks, and remembers it', async () => {
    await using proxy = await bench().start();
    await using old = await echoOrigin({ tls: bench().tls });
    await using modern = await http2Origin(bench().tls, (stream) =>
      stream.respond({ ':status': 204 }, { endStream: true }),
    );
    const offered = async (port: number) => {
      const tls = await tlsThrough(proxy.port, port, proxy.ca, ['h2', 'http/1.1']);
      tls.destroy();
      return tls.alpnProtocol;
    };
    expect([await offered(old.port), await offered(modern.port), await offered(modern.port)]).toEqual([
      'http/1.1',
      'h2',
      'h2',
    ]);
    expect(modern.connections()).toBe(1);
  });

  it('h2 to h1: one Cookie, a Host, chunks for a body without length', async () => {
    await using proxy = await bench().start({ protocol: { http2: 'always' } });
    await using origin = await rawOrigin({
      tls: bench().tls,
      onRequest: reply(
        'HTTP/1.1 200 Fine\r\nSet-Cookie: a\r\nConnection: keep-alive\r\nContent-Length: 2\r\n\r\nok',
      ),
    });
    await using client = await http2Client(proxy.port, origin.port, proxy.ca);
    const answer = await client.request([
      ...pseudo(origin.port, '/c'),
      ['cookie', 'a=1'],
      ['cookie', 'b=2'],
      ['te', 'trailers'],
    ]);
    expect(answer).toMatchObject({ status: 200 });
    expect(answer.body.toString()).toBe('ok');
    expect(headerValue(answer.headers, 'connection')).toBeUndefined();
    const text = origin.received().toString('latin1');
    expect(text).toMatch(/^GET \/c HTTP\/1\.1\r\n/);
    expect(text).toContain(`host: localhost:${origin.port}\r\n`);
    expect(text).toContain('cookie: a=1; b=2\r\n');
    const [recorded] = await proxy.sink.ended(1);
    expect(recorded?.session).toMatchObject({
      row: { httpVersion: 'HTTP/2.0', state: 'completed' },
      facts: { serverHttpVersion: 'HTTP/1.1', clientStream: 1 },
    });
  });

  it('h1 to an origin that has HTTP/2 alone', async () => {
    await using proxy = await bench().start();
    await using origin = await http2Origin(bench().tls, (stream) => {
      stream.respond({ ':status': 201, 'x-a': 'b' });
      stream.end('made');
    });
    const answer = await viaProxy({
      proxyPort: proxy.port,
      ca: proxy.ca,
      url: `${origin.url}/m`,
      method: 'PUT',
      body: 'x',
    });
    expect(answer).toMatchObject({ status: 201, complete: true });
    expect(answer.body.toString()).toBe('made');
    const [recorded] = await proxy.sink.ended(1);
    expect(recorded?.session).toMatchObject({
      row: { httpVersion: 'HTTP/1.1', state: 'completed' },
      facts: { serverHttpVersion: 'HTTP/2.0', serverStream: 1 },
    });
  });
});
