/** TLS as peers really speak it: handshakes in pieces, protocols that differ on the two sides, servers that want to know their client. */
import { createServer as createHttpsServer } from 'node:https';
import { connect, createServer, type Socket } from 'node:net';
import { Duplex } from 'node:stream';
import { type ConnectionOptions, connect as connectTls } from 'node:tls';
import { describe, expect, it } from 'vitest';
import { CertificateLab } from '../../testing/certificate-lab.ts';
import { http2Client, pseudo } from '../../testing/http2-client.ts';
import { http2Origin } from '../../testing/http2-origin.ts';
import { listening } from '../../testing/origin.ts';
import { rawTunnelClient, tunnelSocket } from '../../testing/raw-client.ts';
import { rawOrigin, reply } from '../../testing/raw-origin.ts';
import type { TestEngine } from '../contract-tests/bench-engine.ts';
import { OK, wireBench } from './harness.ts';

const bench = wireBench();
const ASKED = 'GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n';

/** What is written goes out in pieces of `size` octets, each by itself. */
function inPieces(socket: Socket, size: number): Duplex {
  socket.setNoDelay(true);
  const pieces = new Duplex({
    read() {},
    write(chunk: Buffer, _encoding, done) {
      let at = 0;
      const next = () => {
        if (at >= chunk.length || socket.destroyed) return done();
        socket.write(chunk.subarray(at, at + size));
        at += size;
        return void setImmediate(next);
      };
      next();
    },
    final(done) {
      socket.end(done);
    },
    destroy(error, done) {
      socket.destroy();
      done(error);
    },
  });
  socket.on('data', (chunk: Buffer) => pieces.push(chunk));
  socket.on('end', () => pieces.push(null));
  socket.on('error', () => pieces.destroy());
  return pieces;
}

async function answerThrough(proxy: TestEngine, port: number, size: number, options: ConnectionOptions) {
  const socket = await tunnelSocket(proxy.port, { authority: `localhost:${port}` });
  const tls = connectTls({
    socket: inPieces(socket, size),
    ca: proxy.ca,
    servername: 'localhost',
    ...options,
  });
  let text = '';
  tls.on('data', (chunk: Buffer) => {
    text += chunk.toString('latin1');
  });
  tls.write(ASKED);
  await new Promise((resolve, reject) => tls.once('end', resolve).once('error', reject));
  const alpn = tls.alpnProtocol;
  tls.destroy();
  socket.destroy();
  return { text, alpn };
}

describe('53 a ClientHello', () => {
  // As large as one with post-quantum key shares: several packets.
  const many = Array.from({ length: 60 }, (_, i) => `x-${i}-${'y'.repeat(60)}`);

  it.each([1, 7, 1400])('53 in pieces of %d octets is put together', async (size) => {
    await using proxy = await bench().start();
    await using origin = await rawOrigin({ onRequest: reply(OK, true), tls: bench().tls });
    const { text, alpn } = await answerThrough(proxy, origin.port, size, {
      ALPNProtocols: [...many, 'http/1.1'],
    });
    expect(text).toMatch(/ok$/);
    expect(alpn).toBe('http/1.1');
    const [session] = await proxy.sink.ended(1);
    expect(session?.session.facts.clientTls).toMatchObject({ sni: 'localhost' });
  });

  it('53 with fields that nobody knows goes through unread where the host is passed through', async () => {
    await using proxy = await bench().start({ inbound: { passthrough: ['127.0.0.1'] } });
    const chunks: Buffer[] = [];
    const server = createServer((socket) => {
      socket.on('data', (chunk: Buffer) => chunks.push(chunk));
    });
    await using origin = await listening(server, {});
    // GREASE (RFC 8701) as cipher suite, and extensions of GREASE and of Encrypted Client Hello (0xfe0d).
    const extensions = Buffer.from('0a0a0000fe0d000401020304', 'hex');
    const body = Buffer.concat([
      Buffer.from('0303', 'hex'),
      Buffer.alloc(32, 7),
      Buffer.from('00', 'hex'),
      Buffer.from('00040a0a1301', 'hex'),
      Buffer.from('0100', 'hex'),
      Buffer.of(0, extensions.length),
      extensions,
    ]);
    const hello = Buffer.concat([
      Buffer.from('160301', 'hex'),
      Buffer.of(0, body.length + 4),
      Buffer.of(1, 0, 0, body.length),
      body,
    ]);
    const socket = await tunnelSocket(proxy.port, { authority: `127.0.0.1:${origin.port}` });
    for (const octet of hello) {
      socket.write(Buffer.of(octet));
      await new Promise((resolve) => setImmediate(resolve));
    }
    while (Buffer.concat(chunks).length < hello.length)
      await new Promise((resolve) => setTimeout(resolve, 5));
    expect(Buffer.concat(chunks)).toEqual(hello);
    socket.destroy();
    const [session] = await proxy.sink.ended(1);
    expect(session?.session.row.kind).toBe('tunnel');
  });
});

