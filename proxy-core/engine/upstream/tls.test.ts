import { once } from 'node:events';
import { createServer, type TLSSocket, type TlsOptions } from 'node:tls';
import { beforeAll, describe, expect, it, test } from 'vitest';
import { type ConnectBench, connectBench, openedConnections } from '../../testing/connect-bench.ts';
import { listening } from '../../testing/origin.ts';
import { classify } from '../failure.ts';
import type { UpstreamSettings } from '../settings.ts';
import { openConnection } from './connect.ts';
import type { ConnectContext } from './connect-context.ts';
import type { UpstreamConnection } from './connection.ts';

let bench: ConnectBench;
beforeAll(async () => {
  bench = await connectBench();
});

const opened = openedConnections();

/** A TLS server that says hello to each client and keeps what it learned of it. */
async function tlsServer(options: TlsOptions = {}) {
  const clients: TLSSocket[] = [];
  const server = createServer({ ...bench.leaf('origin.test'), ...options }, (socket) => {
    clients.push(socket);
    socket.on('error', () => {});
    socket.write('hello');
  });
  server.on('tlsClientError', () => {});
  return { ...(await listening(server)), clients, server };
}

const contextWith = (upstream: UpstreamSettings = {}): ConnectContext =>
  bench.context({
    upstream,
    lookup: (_name, _options, done) => done(null, [{ address: '127.0.0.1', family: 4 }]),
  });

/** Connects and waits for the hello, so that tickets of TLS 1.3 have come too. */
async function greeted(
  port: number,
  context: ConnectContext,
  { host = 'origin.test', alpn = [] as readonly string[] } = {},
): Promise<UpstreamConnection> {
  const connection = await openConnection({ scheme: 'https', host, port, alpn }, context);
  opened.push(connection);
  await once(connection.socket, 'data');
  return connection;
}

const resumed = ({ socket }: UpstreamConnection) => 'isSessionReused' in socket && socket.isSessionReused();

describe('the name in the handshake (RFC 6066 §3)', () => {
  it.each([
    ['origin.test', 'origin.test'],
    ['origin.test.', 'origin.test'],
    ['127.0.0.1', false],
  ])('51 56 for %s it is %s', async (host, sni) => {
    await using server = await tlsServer(bench.leaf(host === '127.0.0.1' ? host : 'origin.test'));
    await greeted(server.port, contextWith(), { host });
    expect(server.clients[0]?.servername).toBe(sni);
  });
});

describe('54 the protocol (RFC 7301)', () => {
  it.each([
    [['h2', 'http/1.1'], ['h2', 'http/1.1'], 'h2'],
    [['h2', 'http/1.1'], ['http/1.1'], 'http/1.1'],
    [['http/1.1'], ['h2', 'http/1.1'], 'http/1.1'],
    [['h2', 'http/1.1'], undefined, undefined],
    [[], ['h2', 'http/1.1'], undefined],
  ])('offered %j to one that speaks %j: %s', async (alpn, spoken, chosen) => {
    await using server = await tlsServer(spoken ? { ALPNProtocols: spoken } : {});
    const connection = await greeted(server.port, contextWith(), { alpn });
    expect(connection.alpn).toBe(chosen);
    expect(connection.facts.serverTls?.alpn).toBe(chosen);
  });

  it('nothing in common: the alert is told by its name', async () => {
    await using server = await tlsServer({ ALPNProtocols: ['h2'] });
    const error: unknown = await greeted(server.port, contextWith(), { alpn: ['http/1.1'] }).catch(
      (one: unknown) => one,
    );
    expect(classify(error, 'origin.test')).toEqual({
      code: 'tls-other',
      detail: expect.stringContaining('the alert no_application_protocol'),
    });
  });
});

