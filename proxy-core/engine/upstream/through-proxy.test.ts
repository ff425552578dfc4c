import { once } from 'node:events';
import type { LookupFunction } from 'node:net';
import { beforeAll, describe, expect, it, test } from 'vitest';
import { type ConnectBench, connectBench, openedConnections } from '../../testing/connect-bench.ts';
import { rawOrigin, reply } from '../../testing/raw-origin.ts';
import { socksProxy } from '../../testing/socks-proxy.ts';
import { httpProxy, type TestProxy } from '../../testing/upstream-proxy.ts';
import { classify } from '../failure.ts';
import type { UpstreamProxy } from '../settings.ts';
import { openConnection } from './connect.ts';
import type { UpstreamConnection, UpstreamTarget } from './connection.ts';

let bench: ConnectBench;
beforeAll(async () => {
  bench = await connectBench();
});

const opened = openedConnections();

/** Only the proxy's name is known here: names of origins are for the proxy to resolve. */
const lookup: LookupFunction = (name, _options, done) =>
  name === 'proxy.test'
    ? done(null, [{ address: '127.0.0.1', family: 4 }])
    : done(Object.assign(new Error(`who is ${name}?`), { code: 'ENOTFOUND' }), []);

const NO_CONTENT = 'HTTP/1.1 204 No Content\r\n\r\n';
const plainOrigin = () => rawOrigin({ onRequest: reply(NO_CONTENT) });
const tlsOrigin = () => rawOrigin({ tls: bench.leaf('origin.test'), onRequest: reply(NO_CONTENT) });

type Wish = Partial<UpstreamTarget> & { readonly port: number };

async function open(proxy: Partial<UpstreamProxy>, wish: Wish, connect = 5000): Promise<UpstreamConnection> {
  const upstream = { proxy: { scheme: 'http', host: 'proxy.test', port: 1, ...proxy } as UpstreamProxy };
  const context = bench.context({ lookup, upstream, timeouts: { connect } });
  const connection = await openConnection(
    { scheme: 'http', host: 'origin.test', alpn: [], ...wish },
    context,
  );
  opened.push(connection);
  return connection;
}

async function failureOf(proxy: Partial<UpstreamProxy>, wish: Wish, connect?: number) {
  const error: unknown = await open(proxy, wish, connect).catch((reason: unknown) => reason);
  return classify(error, 'origin.test:443');
}

async function ask({ socket }: UpstreamConnection, target = '/'): Promise<string> {
  socket.write(`GET ${target} HTTP/1.1\r\nHost: origin.test\r\nConnection: keep-alive\r\n\r\n`);
  return String((await once(socket, 'data'))[0]);
}

describe('an HTTP proxy', () => {
  it('gets requests for http targets itself, in absolute-form', async () => {
    await using proxy = await httpProxy();
    await using origin = await plainOrigin();
    const connection = await open({ port: proxy.port }, { port: origin.port });
    expect(connection.absoluteForm).toBe(true);
    expect(connection.facts).toEqual({
      serverAddress: `127.0.0.1:${proxy.port}`,
      serverConnection: expect.any(Number),
      upstreamProxy: `http://proxy.test:${proxy.port}`,
    });
    expect(await ask(connection, `http://origin.test:${origin.port}/path`)).toMatch(/^HTTP\/1\.1 204/);
    expect(proxy.asked).toEqual([`GET http://origin.test:${origin.port}/path`]);
    expect(origin.received().toString()).toMatch(/^GET \/path /);
  });

  it('is asked to CONNECT for https, and TLS is with the origin', async () => {
    await using proxy = await httpProxy();
    await using origin = await tlsOrigin();
    const connection = await open(
      { port: proxy.port },
      { scheme: 'https', port: origin.port, alpn: ['http/1.1'] },
    );
    expect(proxy.asked).toEqual([`CONNECT origin.test:${origin.port}`]);
    expect(connection.absoluteForm).toBe(false);
    expect(connection.proxyAuthorization).toBeUndefined();
    expect(connection.facts.serverTls).toMatchObject({
      sni: 'origin.test',
      chain: [{ subject: 'CN=origin.test' }, {}],
    });
    expect(connection.timings).toEqual({
      dns: expect.any(Number),
      connect: expect.any(Number),
      tls: expect.any(Number),
    });
    expect(await ask(connection)).toMatch(/^HTTP\/1\.1 204/);
  });

  it('is asked to CONNECT for a plain tunnel too', async () => {
    await using proxy = await httpProxy();
    await using origin = await plainOrigin();
    const connection = await open({ port: proxy.port }, { port: origin.port, tunnel: true });
    expect(proxy.asked).toEqual([`CONNECT origin.test:${origin.port}`]);
    expect(connection.socket.allowHalfOpen).toBe(true);
    expect(await ask(connection)).toMatch(/^HTTP\/1\.1 204/);
  });

  it('gets credentials in a CONNECT, and with each request in absolute-form from the caller', async () => {
    await using proxy = await httpProxy({ credentials: 'mia:s3:cret' });
    await using origin = await tlsOrigin();
    const given = { port: proxy.port, username: 'mia', password: 's3:cret' };
    expect((await open(given, { scheme: 'https', port: origin.port })).facts.serverTls).toBeDefined();
    const plain = await open(given, { port: 80 });
    expect(plain.proxyAuthorization).toBe(`Basic ${Buffer.from('mia:s3:cret').toString('base64')}`);
    expect(JSON.stringify(plain.facts)).not.toContain('mia');
  });
});