describe('54 protocols that differ on the two sides', () => {
  it('54 a client that could do both speaks what the origin speaks', async () => {
    await using proxy = await bench().start();
    await using origin = await rawOrigin({ onRequest: reply(OK, true), tls: bench().tls });
    const { text, alpn } = await answerThrough(proxy, origin.port, 4096, {
      ALPNProtocols: ['h2', 'http/1.1'],
    });
    expect(alpn).toBe('http/1.1');
    expect(text).toMatch(/ok$/);
  });

  it('54 HTTP/2 from a client is translated for an origin that has HTTP/1.1 alone, when asked for', async () => {
    await using proxy = await bench().start({ protocol: { http2: 'always' } });
    await using origin = await rawOrigin({ onRequest: reply(OK), tls: bench().tls });
    await using client = await http2Client(proxy.port, origin.port, proxy.ca);
    const answer = await client.request(pseudo(origin.port, '/translated'));
    expect(answer).toMatchObject({ status: 200, body: Buffer.from('ok') });
    expect(origin.received().toString('latin1')).toMatch(/^GET \/translated HTTP\/1\.1\r\n/);
    const [session] = await proxy.sink.ended(1);
    expect(session?.session.facts.serverHttpVersion).toBe('HTTP/1.1');
  });

  it('54 HTTP/1.1 from a client is translated for an origin that has HTTP/2 alone', async () => {
    await using proxy = await bench().start();
    await using origin = await http2Origin(bench().tls, (stream) => {
      stream.respond({ ':status': 200 });
      stream.end('two');
    });
    await using client = await rawTunnelClient(proxy.port, {
      authority: `localhost:${origin.port}`,
      ca: proxy.ca,
      serverName: 'localhost',
    });
    client.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n');
    expect(await client.until(/two/)).toMatch(/^HTTP\/1\.1 200 /);
  });
});

describe('55 a server that wants a certificate of its client', () => {
  const demanding = (ca: string) => {
    const server = createHttpsServer(
      { ...bench().tls, ca, requestCert: true, rejectUnauthorized: true },
      (request, response) => {
        const { socket } = request;
        response.end('getPeerCertificate' in socket ? 'known' : 'unknown');
      },
    );
    server.on('tlsClientError', () => {});
    return listening(server, { tls: bench().tls });
  };
  const through = (proxy: TestEngine, port: number) =>
    rawTunnelClient(proxy.port, { authority: `localhost:${port}`, ca: proxy.ca, serverName: 'localhost' });

  it('55 and gets none ends the connection: 502, and the session says how', async () => {
    await using proxy = await bench().start();
    await using origin = await demanding(bench().upstream.certificatePem);
    await using client = await through(proxy, origin.port);
    client.write(ASKED);
    await client.until(/^HTTP\/1\.1 502 /);
    expect((await proxy.sink.ended(1))[0]?.session.row).toMatchObject({
      state: 'failed',
      // Node's server gives no alert as its reason.
      error: 'reset',
    });
  });

  it('55 gets the one that is set for its host, and no other host does', async () => {
    await using lab = await CertificateLab.open();
    const authority = await lab.authority('clients');
    const { cert, key } = await lab.issue({ issuer: authority, subject: '/CN=me' });
    await using proxy = await bench().start({
      upstream: { clientCertificates: [{ host: 'localhost', cert, key }] },
    });
    await using origin = await demanding(authority.cert);
    await using client = await through(proxy, origin.port);
    client.write(ASKED);
    expect(await client.until(/known/)).toMatch(/^HTTP\/1\.1 200 /);
  });
});

it('58 the certificate for a client is for the exact name alone', async () => {
  await using proxy = await bench().start();
  await using origin = await rawOrigin({ onRequest: reply(OK, true), tls: bench().tls });
  const socket = await tunnelSocket(proxy.port, { authority: `localhost:${origin.port}` });
  const tls = connectTls({ socket, ca: proxy.ca, servername: 'localhost' });
  await new Promise((resolve, reject) => tls.once('secureConnect', resolve).once('error', reject));
  expect(tls.getPeerCertificate().subjectaltname).toBe('DNS:localhost');
  tls.destroy();
  socket.destroy();
});

it('51 47 TLS to the proxy port itself is for whom the SNI names, or nobody', async () => {
  await using proxy = await bench().start();
  const socket = connect(proxy.port, '127.0.0.1');
  const tls = connectTls({ socket, ca: proxy.ca, servername: 'some.test' });
  await new Promise((resolve, reject) => tls.once('secureConnect', resolve).once('error', reject));
  expect(tls.getPeerCertificate().subjectaltname).toBe('DNS:some.test');
  tls.destroy();
  socket.destroy();
});
