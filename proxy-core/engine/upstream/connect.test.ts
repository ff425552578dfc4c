import { once } from 'node:events';
import { createServer, type LookupFunction } from 'node:net';
import { networkInterfaces } from 'node:os';
import { beforeAll, describe, expect, it, test } from 'vitest';
import { type ConnectBench, connectBench, openedConnections } from '../../testing/connect-bench.ts';
import { fullBacklog } from '../../testing/full-backlog.ts';
import { listening } from '../../testing/origin.ts';
import { rawOrigin, reply } from '../../testing/raw-origin.ts';
import { socksProxy } from '../../testing/socks-proxy.ts';
import { httpProxy } from '../../testing/upstream-proxy.ts';
import { classify } from '../failure.ts';
import { openConnection } from './connect.ts';
import type { ConnectContext, ConnectOptions } from './connect-context.ts';
import type { UpstreamConnection, UpstreamTarget } from './connection.ts';
import { UpstreamError } from './upstream-error.ts';

let bench: ConnectBench;
beforeAll(async () => {
  bench = await connectBench();
});

/** Every name is this machine. */
const home: LookupFunction = (_name, _options, done) => done(null, [{ address: '127.0.0.1', family: 4 }]);
const alone = (options: Partial<ConnectOptions> = {}) => bench.context({ lookup: home, ...options });
const origin = (host?: string) =>
  rawOrigin({ ...(host ? { host } : {}), onRequest: reply('HTTP/1.1 204 No Content\r\n\r\n') });

const opened = openedConnections();

async function open(
  target: Omit<UpstreamTarget, 'alpn' | 'scheme'> & Partial<UpstreamTarget>,
  context: ConnectContext = alone(),
  signal?: AbortSignal,
): Promise<UpstreamConnection> {
  const connection = await openConnection({ scheme: 'http', alpn: [], ...target }, context, signal);
  opened.push(connection);
  return connection;
}

const why = async (attempt: Promise<unknown>): Promise<string> => {
  const error = await attempt.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof UpstreamError)) throw new Error(`not an UpstreamError: ${String(error)}`);
  return classify(error, 'origin.test').code;
};

/** Sends a request and waits for the first octets of the answer. */
async function ask({ socket }: UpstreamConnection, target = '/'): Promise<string> {
  socket.write(`GET ${target} HTTP/1.1\r\nHost: origin.test\r\n\r\n`);
  const [answer] = (await once(socket, 'data')) as [Buffer];
  return answer.toString('latin1');
}

describe('plain', () => {
  it('connects, tells where to and how long it took, and carries octets', async () => {
    await using one = await origin();
    const connection = await open({ host: 'origin.test', port: one.port });
    expect(await ask(connection)).toMatch(/^HTTP\/1\.1 204/);
    expect(connection.facts).toEqual({
      serverAddress: `127.0.0.1:${one.port}`,
      serverConnection: expect.any(Number),
    });
    expect(connection.facts).toBe(connection.facts);
    expect(connection.timings).toEqual({ dns: expect.any(Number), connect: expect.any(Number) });
    expect(connection.timings.connect).not.toBe(Math.round(connection.timings.connect ?? 0));
    expect(connection).toMatchObject({
      alpn: undefined,
      absoluteForm: false,
      proxyAuthorization: undefined,
      uses: 0,
    });
    expect(connection.key).toBe(`http://origin.test:${one.port}`);
  });

  it('56 an address needs no name lookup and has no time for one', async () => {
    await using one = await origin();
    const connection = await open({ host: '127.0.0.1', port: one.port });
    expect(connection.timings).toEqual({ connect: expect.any(Number) });
  });

  it('56 57 IPv6 addresses, with and without scope', async () => {
    await using one = await origin('::1');
    const [loopback = 'lo'] =
      Object.entries(networkInterfaces()).find(([, all]) => all?.some(({ address }) => address === '::1')) ??
      [];
    for (const host of ['::1', '0:0:0:0:0:0:0:1', `::1%${loopback}`]) {
      const { facts } = await open({ host, port: one.port });
      expect(facts.serverAddress).toBe(`[::1]:${one.port}`);
    }
  });

  it('keeps our side of a tunnel open when the other ends', async () => {
    await using one = await origin();
    expect((await open({ host: 'a', port: one.port, tunnel: true })).socket.allowHalfOpen).toBe(true);
    expect((await open({ host: 'a', port: one.port })).socket.allowHalfOpen).toBe(false);
  });

  it('an error that comes while nobody listens ends nothing', async () => {
    await using one = await origin();
    const { socket } = await open({ host: 'a', port: one.port });
    socket.emit('error', new Error('late'));
  });
});

