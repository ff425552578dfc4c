/** Every way in on the one port: tunnels to whatever is spoken, SOCKS, TLS with and without names, listeners that stand for an origin. */
import { createServer } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { describe, expect, it } from 'vitest';
import { echoOrigin } from '../../testing/echo-origin.ts';
import { listening } from '../../testing/origin.ts';
import { viaProxy } from '../../testing/proxy-client.ts';
import { rawClient, rawTunnelClient, tunnelSocket } from '../../testing/raw-client.ts';
import { OK, request, talk, wireBench } from './harness.ts';

const bench = wireBench();

/** A server that greets, and answers each line with itself. */
async function greetingServer() {
  const server = createServer((socket) => {
    socket.write('220 hello\r\n');
    socket.on('data', (chunk) => socket.write(`got ${chunk.toString()}`));
    socket.on('end', () => socket.end('bye\r\n'));
    socket.on('error', () => {});
  });
  return listening(server);
}

describe('CONNECT', () => {
  it('47 answers 200 without a length or a coding', async () => {
    await using t = await talk(bench(), { tls: false });
    await using tunnel = await rawClient(t.proxy.port);
    tunnel.write(`CONNECT 127.0.0.1:${t.origin.port} HTTP/1.1\r\nHost: x\r\n\r\n`);
    expect(await tunnel.until(/\r\n\r\n$/)).toMatch(/^HTTP\/1\.1 200 [^\r]*\r\n\r\n$/);
  });

  it('48 49 plain HTTP inside is read, bytes right behind the head included', async () => {
    await using t = await talk(bench());
    await using tunnel = await rawClient(t.proxy.port);
    const authority = `127.0.0.1:${t.origin.port}`;
    tunnel.write(
      `CONNECT ${authority} HTTP/1.1\r\nHost: x\r\n\r\nGET /in HTTP/1.1\r\nHost: ${authority}\r\n\r\n`,
    );
    await tunnel.until(/ok$/);
    expect((await t.session()).session.row).toMatchObject({
      url: `http://${authority}/in`,
      state: 'completed',
    });
  });

  it('48 a server that speaks first, and a half-close, pass through a tunnel that is recorded', async () => {
    await using proxy = await bench().start();
    await using server = await greetingServer();
    await using tunnel = await rawTunnelClient(proxy.port, { authority: `127.0.0.1:${server.port}` });
    await tunnel.until(/220 hello/);
    tunnel.write('HELO me\r\n');
    await tunnel.until(/got HELO me/);
    tunnel.socket.end();
    await tunnel.until(/bye/);
    const [recorded] = await proxy.sink.ended(1);
    expect(recorded?.session.row).toMatchObject({
      kind: 'tunnel',
      state: 'completed',
      url: `tunnel://127.0.0.1:${server.port}`,
    });
    expect(Buffer.from(recorded?.requestBody ?? []).toString()).toBe('HELO me\r\n');
    expect(Buffer.from(recorded?.responseBody ?? []).toString()).toBe('220 hello\r\ngot HELO me\r\nbye\r\n');
  });

  it('48 a client that waits and then speaks HTTP is still read', async () => {
    await using t = await talk(bench());
    await using tunnel = await rawTunnelClient(t.proxy.port, { authority: `127.0.0.1:${t.origin.port}` });
    // Longer than the proxy waits before it connects to see whether the server speaks first.
    while (t.origin.connections() === 0) await new Promise((resolve) => setTimeout(resolve, 20));
    tunnel.write('GET /late HTTP/1.1\r\nHost: x\r\n\r\n');
    await tunnel.until(/ok$/);
    expect((await t.session()).session.row).toMatchObject({ path: '/late', state: 'completed' });
  });

  it('50 to a server that is down: no silence, TLS says it with a page, other protocols with an end', async () => {
    await using proxy = await bench().start();
    const gone = await echoOrigin({ tls: bench().tls });
    await gone[Symbol.asyncDispose]();
    const answer = await viaProxy({ proxyPort: proxy.port, ca: proxy.ca, url: gone.url });
    expect(answer.status).toBe(502);
    await using tunnel = await rawTunnelClient(proxy.port, { authority: `127.0.0.1:${gone.port}` });
    tunnel.write('\0\x01other');
    await tunnel.closed;
    const sessions = await proxy.sink.ended(2);
    expect(sessions.map(({ session }) => [session.row.kind, session.row.error])).toEqual([
      ['http', 'refused'],
      ['tunnel', 'refused'],
    ]);
  });

  it('41 only authority-form', async () => {
    await using proxy = await bench().start();
    for (const target of ['http://a.test/', '/', 'a.test', 'a.test:99999', 'a b:1', '[::1:443']) {
      await using client = await rawClient(proxy.port);
      client.write(`CONNECT ${target} HTTP/1.1\r\nHost: x\r\n\r\n`);
      await client.until(/^HTTP\/1\.1 400 /);
      await client.closed;
    }
  });
});

