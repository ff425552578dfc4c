/** Which version an origin is spoken to in, which connection a request goes out on, and what is remembered of it. */
import { describe, expect, it } from 'vitest';
import { headerValue } from '#model/headers.ts';
import { echoOrigin } from '../../testing/echo-origin.ts';
import { http2Client, pseudo, tlsThrough } from '../../testing/http2-client.ts';
import { frame, headers, TYPE, uint32 } from '../../testing/http2-frames.ts';
import { http2Origin } from '../../testing/http2-origin.ts';
import { rawHttp2Client, rawHttp2Origin } from '../../testing/http2-raw-peers.ts';
import { viaProxy } from '../../testing/proxy-client.ts';
import { rawClient } from '../../testing/raw-client.ts';
import { rawOrigin, reply } from '../../testing/raw-origin.ts';
import { wireBench } from '../conformance/harness.ts';

const bench = wireBench();
const noContent = () =>
  http2Origin(bench().tls, (stream) => stream.respond({ ':status': 204 }, { endStream: true }));

describe('the version', () => {
  it('is what the origin speaks; it is asked once, by the connection that serves the first request', async () => {
    await using proxy = await bench().start();
    await using old = await echoOrigin({ tls: bench().tls });
    await using modern = await noContent();
    const offered = async (port: number) => {
      const tls = await tlsThrough(proxy.port, port, proxy.ca, ['h2', 'http/1.1']);
      tls.destroy();
      return tls.alpnProtocol;
    };
    const all = [await offered(old.port), await offered(modern.port), await offered(modern.port)];
    expect(all).toEqual(['http/1.1', 'h2', 'h2']);
    await using client = await http2Client(proxy.port, modern.port, proxy.ca);
    await client.request(pseudo(modern.port, '/'));
    expect(modern.connections()).toBe(1);
  });

  it('clients that come at the same time ask together', async () => {
    await using proxy = await bench().start();
    await using modern = await noContent();
    const all = await Promise.all(
      Array.from({ length: 10 }, () => tlsThrough(proxy.port, modern.port, proxy.ca, ['h2'])),
    );
    for (const tls of all) tls.destroy();
    expect(modern.connections()).toBe(1);
  });

  it('HTTP/1.1 to an origin that has HTTP/2 alone becomes that', async () => {
    await using proxy = await bench().start();
    await using origin = await http2Origin(bench().tls, (stream) => {
      stream.respond({ ':status': 201, 'x-a': 'b' });
      stream.end('made');
    });
    const ask = () =>
      viaProxy({ proxyPort: proxy.port, ca: proxy.ca, url: `${origin.url}/m`, method: 'PUT', body: 'x' });
    for (let i = 0; i < 2; i += 1) expect(await ask()).toMatchObject({ status: 201, complete: true });
    const [first, second] = await proxy.sink.ended(2);
    expect(first?.session.facts).toMatchObject({ serverHttpVersion: 'HTTP/2.0', serverStream: 1 });
    expect(second?.session.facts).toMatchObject({ serverReused: true, serverStream: 3 });
  });

  it('one that does not answer our question is told of by the request', async () => {
    await using proxy = await bench().start();
    const gone = await noContent();
    await gone[Symbol.asyncDispose]();
    const tls = await tlsThrough(proxy.port, gone.port, proxy.ca, ['h2', 'http/1.1']);
    expect(tls.alpnProtocol).toBe('http/1.1');
    tls.write(`GET / HTTP/1.1\r\nHost: localhost:${gone.port}\r\nConnection: close\r\n\r\n`);
    const answer: Buffer[] = [];
    for await (const chunk of tls as AsyncIterable<Buffer>) answer.push(chunk);
    expect(Buffer.concat(answer).toString()).toMatch(/^HTTP\/1\.1 502 /);
  });

  it('an upgrade is asked for in HTTP/1.1 whatever else there is', async () => {
    await using proxy = await bench().start();
    await using origin = await http2Origin(bench().tls, () => {}, {
      allowHTTP1: true,
      http1: (_request, response) => void response.writeHead(426).end(),
    });
    await using client = await http2Client(proxy.port, origin.port, proxy.ca);
    expect(client.session.alpnProtocol).toBe('h2');
    const answer = await viaProxy({
      proxyPort: proxy.port,
      ca: proxy.ca,
      url: `${origin.url}/chat`,
      headers: [
        ['Connection', 'Upgrade'],
        ['Upgrade', 'x'],
      ],
    });
    expect(answer.status).toBe(426);
  });
});