describe('4 what cannot be reached says why', () => {
  it('a name that does not resolve', async () => {
    const lookup: LookupFunction = (_name, _options, done) =>
      done(Object.assign(new Error('no such name'), { code: 'ENOTFOUND' }), []);
    const attempt = open({ host: 'nowhere.test', port: 80 }, alone({ lookup }));
    expect(await why(attempt)).toBe('dns');
    await expect(attempt).rejects.toMatchObject({ facts: {}, timings: { dns: expect.any(Number) } });
  });

  it('a port where nobody listens, on one address or several', async () => {
    const gone = await origin();
    await gone[Symbol.asyncDispose]();
    expect(await why(open({ host: 'a', port: gone.port }))).toBe('refused');
    const lookup: LookupFunction = (_name, _options, done) =>
      done(null, [
        { address: '127.0.0.1', family: 4 },
        { address: '::1', family: 6 },
      ]);
    expect(await why(open({ host: 'a', port: gone.port }, alone({ lookup })))).toBe('refused');
  });

  it('an address that is silent: the time limit', async () => {
    await using hole = await fullBacklog('127.0.0.1');
    const start = performance.now();
    expect(await why(open({ host: 'a', port: hole.port }, alone({ timeouts: { connect: 100 } })))).toBe(
      'timeout',
    );
    expect(performance.now() - start).toBeGreaterThanOrEqual(99);
  });

  it('a lookup that never ends: the time limit', async () => {
    const context = alone({ lookup: () => {}, timeouts: { connect: 20 } });
    expect(await why(open({ host: 'a', port: 80 }, context))).toBe('timeout');
  });

  it('a server that accepts and never says a word of TLS: the time limit, over all steps', async () => {
    await using silent = await rawOrigin({ onRequest: () => {} });
    const context = alone({ timeouts: { connect: 100 } });
    const attempt = open({ scheme: 'https', host: 'a', port: silent.port }, context);
    expect(await why(attempt)).toBe('timeout');
    await expect(attempt).rejects.toMatchObject({ facts: { serverAddress: `127.0.0.1:${silent.port}` } });
  });

  it('a server that speaks something else than TLS', async () => {
    const server = createServer((socket) => socket.write('HTTP/1.1 400 Bad Request\r\n\r\n'));
    await using plain = await listening(server);
    const error: unknown = await open({ scheme: 'https', host: 'a', port: plain.port }).catch(
      (reason: unknown) => reason,
    );
    expect(classify(error, 'a:443')).toEqual({
      code: 'tls-other',
      detail: expect.stringContaining('a:443 does not speak TLS on that port'),
    });
  });

  it('a server that hangs up', async () => {
    await using rude = await listening(createServer((socket) => socket.destroy()));
    expect(await why(open({ scheme: 'https', host: 'a', port: rude.port }))).toBe('reset');
  });
});

describe('an abort', () => {
  it('before, or during any step, rejects with its reason and leaves nothing open', async () => {
    await using hole = await fullBacklog('127.0.0.1');
    await using silent = await rawOrigin({ onRequest: () => {} });
    await expect(
      open({ host: 'a', port: 80 }, alone(), AbortSignal.abort(new Error('before'))),
    ).rejects.toThrow('before');
    const steps: [ConnectContext, UpstreamTarget][] = [
      [alone({ lookup: () => {} }), { scheme: 'http', host: 'a', port: 80, alpn: [] }],
      [alone(), { scheme: 'http', host: 'a', port: hole.port, alpn: [] }],
      [alone(), { scheme: 'https', host: 'a', port: silent.port, alpn: [] }],
    ];
    for (const [context, target] of steps) {
      const controller = new AbortController();
      const attempt = open(target, context, controller.signal);
      if (target.port === silent.port) await expect.poll(() => silent.connections()).toBe(1);
      controller.abort(new Error('enough'));
      await expect(attempt).rejects.toThrow('enough');
    }
  });

  it('afterwards does nothing to the connection', async () => {
    await using one = await origin();
    const controller = new AbortController();
    const connection = await open({ host: 'a', port: one.port }, alone(), controller.signal);
    controller.abort();
    expect(await ask(connection)).toMatch(/^HTTP/);
  });
});

