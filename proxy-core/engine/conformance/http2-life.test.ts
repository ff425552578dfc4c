/** From the first frame of an HTTP/2 connection to its last: how many streams, who may try again, who is told of the end, and no TLS. */
import { describe, expect, it } from 'vitest';
import { type HeaderPair, headerValue } from '#model/headers.ts';
import { answerOf, http2Client, pseudo, tlsThrough } from '../../testing/http2-client.ts';
import { frame, headers, PREFACE, TYPE, uint32 } from '../../testing/http2-frames.ts';
import { http2Origin } from '../../testing/http2-origin.ts';
import { type RawHttp2Peer, rawHttp2Client, rawHttp2Origin } from '../../testing/http2-raw-peers.ts';
import { httpOrigin } from '../../testing/origin.ts';
import { rawClient } from '../../testing/raw-client.ts';
import { wireBench } from './harness.ts';

const bench = wireBench();
const setting = (id: number, value: number) =>
  frame(TYPE.settings, 0, 0, Buffer.concat([Buffer.of(0, id), uint32(value)]));
const goAway = (last: number, code = 0) =>
  frame(TYPE.goaway, 0, 0, Buffer.concat([uint32(last), uint32(code)]));
const ok = (peer: RawHttp2Peer, stream: number) =>
  peer.write(headers(stream, [[':status', '200']], 0), frame(TYPE.data, 1, stream, Buffer.from('ok')));

describe('73 70 an origin that goes away', () => {
  it('answers what it has begun, and what it has not begun is asked once more elsewhere', async () => {
    await using proxy = await bench().start();
    let asked = 0;
    await using to = await rawHttp2Origin(bench().tls, (peer, { stream }) => {
      asked += 1;
      if (asked < 3) return;
      if (asked > 3) ok(peer, stream);
      else {
        // Three are under way: the first was begun, the others were not.
        peer.write(goAway(1));
        setTimeout(() => ok(peer, 1), 50);
      }
    });
    await using client = await http2Client(proxy.port, to.port, proxy.ca);
    const paths = ['/1', '/2', '/3'];
    const answers = await Promise.all(paths.map((path) => client.request(pseudo(to.port, path))));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect([asked, to.connections()]).toEqual([5, 2]);
    expect((await proxy.sink.ended(3)).map(({ session }) => session.row.state)).toEqual(
      paths.map(() => 'completed'),
    );
  });

  it.each([
    ['GET', undefined, 200, 2],
    ['POST', 'body', 502, 1],
  ] as const)(
    '%s refused by REFUSED_STREAM: asked again only where that is safe',
    async (method, body, status, times) => {
      await using proxy = await bench().start();
      let asked = 0;
      await using to = await rawHttp2Origin(bench().tls, (peer, { stream }) => {
        asked += 1;
        if (asked === 1) peer.write(frame(TYPE.reset, 0, stream, uint32(7)));
        else ok(peer, stream);
      });
      await using client = await http2Client(proxy.port, to.port, proxy.ca);
      expect((await client.request(pseudo(to.port, '/', method), body)).status).toBe(status);
      expect(asked).toBe(times);
    },
  );

  it('is asked once more, not for ever', async () => {
    await using proxy = await bench().start();
    let asked = 0;
    await using to = await rawHttp2Origin(bench().tls, (peer) => {
      asked += 1;
      peer.socket.end(goAway(0));
    });
    await using client = await http2Client(proxy.port, to.port, proxy.ca);
    expect((await client.request(pseudo(to.port, '/'))).status).toBe(502);
    expect(asked).toBe(2);
    expect((await proxy.sink.ended(1))[0]?.session.row).toMatchObject({ state: 'failed', error: 'reset' });
  });

  it('without a word, after it has served: a GET is asked again', async () => {
    await using proxy = await bench().start();
    let asked = 0;
    await using to = await rawHttp2Origin(bench().tls, (peer, { stream }) => {
      asked += 1;
      if (asked === 2) peer.socket.destroy();
      else ok(peer, stream);
    });
    await using client = await http2Client(proxy.port, to.port, proxy.ca);
    await client.request(pseudo(to.port, '/1'));
    expect((await client.request(pseudo(to.port, '/2'))).status).toBe(200);
    expect(asked).toBe(3);
  });

  it('wants HTTP/1.1 for what it was asked: gets it', async () => {
    await using proxy = await bench().start();
    await using to = await http2Origin(bench().tls, (stream) => stream.close(13), {
      allowHTTP1: true,
      http1: (_request, response) => void response.end('by 1.1'),
    });
    await using client = await http2Client(proxy.port, to.port, proxy.ca);
    const answer = await client.request(pseudo(to.port, '/'));
    expect([answer.status, answer.body.toString()]).toEqual([200, 'by 1.1']);
    const [recorded] = await proxy.sink.ended(1);
    expect(recorded?.session).toMatchObject({
      row: { httpVersion: 'HTTP/2.0' },
      facts: { serverHttpVersion: 'HTTP/1.1', serverTls: { alpnOffered: ['http/1.1'] } },
    });
  });
});