describe('an HTTPS proxy', () => {
  it('is spoken to over TLS, the origin over TLS within', async () => {
    await using proxy = await httpProxy({ tls: bench.leaf('proxy.test') });
    await using origin = await tlsOrigin();
    const connection = await open(
      { scheme: 'https', port: proxy.port },
      { scheme: 'https', port: origin.port },
    );
    expect(connection.facts).toMatchObject({
      upstreamProxy: `https://proxy.test:${proxy.port}`,
      serverTls: { sni: 'origin.test' },
    });
    expect(await ask(connection)).toMatch(/^HTTP\/1\.1 204/);
    await using other = await plainOrigin();
    const plain = await open({ scheme: 'https', port: proxy.port }, { port: other.port });
    expect(plain.absoluteForm).toBe(true);
    expect(plain.facts.serverTls).toBeUndefined();
    expect(await ask(plain, `http://origin.test:${other.port}/`)).toMatch(/^HTTP\/1\.1 204/);
  });

  it('U1 K5 is verified like any other server', async () => {
    await using wrong = await httpProxy({ tls: bench.leaf('other.test') });
    await using origin = await tlsOrigin();
    for (const target of [{ port: 80 }, { scheme: 'https' as const, port: origin.port }]) {
      expect(await failureOf({ scheme: 'https', port: wrong.port }, target)).toMatchObject({
        code: 'upstream-proxy',
        detail: expect.stringMatching(/proxy https:\/\/proxy\.test:\d+ .*ERR_TLS_CERT_ALTNAME_INVALID/),
      });
    }
    expect(wrong.asked).toEqual([]);
  });

  it('U1 does not make the origin trusted', async () => {
    await using proxy = await httpProxy({ tls: bench.leaf('proxy.test') });
    await using origin = await rawOrigin({ tls: bench.leaf('other.test'), onRequest: reply(NO_CONTENT) });
    const failure = await failureOf(
      { scheme: 'https', port: proxy.port },
      { scheme: 'https', port: origin.port },
    );
    expect(failure.code).toBe('tls-name');
  });
});

describe('a SOCKS5 proxy', () => {
  it.each(['http', 'https'] as const)('carries %s and resolves the name itself', async (scheme) => {
    await using proxy = await socksProxy();
    await using origin = scheme === 'http' ? await plainOrigin() : await tlsOrigin();
    const connection = await open({ scheme: 'socks5', port: proxy.port }, { scheme, port: origin.port });
    expect(proxy.asked).toEqual([`name origin.test:${origin.port}`]);
    expect(connection.absoluteForm).toBe(false);
    expect(connection.facts.upstreamProxy).toBe(`socks5://proxy.test:${proxy.port}`);
    expect(await ask(connection)).toMatch(/^HTTP\/1\.1 204/);
  });

  it('56 gets addresses as addresses', async () => {
    await using proxy = await socksProxy();
    await using origin = await plainOrigin();
    await open({ scheme: 'socks5', port: proxy.port }, { host: '192.0.2.7', port: origin.port });
    await open({ scheme: 'socks5', port: proxy.port }, { host: '2001:db8::7', port: origin.port });
    expect(proxy.asked).toEqual([
      `ipv4 192.0.2.7:${origin.port}`,
      `ipv6 2001:0db8:0000:0000:0000:0000:0000:0007:${origin.port}`,
    ]);
  });

  it('gets user name and password when it asks', async () => {
    await using proxy = await socksProxy({ credentials: 'mia:pässword' });
    await using origin = await plainOrigin();
    const right = { scheme: 'socks5', port: proxy.port, username: 'mia', password: 'pässword' } as const;
    expect(await ask(await open(right, { port: origin.port }))).toMatch(/^HTTP\/1\.1 204/);
    expect((await failureOf({ ...right, password: 'x' }, { port: origin.port })).detail).toContain(
      'needs a user name and password',
    );
  });
});

