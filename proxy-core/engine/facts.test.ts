import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect as connectTcp, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Authority } from '#certs/authority.ts';
import { openAuthority } from '#certs/open-authority.ts';
import { httpOrigin, type Origin } from '../testing/origin.ts';
import { connectionNumber, peerAddress, tlsFacts } from './facts.ts';

const folder = mkdtempSync(join(tmpdir(), 'sluice-facts-'));
let authority: Authority;
let origin: Origin;
beforeAll(async () => {
  authority = await openAuthority({ directory: join(folder, 'a') });
  origin = await httpOrigin(() => {}, { tls: authority.leafFor('localhost') });
});
afterAll(async () => {
  await origin[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true, force: true });
});

async function tcp(host = '127.0.0.1', port = origin.port) {
  const socket = connectTcp(port, host);
  await once(socket, 'connect');
  return Object.assign(socket, { [Symbol.dispose]: () => void socket.destroy() });
}

async function tls(more = {}) {
  const ca = authority.certificatePem;
  const socket = connect({ port: origin.port, host: '127.0.0.1', servername: 'localhost', ca, ...more });
  await once(socket, 'secureConnect');
  return Object.assign(socket, { [Symbol.dispose]: () => void socket.destroy() });
}

describe('the address of a peer', () => {
  it('is ip:port', async () => {
    using socket = await tcp();
    expect(peerAddress(socket)).toBe(`127.0.0.1:${origin.port}`);
  });

  it('has brackets where it is IPv6, and none where it only looks so', () => {
    const peer = (remoteAddress: string) => ({ remoteAddress, remotePort: 80 }) as Socket;
    expect(peerAddress(peer('2001:db8::1'))).toBe('[2001:db8::1]:80');
    expect(peerAddress(peer('::ffff:10.0.0.1'))).toBe('10.0.0.1:80');
    expect(peerAddress(peer('fe80::1%eth0'))).toBe('[fe80::1]:80');
  });

  it('is unknown when there is no connection any more', () => {
    expect(peerAddress(new Socket())).toBeUndefined();
  });
});

describe('TLS facts', () => {
  it('are none of a plain socket', async () => {
    using socket = await tcp();
    expect(tlsFacts(socket, 'server')).toBeUndefined();
  });

  it('are what was agreed, with the origin’s chain, leaf first', async () => {
    using socket = await tls({ ALPNProtocols: ['http/1.1'] });
    const facts = tlsFacts(socket, 'server');
    expect(facts).toMatchObject({
      version: 'TLSv1.3',
      cipher: expect.stringMatching(/^TLS_/),
      sni: 'localhost',
    });
    const [leaf, root] = facts?.chain ?? [];
    expect(leaf).toMatchObject({
      altNames: 'DNS:localhost',
      issuer: expect.stringContaining(authority.commonName),
      validFrom: expect.any(String),
      fingerprint256: expect.stringMatching(/^(?:[0-9A-F]{2}:){31}[0-9A-F]{2}$/),
    });
    expect(root).toMatchObject({ fingerprint256: authority.fingerprint });
    expect(facts?.chain).toHaveLength(2);
  });

  it('say which protocol was chosen, and leave out what was not', async () => {
    using old = await tls({ maxVersion: 'TLSv1.2' });
    expect(tlsFacts(old, 'server')).toMatchObject({ version: 'TLSv1.2' });
    expect(tlsFacts(old, 'server')).not.toHaveProperty('alpn');
  });

  it('tell no chain of a client', async () => {
    using socket = await tls();
    expect(tlsFacts(socket, 'client')).not.toHaveProperty('chain');
  });
});

describe('the number of a connection', () => {
  it('is its own for as long as it lives', () => {
    const [a, b] = [new Socket(), new Socket()];
    const number = connectionNumber(a);
    expect(connectionNumber(b)).toBe(number + 1);
    expect(connectionNumber(a)).toBe(number);
  });
});
