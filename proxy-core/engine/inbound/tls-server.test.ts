/** Against real clients that accept our certificate; those that do not are in client-rejection.test.ts. */
import { once } from 'node:events';
import { connect as connectHttp2, createServer as createHttp2 } from 'node:http2';
import { connect as connectTcp } from 'node:net';
import { Duplex } from 'node:stream';
import { type ConnectionOptions, connect } from 'node:tls';
import { describe, expect, it } from 'vitest';
import { SecureContexts } from './secure-contexts.ts';
import { nodeHello } from './testing/hello.ts';
import type { TlsAcceptor } from './testing/tls-acceptor.ts';
import { NAME, tlsBench } from './testing/tls-bench.ts';

const { authority, accepting, client, trusting } = tlsBench();

/** The names in the certificate that the client was shown. */
async function shownTo(site: TlsAcceptor, options: ConnectionOptions): Promise<string> {
  const socket = await client(site, { checkServerIdentity: () => undefined, ...options });
  return socket.getPeerCertificate().subjectaltname ?? '';
}

describe('acceptTls: the certificate', () => {
  it('47: is for the server name, whatever host was connected to', async () => {
    await using site = await accepting({ host: 'other.test' });
    expect(await shownTo(site, {})).toBe(`DNS:${NAME}`);
  });

  it('51: without a server name, for the host connected to', async () => {
    await using site = await accepting({ host: 'connected.test' });
    expect(await shownTo(site, { servername: '' })).toBe('DNS:connected.test');
  });

  it('51, 56: without name and host, for the address that was reached', async () => {
    await using site = await accepting();
    expect(await shownTo(site, { servername: '' })).toBe('IP Address:127.0.0.1');
  });

  it('56: for an IPv6 host, by address', async () => {
    await using site = await accepting({ host: '2001:db8::7' });
    expect(await shownTo(site, { servername: '' })).toBe('IP Address:2001:DB8:0:0:0:0:0:7');
  });

  it('52: for the name in one spelling, while the facts keep how it was sent', async () => {
    await using site = await accepting();
    for (const servername of ['API.Sluice.TEST', `${NAME}.`]) {
      expect(await shownTo(site, { servername })).toBe(`DNS:${NAME}`);
    }
    expect(site.contexts.size).toBe(1);
  });

  it('52: a server name that is no host name falls back to the host', async () => {
    await using site = await accepting({ host: 'fallback.test' });
    expect(await shownTo(site, { servername: 'not a name' })).toBe('DNS:fallback.test');
    await using nowhere = await accepting({ host: '../../etc' });
    expect(await shownTo(nowhere, { servername: 'a..b' })).toBe('IP Address:127.0.0.1');
  });
});

describe('acceptTls: what was agreed', () => {
  it('facts name version, cipher, protocol and server name', async () => {
    await using site = await accepting();
    (
      await client(site, {
        servername: 'API.sluice.test',
        ALPNProtocols: ['http/1.1'],
        checkServerIdentity: () => undefined,
      })
    ).write('x');
    const { facts } = await site.accepted();
    expect(facts).toMatchObject({ version: 'TLSv1.3', alpn: 'http/1.1', sni: 'API.sluice.test' });
    expect(facts.cipher).toMatch(/^TLS_/);
  });

  it('54: our most wanted protocol among those the client offers', async () => {
    const agreed = async (ours: string[], theirs: string[]) => {
      await using site = await accepting({ alpn: ours });
      const socket = await client(site, { ALPNProtocols: theirs });
      socket.write('x');
      expect((await site.accepted()).facts.alpn).toBe(socket.alpnProtocol || undefined);
      return socket.alpnProtocol;
    };
    expect(await agreed(['h2', 'http/1.1'], ['http/1.1', 'h2'])).toBe('h2');
    expect(await agreed(['http/1.1'], ['h2', 'http/1.1'])).toBe('http/1.1');
    expect(await agreed(['h2', 'http/1.1'], ['http/1.0', 'http/1.1'])).toBe('http/1.1');
    // Without ALPN rather than without TLS: the client may speak HTTP/1.1 all the same.
    expect(await agreed(['h2'], ['mqtt'])).toBe(false);
    expect(await agreed([], ['h2'])).toBe(false);
    expect(await agreed(['h2', 'http/1.1'], [])).toBe(false);
  });

  it('resumes sessions of TLS 1.3 and 1.2, even when the context had to be made again', async () => {
    for (const maxVersion of ['TLSv1.3', 'TLSv1.2'] as const) {
      const contexts = new SecureContexts(authority(), 1);
      await using site = await accepting({ contexts, serve: (tls) => void tls.pipe(tls) });
      const visit = async (session?: Buffer) => {
        let ticket: Buffer | undefined;
        const socket = connect({ ...trusting(site), maxVersion, ...(session ? { session } : {}) });
        socket.on('session', (one: Buffer) => {
          ticket = one;
        });
        socket.write('x');
        await once(socket, 'data');
        const { tls, facts } = await site.accepted();
        const reused = [socket.isSessionReused(), tls.isSessionReused()];
        socket.destroy();
        return { ticket, reused, facts };
      };
      const first = await visit();
      contexts.contextFor('other.test');
      const again = await visit(first.ticket);
      expect([...first.reused, ...again.reused]).toEqual([false, false, true, true]);
      expect(again.facts).toEqual(first.facts);
    }
  });

  it('writes the key log of the connection when asked to', async () => {
    const lines: string[] = [];
    await using site = await accepting({ keylog: (line) => lines.push(Buffer.from(line).toString()) });
    (await client(site)).write('x');
    await site.accepted();
    expect(lines.some((line) => /^CLIENT_TRAFFIC_SECRET_0 [0-9a-f]{64} [0-9a-f]+\n$/.test(line))).toBe(true);
  });
});