describe('TLS', () => {
  const subject = async (proxyPort: number, ca: string, authority: string, servername?: string) => {
    const socket = await tunnelSocket(proxyPort, { authority });
    const tls = connectTls({
      socket,
      ca,
      host: authority.replace(/:\d+$/, '').replace(/[[\]]/g, ''),
      servername: servername ?? '',
    });
    await new Promise<void>((resolve, reject) => {
      tls.once('secureConnect', resolve).once('error', reject);
    });
    const { subjectaltname } = tls.getPeerCertificate();
    tls.destroy();
    return subjectaltname;
  };

  it('51 52 56 58 without a name the host of CONNECT counts, with one the name, IPs as IP names; never a wildcard', async () => {
    await using proxy = await bench().start();
    expect(await subject(proxy.port, proxy.ca, 'a.acme.test:443')).toBe('DNS:a.acme.test');
    expect(await subject(proxy.port, proxy.ca, '127.0.0.1:443')).toBe('IP Address:127.0.0.1');
    expect(await subject(proxy.port, proxy.ca, '[::1]:443')).toMatch(/^IP Address:0:0:0:0:0:0:0:1$/);
    expect(await subject(proxy.port, proxy.ca, 'front.test:443', 'Real.Test')).toBe('DNS:real.test');
  });

  it('59 a host in U-labels is reached under its A-labels', async () => {
    await using proxy = await bench().start({
      lookup: (name, options, done) => {
        const address = name === 'xn--bcher-kva.test' ? '127.0.0.1' : '127.0.0.9';
        if (options.all) done(null, [{ address, family: 4 }]);
        else done(null, address, 4);
      },
    });
    await using origin = await echoOrigin();
    await using client = await rawClient(proxy.port);
    client.write(Buffer.from(`CONNECT bücher.test:${origin.port} HTTP/1.1\r\nHost: x\r\n\r\n`, 'utf8'));
    await client.until(/200 /);
    client.write('GET /u HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
    await client.until(/200 OK/);
    expect((await proxy.sink.ended(1))[0]?.session.row.host).toBe('xn--bcher-kva.test');
  });

  it('40 on the proxy port itself: a client that takes us for the origin is served by its SNI', async () => {
    await using origin = await echoOrigin({ tls: bench().upstream.leafFor('seen.test') });
    await using proxy = await bench().start({
      lookup: (_name, options, done) =>
        options.all ? done(null, [{ address: '127.0.0.1', family: 4 }]) : done(null, '127.0.0.1', 4),
    });
    const tls = connectTls({ port: proxy.port, ca: proxy.ca, servername: 'seen.test' });
    tls.write(`GET /t HTTP/1.1\r\nHost: seen.test:${origin.port}\r\nConnection: close\r\n\r\n`);
    let text = '';
    for await (const chunk of tls) text += String(chunk);
    expect(text).toMatch(/^HTTP\/1\.1 200 /);
    expect((await proxy.sink.ended(1))[0]?.session.row.url).toBe(`https://seen.test:${origin.port}/t`);
  });

  it('61 hosts in the list are passed through unread, and counted', async () => {
    await using proxy = await bench().start({ inbound: { passthrough: ['localhost'] } });
    await using origin = await echoOrigin({ tls: bench().tls });
    const answer = await viaProxy({
      proxyPort: proxy.port,
      ca: bench().upstream.certificatePem,
      url: origin.url,
    });
    expect(answer.status).toBe(200);
    const [recorded] = await proxy.sink.ended(1);
    expect(recorded?.session.row).toMatchObject({ kind: 'tunnel', state: 'completed' });
    expect(recorded?.session.facts.tunnelBytes?.received).toBeGreaterThan(500);
    expect(recorded?.responseBody).toHaveLength(0);
  });

  it('61 a client that refuses our certificate is passed through from then on when that is wanted', async () => {
    await using proxy = await bench().start({ inbound: { passRefused: true } });
    await using origin = await echoOrigin({ tls: bench().tls });
    const ask = () =>
      viaProxy({ proxyPort: proxy.port, ca: bench().upstream.certificatePem, url: origin.url });
    await expect(ask()).rejects.toThrow();
    await proxy.sink.ended(1);
    await expect(ask()).rejects.toThrow();
    await proxy.sink.ended(2);
    expect((await ask()).status).toBe(200);
    const sessions = await proxy.sink.ended(3);
    expect(sessions.map(({ session }) => session.row.error)).toEqual(['client-tls', 'client-tls', undefined]);
  });
});

describe('SOCKS', () => {
  const name = (text: string) => [text.length, ...Buffer.from(text)];
  const port = (n: number) => [n >> 8, n & 255];
  /** At the beginning of what was received. */
  const octets = (...bytes: number[]) =>
    new RegExp(`^${bytes.map((byte) => String.fromCharCode(byte)).join('')}`);

  it('5 with a name, and HTTP inside', async () => {
    await using t = await talk(bench());
    await using client = await rawClient(t.proxy.port);
    client.write(Buffer.from([5, 1, 0]));
    await client.until(octets(5, 0));
    client.write(Buffer.from([5, 1, 0, 3, ...name('localhost'), ...port(t.origin.port)]));
    await client.until(octets(5, 0, 5, 0));
    client.write('GET /s HTTP/1.1\r\nHost: x\r\n\r\n');
    await client.until(/ok$/);
    expect((await t.session()).session.row).toMatchObject({ host: 'localhost', path: '/s' });
  });

  it('4a with a name, its first request in the same packet', async () => {
    await using t = await talk(bench());
    await using client = await rawClient(t.proxy.port);
    const head = Buffer.from([4, 1, ...port(t.origin.port), 0, 0, 0, 1, 0, ...Buffer.from('localhost'), 0]);
    client.write(Buffer.concat([head, Buffer.from('GET /4 HTTP/1.1\r\nHost: x\r\n\r\n')]));
    await client.until(new RegExp(`${octets(0, 0x5a).source}[^]*ok$`));
  });

  it('asks for the credentials that were set, over HTTP as well', async () => {
    await using t = await talk(bench(), {
      engine: { inbound: { credentials: { username: 'me', password: 'secret' } } },
    });
    t.client.write(request(t.url));
    await t.client.until(/^HTTP\/1\.1 407 [\s\S]*Proxy-Authenticate: Basic/);
    t.client.write(request(t.url, `Proxy-Authorization: Basic ${btoa('me:secret')}\r\n`));
    await t.client.until(/ok$/);
    expect(t.origin.received().toString()).not.toContain('Proxy-Authorization');
    await using refused = await rawClient(t.proxy.port);
    refused.write(
      `CONNECT 127.0.0.1:${t.origin.port} HTTP/1.1\r\nHost: x\r\nProxy-Authorization: Basic eDp5\r\n\r\n`,
    );
    await refused.until(/^HTTP\/1\.1 407 /);
    await using socks = await rawClient(t.proxy.port);
    socks.write(Buffer.from([5, 1, 2]));
    await socks.until(octets(5, 2));
    socks.write(Buffer.from([1, ...name('me'), ...name('secret')]));
    await socks.until(octets(5, 2, 1, 0));
  });
});

describe('reverse listeners', () => {
  it('40 stand for their origin, with TLS or without', async () => {
    await using t = await talk(bench(), { tls: true });
    await using proxy = await bench().start({
      inbound: { reverse: [{ origin: `https://localhost:${t.origin.port}`, port: 0 }] },
    });
    const [listener] = proxy.engine.reverse;
    await using plain = await rawClient(listener?.port ?? 0);
    plain.write('GET /r HTTP/1.1\r\nHost: whatever.test\r\n\r\n');
    await plain.until(/ok$/);
    expect(t.origin.received().toString()).toMatch(
      new RegExp(`^GET /r HTTP/1\\.1\\r\\nHost: localhost:${t.origin.port}\\r\\n`),
    );
    const tls = connectTls({ port: listener?.port ?? 0, ca: proxy.ca, servername: 'localhost' });
    tls.write('GET /r2 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n');
    let text = '';
    for await (const chunk of tls) text += String(chunk);
    expect(text).toContain('ok');
    expect((await proxy.sink.ended(2)).map(({ session }) => session.row.url)).toEqual([
      `https://localhost:${t.origin.port}/r`,
      `https://localhost:${t.origin.port}/r2`,
    ]);
  });

  it('refuse what is no origin', async () => {
    await expect(
      bench().start({ inbound: { reverse: [{ origin: 'ftp://x', port: 0 }] } }),
    ).rejects.toMatchObject({ code: 'usage' });
  });
});

describe('connections to origins', () => {
  it('79 NTLM and Negotiate keep the connection for their client alone', async () => {
    await using t = await talk(bench(), {
      answer: (socket, received) =>
        void socket.write(
          received.includes('/login') && !received.includes('Authorization: NTLM')
            ? 'HTTP/1.1 401 No\r\nWWW-Authenticate: NTLM\r\nContent-Length: 0\r\n\r\n'
            : OK,
        ),
    });
    t.client.write(request(t.url, '', '', 'GET', '/login'));
    await t.client.until(/401 /);
    t.client.write(request(t.url, 'Authorization: NTLM abc\r\n', '', 'GET', '/login'));
    await t.client.until(/ok$/);
    expect(t.origin.connections()).toBe(1);
    await using other = await rawClient(t.proxy.port);
    other.write(request(t.url));
    await other.until(/ok$/);
    expect(t.origin.connections()).toBe(2);
    t.client.write(request(t.url, '', '', 'GET', '/mine'));
    await t.client.until(/ok[\s\S]*ok$/);
    expect(t.origin.received(0).toString()).toContain('/mine');
  });

  it('24 h2c is not passed on; other protocols switch to a recorded tunnel', async () => {
    await using t = await talk(bench(), {
      answer: (socket, received) => {
        if (!received.includes('Upgrade: foo')) return void socket.write(OK);
        socket.write('HTTP/1.1 101 Switching Protocols\r\nUpgrade: foo\r\nConnection: Upgrade\r\n\r\nhi');
        socket.on('data', (chunk) => socket.write(`foo ${chunk.toString()}`));
      },
    });
    t.client.write(
      request(t.url, 'Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAAA\r\n'),
    );
    await t.client.until(/ok$/);
    expect(t.origin.received().toString()).not.toMatch(/upgrade|http2/i);
    t.client.write(request(t.url, 'Connection: Upgrade\r\nUpgrade: foo\r\n'));
    await t.client.until(/101 [\s\S]*hi$/);
    t.client.write('bar');
    await t.client.until(/foo bar$/);
    t.client.socket.end();
    const sessions = await t.proxy.sink.ended(2);
    expect(sessions[1]?.session.row.status).toBe(101);
    expect(Buffer.from(sessions[1]?.responseBody ?? []).toString()).toBe('hifoo bar');
  });
});