describe('the connection', () => {
  it('of HTTP/2 is shared by all clients', async () => {
    await using proxy = await bench().start();
    await using origin = await http2Origin(bench().tls, (stream, fields) => {
      stream.respond({ ':status': 200 });
      stream.end(headerValue(fields, ':path'));
    });
    await using one = await http2Client(proxy.port, origin.port, proxy.ca);
    await using other = await http2Client(proxy.port, origin.port, proxy.ca);
    const paths = Array.from({ length: 100 }, (_, i) => `/${i}`);
    const answers = await Promise.all(
      paths.map((path, i) => (i % 2 === 0 ? one : other).request(pseudo(origin.port, path))),
    );
    expect(answers.map(({ body }) => body.toString())).toEqual(paths);
    expect(origin.connections()).toBe(1);
  });

  it('a new one when the old one says that it goes, while that still answers', async () => {
    await using proxy = await bench().start();
    let asked = 0;
    await using origin = await rawHttp2Origin(bench().tls, (peer, { stream }) => {
      asked += 1;
      if (asked === 1) peer.write(frame(TYPE.goaway, 0, 0, Buffer.concat([uint32(stream), uint32(0)])));
      else peer.write(headers(stream, [[':status', '204']]));
    });
    await using client = await rawHttp2Client(proxy, origin.port);
    client.write(headers(1, pseudo(origin.port, '/slow')));
    await (await origin.first).until(({ type }) => type === TYPE.headers);
    client.write(headers(3, pseudo(origin.port, '/')));
    await client.until(({ type, stream }) => type === TYPE.headers && stream === 3);
    origin.peers[0]?.write(headers(1, [[':status', '204']]));
    await client.until(({ type, stream }) => type === TYPE.headers && stream === 1);
    expect(origin.connections()).toBe(2);
  });

  it('HTTP/2 clients of an HTTP/1.1 origin get one each at a time', async () => {
    await using proxy = await bench().start({ protocol: { http2: 'always' } });
    await using origin = await rawOrigin({
      tls: bench().tls,
      onRequest: reply(
        'HTTP/1.1 200 Fine\r\nSet-Cookie: a\r\nConnection: keep-alive\r\nContent-Length: 2\r\n\r\nok',
      ),
    });
    await using client = await http2Client(proxy.port, origin.port, proxy.ca);
    const answers = await Promise.all(
      Array.from({ length: 5 }, (_, i) => client.request(pseudo(origin.port, `/${i}`))),
    );
    expect(answers.map(({ body }) => body.toString())).toEqual(Array.from({ length: 5 }, () => 'ok'));
    expect(answers.every(({ headers: fields }) => headerValue(fields, 'connection') === undefined)).toBe(
      true,
    );
    const before = origin.connections();
    await client.request(pseudo(origin.port, '/again'));
    expect(origin.connections()).toBe(before);
    expect(origin.received().toString('latin1')).toMatch(
      /^GET \/\d HTTP\/1\.1\r\n[\s\S]*host: localhost:\d+\r\n/,
    );
  });

  it('a request given up before there is one takes nothing with it', async () => {
    const { promise: asked, resolve } = Promise.withResolvers<void>();
    await using proxy = await bench().start({
      lookup: (_host, options, answer) => {
        resolve();
        const address = { address: '127.0.0.1', family: 4 };
        setTimeout(
          () => (options.all ? answer(null, [address]) : answer(null, address.address, address.family)),
          100,
        );
      },
    });
    await using origin = await noContent();
    await using client = await rawClient(proxy.port);
    client.write(`GET http://slow.test:${origin.port}/ HTTP/1.1\r\nHost: slow.test\r\n\r\n`);
    await asked;
    client.socket.resetAndDestroy();
    const [recorded] = await proxy.sink.ended(1);
    expect(recorded?.session.row.state).toBe('client-aborted');
  });
});