describe('acceptTls: the bytes', () => {
  it('the first ones wait for whoever reads', async () => {
    await using site = await accepting({ serve: (tls) => void tls.on('end', () => tls.end()) });
    (await client(site)).end('hello');
    const { tls } = await site.accepted();
    let text = '';
    for await (const chunk of tls) text += String(chunk);
    expect(text).toBe('hello');
  });

  it('5: a client that has said all is still answered', async () => {
    await using site = await accepting({
      serve: (tls) => void tls.resume().on('end', () => setImmediate(() => tls.end('answer'))),
    });
    const socket = await client(site);
    socket.end('question');
    let text = '';
    for await (const chunk of socket) text += String(chunk);
    expect(text).toBe('answer');
    await site.accepted();
  });

  it('a client that says nothing is accepted after a while, and may be spoken to', async () => {
    await using site = await accepting({ judgeMs: 20, serve: (tls) => void tls.end('220 ready') });
    const socket = await client(site);
    const [greeting] = await once(socket, 'data');
    expect(String(greeting)).toBe('220 ready');
    await site.accepted();
  });

  it('HTTP/2 of Node takes over with what is already there', async () => {
    const http2 = createHttp2((request, response) => response.end(`over ${request.httpVersion}`));
    await using site = await accepting({ alpn: ['h2'], serve: (tls) => void http2.emit('connection', tls) });
    const session = connectHttp2(`https://${NAME}`, {
      createConnection: () => connect({ ...trusting(site), ALPNProtocols: ['h2'] }),
    });
    const stream = session.request({ ':path': '/' });
    let text = '';
    for await (const chunk of stream) text += String(chunk);
    expect(text).toBe('over 2.0');
    await new Promise<void>((resolve) => session.close(resolve));
  });

  it('53: a ClientHello cut at every octet', async () => {
    await using site = await accepting();
    const options = { servername: NAME, ecdhCurve: 'X25519', ca: [authority().certificatePem] };
    const { length } = await nodeHello(options);
    for (let at = 1; at < length; at++) {
      const socket = connect({ ...options, socket: cutting(site.port, at) });
      await once(socket, 'secureConnect');
      socket.write('x');
      expect((await site.accepted()).facts.sni).toBe(NAME);
      socket.destroy();
    }
  });

  it('53: a ClientHello with a post-quantum key share', async () => {
    await using site = await accepting();
    const socket = await client(site, { ecdhCurve: 'X25519MLKEM768' });
    socket.write('x');
    expect((await site.accepted()).facts.version).toBe('TLSv1.3');
  });
});

/** A connection whose first write goes out in two parts. */
function cutting(port: number, at: number): Duplex {
  const raw = connectTcp({ port, host: '127.0.0.1', noDelay: true });
  let first = true;
  raw.on('error', () => {});
  const duplex = new Duplex({
    read: () => void raw.resume(),
    write(chunk: Buffer, _encoding, done) {
      if (!first) {
        raw.write(chunk, done);
        return;
      }
      first = false;
      raw.write(chunk.subarray(0, at), () => setImmediate(() => raw.write(chunk.subarray(at), done)));
    },
    final: (done) => void raw.end(done),
    destroy: (error, done) => {
      raw.destroy();
      done(error);
    },
  });
  raw.on('data', (chunk) => duplex.push(chunk) || raw.pause()).on('end', () => duplex.push(null));
  return duplex;
}