describe('50 a proxy that does not do its part says so in a sentence of its own', () => {
  const https = { scheme: 'https', port: 443 } as const;

  it.each([
    [
      'HTTP/1.1 403 Not with me\r\n\r\n',
      /^The upstream proxy http:\/\/proxy\.test:\d+ did not connect to origin\.test:443; .*\(403 Not with me\)$/,
    ],
    ['SSH-2.0-x\r\n\r\n', /^The upstream proxy http:\/\/proxy\.test:\d+ could not be used; .*no HTTP/],
  ])('%j', async (answer, detail) => {
    await using proxy = await httpProxy({ answer });
    expect(await failureOf({ port: proxy.port }, https)).toEqual({
      code: 'upstream-proxy',
      detail: expect.stringMatching(detail),
    });
  });

  it.each([{}, { username: 'mia', password: 'wrong' }])(
    'credentials that are missing or wrong: %j',
    async (given) => {
      await using proxy = await httpProxy({ credentials: 'mia:right' });
      const failure = await failureOf({ port: proxy.port, ...given }, https);
      expect(failure).toEqual({
        code: 'upstream-proxy',
        detail: expect.stringMatching(/needs a user name and password.*\(407/),
      });
      expect(failure.detail).not.toMatch(/wrong|mia/);
    },
  );

  it('a SOCKS refusal, by the reason of RFC 1928', async () => {
    await using proxy = await socksProxy({ reply: 4 });
    expect((await failureOf({ scheme: 'socks5', port: proxy.port }, https)).detail).toMatch(
      /did not connect.*\(host unreachable\)$/,
    );
  });

  it('one that is not there, or whose name nobody knows', async () => {
    const gone: TestProxy = await httpProxy();
    await gone[Symbol.asyncDispose]();
    expect((await failureOf({ port: gone.port }, https)).detail).toMatch(
      /could not be used; .*\(ECONNREFUSED\)$/,
    );
    expect((await failureOf({ host: 'nowhere.test' }, https)).detail).toMatch(
      /nowhere\.test:1 could not be used; .*\(ENOTFOUND\)$/,
    );
  });

  it('one that never answers: the time limit', async () => {
    await using proxy = await httpProxy({ answer: '' });
    expect((await failureOf({ port: proxy.port }, https, 100)).code).toBe('timeout');
  });

  it('tells as much of the way as was gone', async () => {
    await using proxy = await httpProxy({ answer: 'HTTP/1.1 502 x\r\n\r\n' });
    await expect(open({ port: proxy.port }, https)).rejects.toMatchObject({
      facts: { serverAddress: `127.0.0.1:${proxy.port}`, upstreamProxy: `http://proxy.test:${proxy.port}` },
      timings: { dns: expect.any(Number), connect: expect.any(Number) },
    });
  });
});

test('a server that speaks first behind the proxy is heard, even in the same octets as the answer', async () => {
  await using proxy = await httpProxy({ answer: 'HTTP/1.1 200 OK\r\n\r\n220 mail.test ESMTP\r\n' });
  const { socket } = await open({ port: proxy.port }, { port: 25, tunnel: true });
  expect(String((await once(socket, 'data'))[0])).toBe('220 mail.test ESMTP\r\n');
});

test('hosts on the bypass list do not see the proxy', async () => {
  await using proxy = await httpProxy();
  await using origin = await plainOrigin();
  const context = bench.context({
    lookup: (_name, _options, done) => done(null, [{ address: '127.0.0.1', family: 4 }]),
    upstream: { proxy: { scheme: 'http', host: 'proxy.test', port: proxy.port }, bypass: ['*.direct.test'] },
  });
  const connection = await openConnection(
    { scheme: 'http', host: 'a.direct.test', port: origin.port, alpn: [] },
    context,
  );
  opened.push(connection);
  expect(connection.facts).toMatchObject({ serverAddress: `127.0.0.1:${origin.port}` });
  expect(connection.facts.upstreamProxy).toBeUndefined();
});
