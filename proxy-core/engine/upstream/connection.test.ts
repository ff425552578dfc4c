import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { describe, expect, it, test } from 'vitest';
import { rawOrigin, reply } from '../../testing/raw-origin.ts';
import { connectionKey, UpstreamConnection, upstreamFacts } from './connection.ts';
import type { PeerChain } from './peer-chain.ts';

describe('keys', () => {
  const base = { scheme: 'https', host: 'a.test', port: 443 } as const;
  it('are the same for the same purpose', () => {
    expect(connectionKey(base)).toBe(connectionKey({ ...base, serverName: 'a.test' }));
  });

  it.each([
    { scheme: 'http' as const },
    { host: 'b.test' },
    { port: 444 },
    { serverName: 'b.test' },
    { host: '::1' },
  ])('differ with %j', (change) => {
    expect(connectionKey({ ...base, ...change })).not.toBe(connectionKey(base));
  });
});

describe('facts', () => {
  const chain = { facts: [{ subject: 'CN=a' }] } as unknown as PeerChain;

  it('of a failure before anything was connected are few', () => {
    expect(upstreamFacts(undefined, {}, undefined)).toEqual({});
    expect(upstreamFacts(undefined, { upstreamProxy: 'http://p:1' }, undefined)).toEqual({
      upstreamProxy: 'http://p:1',
    });
  });

  it('of TLS are the handshake’s, with the chain where there is one', () => {
    const tls = { parameters: { version: 'TLSv1.3' }, chain };
    expect(upstreamFacts(undefined, {}, tls)).toEqual({
      serverTls: { version: 'TLSv1.3', chain: [{ subject: 'CN=a' }] },
    });
    expect(upstreamFacts(undefined, {}, { ...tls, chain: undefined }).serverTls).toEqual({
      version: 'TLSv1.3',
    });
  });
});

test('a connection tells its facts, worked out once, and how requests are to be sent on it', async () => {
  await using origin = await rawOrigin({ onRequest: reply('x') });
  const socket: Socket = connect(origin.port, '127.0.0.1');
  await once(socket, 'connect');
  const route = { upstreamProxy: 'http://p:1', absoluteForm: true, proxyAuthorization: 'Basic eDp5' };
  const connection = new UpstreamConnection(socket, 'key', { timings: { connect: 1.5 }, route });
  const { facts } = connection;
  expect(facts).toEqual({
    serverAddress: `127.0.0.1:${origin.port}`,
    serverConnection: expect.any(Number),
    upstreamProxy: 'http://p:1',
  });
  socket.destroy();
  expect(connection.facts).toBe(facts);
  expect(connection).toMatchObject({
    key: 'key',
    absoluteForm: true,
    proxyAuthorization: 'Basic eDp5',
    timings: { connect: 1.5 },
  });
});