describe('as many streams as the origin allows', () => {
  it('more wait for their turn or for another connection, and none fails', async () => {
    await using proxy = await bench().start();
    let most = 0;
    await using to = await rawHttp2Origin(
      bench().tls,
      (peer, { stream }) => {
        const own = (type: number, flags: number) => (f: { type: number; flags: number }) =>
          f.type === type && (f.flags & flags) !== 0;
        const begun = peer.frames().filter(own(TYPE.headers, 1)).length;
        const ended = answered.get(peer) ?? 0;
        most = Math.max(most, begun - ended);
        setTimeout(() => {
          answered.set(peer, (answered.get(peer) ?? 0) + 1);
          ok(peer, stream);
        }, 5);
      },
      { settings: setting(3, 2) },
    );
    const answered = new Map<RawHttp2Peer, number>();
    await using client = await http2Client(proxy.port, to.port, proxy.ca);
    const answers = await Promise.all(
      Array.from({ length: 60 }, (_, i) => client.request(pseudo(to.port, `/${i}`))),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(60);
    expect(most).toBeLessThanOrEqual(2);
    expect(to.connections()).toBeLessThanOrEqual(6);
  });

  it('3 an origin that allows none at all is waited for as long as for an answer', async () => {
    await using proxy = await bench().start({ timeouts: { idle: 400 } });
    await using to = await rawHttp2Origin(bench().tls, () => {}, { settings: setting(3, 0) });
    await using client = await http2Client(proxy.port, to.port, proxy.ca);
    expect((await client.request(pseudo(to.port, '/'))).status).toBe(504);
    const [recorded] = await proxy.sink.ended(1);
    expect(recorded?.session.row).toMatchObject({ state: 'failed', error: 'timeout' });
  });

  it('a request that waits can be given up', async () => {
    await using proxy = await bench().start();
    await using to = await rawHttp2Origin(bench().tls, () => {}, { settings: setting(3, 1) });
    await using client = await rawHttp2Client(proxy, to.port);
    for (let id = 1; id <= 15; id += 2) client.write(headers(id, pseudo(to.port, `/${id}`)));
    await proxy.sink.find(({ row }) => row.path === '/15');
    client.write(frame(TYPE.reset, 0, 15, uint32(8)));
    const gone = await proxy.sink.find(({ row }) => row.path === '/15' && row.state !== 'active');
    expect(gone.session.row.state).toBe('client-aborted');
    expect(gone.session.facts.serverStream).toBeUndefined();
  });
});

describe('the end of a connection', () => {
  it('a client that asks nothing for a while is sent away', async () => {
    await using proxy = await bench().start({ timeouts: { clientKeepAlive: 200 } });
    await using to = await http2Origin(bench().tls, (stream) =>
      stream.respond({ ':status': 204 }, { endStream: true }),
    );
    await using client = await rawHttp2Client(proxy, to.port);
    client.write(headers(1, pseudo(to.port, '/')));
    const goaway = await client.until(({ type }) => type === TYPE.goaway);
    expect([goaway.payload.readUInt32BE(), goaway.payload.readUInt32BE(4)]).toEqual([1, 0]);
    await client.closed;
  });

  it('one whose answer takes longer is not', async () => {
    await using proxy = await bench().start({ timeouts: { clientKeepAlive: 200 } });
    await using to = await rawHttp2Origin(
      bench().tls,
      (peer, { stream }) => void setTimeout(() => ok(peer, stream), 800),
    );
    await using client = await http2Client(proxy.port, to.port, proxy.ca);
    expect((await client.request(pseudo(to.port, '/'))).status).toBe(200);
  });

  it('a client that goes away itself gets what it has asked for', async () => {
    await using proxy = await bench().start();
    await using to = await rawHttp2Origin(
      bench().tls,
      (peer, { stream }) => void setTimeout(() => ok(peer, stream), 100),
    );
    await using client = await rawHttp2Client(proxy, to.port);
    client.write(headers(1, pseudo(to.port, '/')), goAway(0));
    await client.until(({ type, flags }) => type === TYPE.data && flags === 1);
    await client.closed;
  });

  it('an engine that closes tells its clients, and every session ends', async () => {
    const proxy = await bench().start();
    await using to = await rawHttp2Origin(bench().tls, () => {});
    await using client = await rawHttp2Client(proxy, to.port);
    client.write(headers(1, pseudo(to.port, '/')), headers(3, pseudo(to.port, '/up', 'POST'), 0));
    await proxy.sink.find(({ facts }) => facts.serverStream === 3);
    await proxy[Symbol.asyncDispose]();
    const goaway = await client.until(({ type }) => type === TYPE.goaway);
    expect([goaway.payload.readUInt32BE(), goaway.payload.readUInt32BE(4)]).toEqual([3, 0]);
    for (const id of [1, 3]) await client.until(({ type, stream }) => type === TYPE.reset && stream === id);
    await client.closed;
    for (const { session } of await proxy.sink.ended(2)) expect(session.row.state).toBe('failed');
  });
});

describe('54 what is agreed on', () => {
  it.each([
    ['mirror', ['h2', 'http/1.1'], 'h2'],
    ['mirror', ['http/1.1'], 'http/1.1'],
    ['mirror', ['h2'], 'h2'],
    ['off', ['h2', 'http/1.1'], 'http/1.1'],
    ['always', ['http/1.1', 'h2'], 'h2'],
  ] as const)('http2 %s, a client that offers %j: %s', async (http2, offered, agreed) => {
    await using proxy = await bench().start({ protocol: { http2 } });
    await using to = await http2Origin(bench().tls, () => {}, { allowHTTP1: true });
    const tls = await tlsThrough(proxy.port, to.port, proxy.ca, offered);
    expect(tls.alpnProtocol).toBe(agreed);
    tls.destroy();
  });

  it('a client that is given less than it offered can be told by the session', async () => {
    await using proxy = await bench().start();
    await using to = await httpOrigin((_request, response) => response.end('old'), { tls: bench().tls });
    const tls = await tlsThrough(proxy.port, to.port, proxy.ca, ['h2', 'http/1.1']);
    tls.write(`GET / HTTP/1.1\r\nHost: localhost:${to.port}\r\n\r\n`);
    const [recorded] = await proxy.sink.ended(1);
    expect(recorded?.session.facts).toMatchObject({
      clientTls: { alpn: 'http/1.1', alpnOffered: ['h2', 'http/1.1'] },
      serverTls: { alpn: 'http/1.1', alpnOffered: ['h2', 'http/1.1'] },
      serverHttpVersion: 'HTTP/1.1',
    });
    tls.destroy();
  });
});

describe('without TLS, with prior knowledge (RFC 9113 §3.3)', () => {
  const clear = (port: number, path: string): HeaderPair[] => [
    [':method', 'GET'],
    [':scheme', 'http'],
    [':authority', `127.0.0.1:${port}`],
    [':path', path],
  ];

  it('inside a tunnel: the origin is spoken to in the same way', async () => {
    await using proxy = await bench().start();
    await using to = await rawHttp2Origin(undefined, (peer, { stream }) => ok(peer, stream));
    await using client = await rawHttp2Client({ port: proxy.port }, to.port);
    for (const id of [1, 3, 5]) {
      client.write(headers(id, clear(to.port, `/${id}`)));
      await client.until(({ type, stream, flags }) => type === TYPE.data && stream === id && flags === 1);
    }
    expect(to.connections()).toBe(1);
    const [recorded] = await proxy.sink.ended(3);
    expect(recorded?.session).toMatchObject({
      row: { url: `http://127.0.0.1:${to.port}/1`, httpVersion: 'HTTP/2.0', state: 'completed' },
      facts: { serverHttpVersion: 'HTTP/2.0', clientStream: 1, serverStream: 1 },
    });
  });

  it('an origin that has HTTP/1.1 alone is spoken to in that, uploads too', async () => {
    await using proxy = await bench().start();
    await using to = await httpOrigin((request, response) => {
      let size = 0;
      request.on('data', (chunk: Buffer) => {
        size += chunk.length;
      });
      request.on('end', () => response.end(`${request.method} ${size}`));
    });
    await using client = await rawHttp2Client({ port: proxy.port }, to.port);
    const fields = clear(to.port, '/').map(
      ([name, value]): HeaderPair => [name, name === ':method' ? 'POST' : value],
    );
    client.write(headers(1, fields, 0), frame(TYPE.data, 1, 1, Buffer.from('hello')));
    const answer = await client.until(({ type, stream }) => type === TYPE.data && stream === 1);
    expect(answer.payload.toString()).toBe('POST 5');
    const tried = to.connections();
    client.write(headers(3, clear(to.port, '/')));
    await client.until(({ type, stream }) => type === TYPE.data && stream === 3);
    // What was learned is remembered.
    expect([tried, to.connections()]).toEqual([2, 2]);
    const [recorded] = await proxy.sink.ended(2);
    expect(recorded?.session.facts).toMatchObject({ serverHttpVersion: 'HTTP/1.1', clientStream: 1 });
  });

  it('on the proxy port: requests name their origins, one connection for all', async () => {
    await using proxy = await bench().start();
    await using one = await httpOrigin((request, response) => response.end(`one ${request.url}`));
    await using other = await rawHttp2Origin(undefined, (peer, { stream }) => ok(peer, stream));
    await using client = await rawClient(proxy.port);
    client.write(
      Buffer.concat([
        PREFACE,
        frame(TYPE.settings, 0, 0),
        headers(1, clear(one.port, '/x')),
        headers(3, clear(other.port, '/y')),
      ]),
    );
    await client.until(/one \/x/);
    await client.until(/ok/);
    const urls = (await proxy.sink.ended(2)).map(({ session }) => session.row.url);
    expect(urls.sort()).toEqual(
      [`http://127.0.0.1:${one.port}/x`, `http://127.0.0.1:${other.port}/y`].sort(),
    );
  });

  it('our own pages are there too', async () => {
    await using proxy = await bench().start();
    await using client = await rawClient(proxy.port);
    const fields = clear(80, '/ca').map(
      ([name, value]): HeaderPair => [name, name === ':authority' ? 'sluice.cert' : value],
    );
    client.write(Buffer.concat([PREFACE, frame(TYPE.settings, 0, 0), headers(1, fields)]));
    await client.until(/own page sluice\.cert:80 \/ca/);
    expect(proxy.sink.sessions()).toHaveLength(0);
  });
});

describe('many at once', () => {
  it('a hundred streams with bodies of every size, equal at both ends and in the capture', async () => {
    await using proxy = await bench().start();
    await using to = await http2Origin(bench().tls, (stream, fields) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        stream.respond({ ':status': 200, 'x-path': headerValue(fields, ':path') ?? '' });
        stream.end(Buffer.concat(chunks));
      });
    });
    await using client = await http2Client(proxy.port, to.port, proxy.ca);
    const sizes = Array.from({ length: 100 }, (_, i) => (i * i * 97) % 400_000);
    const answers = await Promise.all(
      sizes.map((size, i) => client.request(pseudo(to.port, `/${i}`, 'POST'), Buffer.alloc(size, `${i};`))),
    );
    for (const [i, { body, headers: fields }] of answers.entries()) {
      expect(headerValue(fields, 'x-path')).toBe(`/${i}`);
      expect(body.equals(Buffer.alloc(sizes[i] ?? 0, `${i};`))).toBe(true);
    }
    for (const { session, requestBody, responseBody } of await proxy.sink.ended(100)) {
      const i = Number(session.row.path.slice(1));
      expect([requestBody.length, responseBody.length]).toEqual([sizes[i], sizes[i]]);
    }
    expect(to.connections()).toBe(1);
  });

  it('a stream opened by Node and left alone is reset when the client goes', async () => {
    await using proxy = await bench().start();
    await using to = await rawHttp2Origin(bench().tls, () => {});
    const client = await http2Client(proxy.port, to.port, proxy.ca);
    const answer = answerOf(client.open(pseudo(to.port, '/', 'POST')));
    await proxy.sink.find(({ facts }) => facts.serverStream === 1);
    await client[Symbol.asyncDispose]();
    await answer;
    await (await to.first).until(({ type }) => type === TYPE.reset);
  });
});