describe('sessions are resumed', () => {
  it.each(['TLSv1.2', 'TLSv1.3'] as const)(
    'in %s, and still show the chain of the full handshake',
    async (version) => {
      await using server = await tlsServer({ maxVersion: version });
      const context = contextWith();
      const first = await greeted(server.port, context, { alpn: ['http/1.1'] });
      const second = await greeted(server.port, context, { alpn: ['http/1.1'] });
      const third = await greeted(server.port, context, { alpn: ['http/1.1'] });
      expect([first, second, third].map(resumed)).toEqual([false, true, true]);
      expect(first.facts.serverTls).toMatchObject({ version, chain: [{ subject: 'CN=origin.test' }, {}] });
      expect(third.facts.serverTls).toEqual(first.facts.serverTls);
    },
  );

  it('by the same host, port and name alone, under the same settings', async () => {
    await using one = await tlsServer();
    await using two = await tlsServer();
    const context = contextWith();
    await greeted(one.port, context);
    expect(resumed(await greeted(two.port, context))).toBe(false);
    expect(resumed(await greeted(one.port, contextWith()))).toBe(false);
    const error: unknown = await greeted(one.port, context, { host: 'other.test' }).catch(
      (reason: unknown) => reason,
    );
    expect(classify(error, '').code).toBe('tls-name');
    expect(resumed(await greeted(one.port, context))).toBe(true);
  });

  it('never from a connection that was refused', async () => {
    await using server = await tlsServer(bench.leaf('other.test'));
    const context = contextWith();
    for (let i = 0; i < 3; i += 1) {
      const error: unknown = await greeted(server.port, context).catch((reason: unknown) => reason);
      expect(classify(error, '').code).toBe('tls-name');
    }
  });

  it('or not, when the server does not know them any more', async () => {
    await using server = await tlsServer();
    const context = contextWith();
    await greeted(server.port, context);
    server.server.setTicketKeys(Buffer.alloc(48, 7));
    const again = await greeted(server.port, context);
    expect(resumed(again)).toBe(false);
    expect(again.facts.serverTls?.chain).toHaveLength(2);
  });
});

describe('the lowest version', () => {
  it.each([
    ['TLSv1.3', 'TLSv1.2', 'tls-other'],
    [undefined, 'TLSv1.1', 'tls-other'],
    [undefined, 'TLSv1.2', 'TLSv1.2'],
    ['TLSv1.1', 'TLSv1.1', 'TLSv1.1'],
    ['TLSv1', 'TLSv1', 'TLSv1'],
    ['TLSv1', 'TLSv1.3', 'TLSv1.3'],
  ] as const)('%s, with a server that speaks up to %s: %s', async (minTlsVersion, maxVersion, outcome) => {
    await using server = await tlsServer({ minVersion: 'TLSv1', maxVersion, ciphers: 'DEFAULT:@SECLEVEL=0' });
    const context = contextWith(minTlsVersion ? { minTlsVersion } : {});
    const result = await greeted(server.port, context).then(
      ({ facts }) => facts.serverTls?.version,
      (reason: unknown) => classify(reason, '').code,
    );
    expect(result).toBe(outcome);
  });

  it('a server that wants a newer one says so by alert', async () => {
    await using server = await tlsServer({ minVersion: 'TLSv1.3' });
    const late = { askedLate: true, host: 'origin.test', ...bench.leaf('client') };
    const error: unknown = await greeted(server.port, contextWith({ clientCertificates: [late] })).catch(
      (one: unknown) => one,
    );
    expect(classify(error, 'origin.test').detail).toContain('the alert protocol_version');
  });
});

test('the key log gets lines that Wireshark reads', async () => {
  await using server = await tlsServer();
  const lines: string[] = [];
  await greeted(
    server.port,
    contextWith({ keylog: (line) => lines.push(Buffer.from(line).toString('latin1')) }),
  );
  expect(lines.length).toBeGreaterThan(3);
  for (const line of lines) expect(line).toMatch(/^(CLIENT|SERVER|EXPORTER)_\w+ [0-9a-f]{64} [0-9a-f]+\n$/);
});

test('a name that cannot be in a handshake fails and leaves nothing', async () => {
  await using server = await tlsServer();
  const error: unknown = await greeted(server.port, contextWith(), { host: `${'a'.repeat(300)}.test` }).catch(
    (one: unknown) => one,
  );
  expect(classify(error, '').code).toMatch(/^(tls-name|tls-other|other)$/);
});