describe('TLS', () => {
  it('verifies, and tells version, cipher, protocol, name and chain', async () => {
    await using one = await rawOrigin({
      tls: bench.leaf('origin.test'),
      onRequest: reply('HTTP/1.1 204 x\r\n\r\n'),
    });
    const connection = await open({
      scheme: 'https',
      host: 'origin.test',
      port: one.port,
      alpn: ['http/1.1'],
    });
    expect(await ask(connection)).toMatch(/^HTTP/);
    expect(connection.facts.serverTls).toMatchObject({
      version: 'TLSv1.3',
      cipher: expect.stringContaining('AES'),
      sni: 'origin.test',
    });
    expect(connection.facts.serverTls?.chain?.map(({ subject }) => subject)).toEqual([
      'CN=origin.test',
      expect.stringContaining('trusted'),
    ]);
    expect(connection.timings).toEqual({
      dns: expect.any(Number),
      connect: expect.any(Number),
      tls: expect.any(Number),
    });
  });

  it('a failure after the name is known tells which server name it was about', async () => {
    await using one = await rawOrigin({ tls: bench.leaf('other.test'), onRequest: reply('x') });
    const attempt = open({ scheme: 'https', host: 'origin.test', port: one.port });
    expect(await why(attempt)).toBe('tls-name');
    await expect(attempt).rejects.toMatchObject({ facts: { serverTls: { sni: 'origin.test' } } });
  });
});

describe('P2 P3 what would connect to ourselves', () => {
  const ours = (port: number) => ({ ownPorts: () => [port] });

  it.each(['127.0.0.1', 'anything.test', '::ffff:127.0.0.1', '::ffff:7f00:1'])(
    '%s is refused after it was resolved',
    async (host) => {
      await using one = await origin();
      const context = alone(ours(one.port));
      expect(await why(open({ host, port: one.port }, context))).toBe('own-address');
      expect(await why(open({ host, port: one.port, tunnel: true }, context))).toBe('own-address');
      expect(await why(open({ scheme: 'https', host, port: one.port }, context))).toBe('own-address');
      expect(one.received()).toHaveLength(0);
    },
  );

  it.each(['127.1', '2130706433', '0x7f000001', '017700000001', 'localhost'])(
    '%s, as the system resolves it',
    async (host) => {
      await using one = await origin();
      const context = bench.context(ours(one.port));
      expect(await why(open({ host, port: one.port }, context))).toBe('own-address');
    },
  );

  it('the upstream proxy itself', async () => {
    await using proxy = await httpProxy();
    const upstream = { proxy: { scheme: 'http', host: 'proxy.test', port: proxy.port } } as const;
    const context = alone({ ...ours(proxy.port), upstream });
    expect(await why(open({ host: 'origin.test', port: 80 }, context))).toBe('own-address');
    expect(proxy.asked).toEqual([]);
  });

  it.each(['http', 'socks5'] as const)(
    'a target that a %s proxy on this machine would reach for us',
    async (scheme) => {
      await using proxy = scheme === 'http' ? await httpProxy() : await socksProxy();
      await using one = await origin();
      const upstream = { proxy: { scheme, host: 'proxy.test', port: proxy.port } };
      const context = alone({ ...ours(one.port), upstream });
      for (const target of [
        { host: 'us.test' },
        { host: 'us.test', tunnel: true },
        { scheme: 'https' as const, host: 'us.test' },
      ]) {
        expect(await why(open({ port: one.port, ...target }, context))).toBe('own-address');
      }
      expect(proxy.asked).toEqual([]);
      const lan = Object.values(networkInterfaces())
        .flat()
        .find((address) => address?.family === 'IPv4' && !address.internal);
      if (lan) expect(await why(open({ host: lan.address, port: one.port }, context))).toBe('own-address');
    },
  );

  it('a name that was another when it was looked up before', async () => {
    await using one = await origin();
    let asked = 0;
    const lookup: LookupFunction = (_name, _options, done) => {
      asked += 1;
      done(null, [{ address: asked === 1 ? '127.0.0.2' : '127.0.0.1', family: 4 }]);
    };
    const context = alone({ ...ours(one.port), lookup });
    expect(await why(open({ host: 'flips.test', port: one.port }, context))).toBe('refused');
    expect(await why(open({ host: 'flips.test', port: one.port }, context))).toBe('own-address');
  });
});

test('many at once leave as many as came about', async () => {
  await using one = await origin();
  await using gone = await origin();
  await gone[Symbol.asyncDispose]();
  const context = alone();
  const results = await Promise.allSettled(
    Array.from({ length: 40 }, (_, index) =>
      open({ host: 'a', port: index % 2 ? one.port : gone.port }, context),
    ),
  );
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(20);
});
