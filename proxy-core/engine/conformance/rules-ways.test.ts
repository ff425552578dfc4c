/** Rules about where requests go and how fast, about what is recorded, and about what is not decrypted. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer as createTlsServer, type TLSSocket } from 'node:tls';
import { describe, expect, it } from 'vitest';
import { CertificateLab } from '../../testing/certificate-lab.ts';
import { listening } from '../../testing/origin.ts';
import { rawTunnelClient } from '../../testing/raw-client.ts';
import { rawOrigin, reply } from '../../testing/raw-origin.ts';
import { rulesOf } from '../../testing/rules.ts';
import { until } from '../../testing/until.ts';
import { httpProxy } from '../../testing/upstream-proxy.ts';
import { OK, request, talk, wireBench } from './harness.ts';

const bench = wireBench();

describe('map-remote', () => {
  it('sends a request elsewhere, over TLS too, with the name of where it goes', async () => {
    await using other = await rawOrigin({
      onRequest: reply('HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nother'),
      tls: bench().tls,
    });
    const interception = rulesOf([
      { actions: [{ action: 'map-remote', to: `https://localhost:${other.port}` }] },
    ]);
    await using t = await talk(bench(), { engine: { interception } });
    t.client.write(request(t.url, '', '', 'GET', '/a?b'));
    await t.client.until(/other$/);
    expect(other.received().toString('latin1')).toMatch(
      new RegExp(`^GET /a\\?b HTTP/1\\.1\\r\\nHost: localhost:${other.port}\\r\\n`),
    );
    expect(t.origin.connections()).toBe(0);
    const { session } = await t.session();
    expect(session.row.url).toBe(`${t.url}/a?b`);
    expect(session.touches?.[0]?.changes[0]).toMatchObject({
      part: 'request URL',
      after: `https://localhost:${other.port}/a?b`,
    });
  });

  it('P2 does not lead to Sluice itself', async () => {
    await using proxy = await bench().start();
    const interception = rulesOf([
      { actions: [{ action: 'map-remote', to: `http://127.0.0.1:${proxy.port}/` }] },
    ]);
    await using t = await talk(bench(), { engine: { interception, ownPorts: () => [proxy.port] } });
    t.client.write(request(t.url));
    expect(await t.client.until(/own-address/)).toMatch(/^HTTP\/1\.1 508 /);
  });

  it('with nobody there is a failure like any other', async () => {
    const interception = rulesOf([{ actions: [{ action: 'map-remote', to: 'http://127.0.0.1:1' }] }]);
    await using t = await talk(bench(), { engine: { interception } });
    t.client.write(request(t.url));
    await t.client.until(/Code: refused/);
    expect((await t.session()).session.failure?.code).toBe('refused');
  });
});

describe('map-local and answers', () => {
  it('take files where there are some, and only inside their folder', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'sluice-map-'));
    writeFileSync(join(folder, 'a.txt'), 'from a file');
    const interception = rulesOf([{ actions: [{ action: 'map-local', folder }] }]);
    await using t = await talk(bench(), { engine: { interception } });
    t.client.write(request(t.url, '', '', 'GET', '/a.txt?q'));
    await t.client.until(/from a file$/);
    t.client.write(request(t.url, '', '', 'GET', '/b.txt'));
    await t.client.until(/ok$/);
    t.client.write(request(t.url, '', '', 'GET', '/%2e%2e/etc/passwd'));
    await t.client.until(/leads out of the folder/);
    expect(t.origin.received().toString('latin1').match(/^GET /gm)).toHaveLength(1);
    rmSync(folder, { recursive: true });
  });

  it('may be what a session was answered', async () => {
    const interception = rulesOf([{ actions: [{ action: 'answer', session: 5 }] }], {
      sources: {
        folder: '/',
        session: async () => ({
          status: 203,
          reason: 'As Before',
          headers: [['X-Was', 'so']],
          body: Buffer.from('recorded'),
        }),
      },
    });
    await using t = await talk(bench(), { engine: { interception } });
    t.client.write(request(t.url));
    expect(await t.client.until(/recorded$/)).toMatch(
      /^HTTP\/1\.1 203 As Before\r\nX-Was: so\r\nContent-Length: 8\r\n/,
    );
    const { session, responseBody } = await t.session();
    expect([session.row.status, Buffer.from(responseBody).toString(), session.row.state]).toEqual([
      203,
      'recorded',
      'completed',
    ]);
  });

  it('keep the connection for the next request, body and all', async () => {
    const interception = rulesOf([{ when: 'path:/mock', actions: [{ action: 'answer', body: 'mock' }] }]);
    await using t = await talk(bench(), { engine: { interception } });
    t.client.write(
      request(t.url, 'Content-Length: 4\r\n', 'body', 'POST', '/mock') +
        request(t.url, '', '', 'GET', '/real'),
    );
    const text = await t.client.until(/ok$/);
    expect(text.match(/HTTP\/1\.1 200 /g)).toHaveLength(2);
  });
});

describe('a request that waits', () => {
  it('for 100 Continue is told so when a rule wants its body', async () => {
    const interception = rulesOf([{ actions: [{ action: 'replace-body', find: 'a', with: 'b' }] }]);
    await using t = await talk(bench(), { engine: { interception } });
    t.client.write(request(t.url, 'Content-Length: 3\r\nExpect: 100-continue\r\n', '', 'POST'));
    await t.client.until(/^HTTP\/1\.1 100 /);
    t.client.write('aaa');
    await t.client.until(/ok$/);
    const asked = t.origin.received().toString('latin1');
    expect(asked).toMatch(/bbb$/);
    expect(asked).not.toMatch(/Expect/);
  });

  it('for ever, hangs until its client has had enough', async () => {
    const interception = rulesOf([{ actions: [{ action: 'hang' }] }]);
    await using t = await talk(bench(), { engine: { interception } });
    t.client.write(request(t.url));
    await until(
      () => t.proxy.sink.sessions()[0]?.session.touches !== undefined,
      () => 'no rule did anything',
    );
    expect(t.client.text()).toBe('');
    t.client.socket.resetAndDestroy();
    expect((await t.session()).session.row.state).toBe('client-aborted');
  });

  it('is let go of when its client leaves', async () => {
    const interception = rulesOf([{ actions: [{ action: 'break' }] }]);
    using _here = interception.breakpoints.attend();
    await using t = await talk(bench(), { engine: { interception } });
    t.client.write(request(t.url));
    await until(
      () => interception.breakpoints.items.length === 1,
      () => 'nothing is paused',
    );
    t.client.socket.resetAndDestroy();
    expect((await t.session()).session.row.state).toBe('client-aborted');
    expect(interception.breakpoints.items).toEqual([]);
    expect(t.origin.connections()).toBe(0);
  });

  it('is over when the engine closes', async () => {
    const interception = rulesOf([{ actions: [{ action: 'delay', ms: 60_000 }] }]);
    const t = await talk(bench(), { engine: { interception } });
    t.client.write(request(t.url));
    await until(
      () => t.proxy.sink.sessions().length === 1,
      () => 'no session',
    );
    await t[Symbol.asyncDispose]();
    expect((await t.session()).session.row.state).toBe('failed');
  });
});

describe('a body that a rule wants', () => {
  it('and that is too large goes on unchanged, which is told', async () => {
    const size = 17 * 1024 * 1024;
    const interception = rulesOf([
      { actions: [{ action: 'replace-body', in: 'response', find: 'a', with: 'b' }] },
    ]);
    const answer = (socket: { write(text: string | Buffer): void }) => {
      socket.write('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n');
      for (let sent = 0; sent < size; sent += 1024 * 1024)
        socket.write(`100000\r\n${'a'.repeat(1024 * 1024)}\r\n`);
      socket.write('0\r\n\r\n');
    };
    await using t = await talk(bench(), { answer, engine: { interception } });
    t.client.write(request(t.url));
    const text = await t.client.until(/\r\n0\r\n\r\n$/);
    expect(text.match(/a/g)?.length).toBeGreaterThanOrEqual(size);
    expect(text).not.toContain('b'.repeat(10));
    expect((await t.session()).session.touches?.[0]?.problem).toMatch(/larger than/);
  });

  it('and that breaks off is broken off for the client', async () => {
    const interception = rulesOf([
      { actions: [{ action: 'replace-body', in: 'response', find: 'a', with: 'b' }] },
    ]);
    await using t = await talk(bench(), {
      answer: reply('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc', true),
      engine: { interception },
    });
    t.client.write(request(t.url));
    await t.client.closed;
    expect(t.client.text()).toBe('');
    expect((await t.session()).session.row.state).toBe('server-aborted');
  });
});

it('throttle paces an upload, and lets all of it through', async () => {
  const interception = rulesOf([{ actions: [{ action: 'throttle', up: 20_000 }] }]);
  await using t = await talk(bench(), { answer: () => {}, engine: { interception } });
  const began = performance.now();
  t.client.write(request(t.url, 'Content-Length: 5000\r\n', 'u'.repeat(5000), 'POST'));
  await until(
    () => t.origin.received().toString('latin1').endsWith('u'.repeat(5000)),
    () => String(t.origin.received().length),
  );
  // 5,000 octets at 20,000 a second.
  expect(performance.now() - began).toBeGreaterThan(200);
});

describe('what is recorded', () => {
  it('is not what a rule hides', async () => {
    const interception = rulesOf([
      { when: 'path:/hide', actions: [{ action: 'hide' }, { action: 'set-header', name: 'X', value: '1' }] },
    ]);
    await using t = await talk(bench(), { engine: { interception } });
    t.client.write(request(t.url, '', '', 'GET', '/hide'));
    await t.client.until(/ok$/);
    t.client.write(request(t.url, '', '', 'GET', '/show'));
    await t.client.until(/ok.*ok$/s);
    const sessions = await t.proxy.sink.ended(1);
    expect(sessions.map(({ session }) => session.row.path)).toEqual(['/show']);
    expect(t.origin.received().toString('latin1')).toMatch(/\r\nX: 1\r\n/);
  });

  it('is marked and commented', async () => {
    const notes: unknown[] = [];
    const interception = rulesOf(
      [
        {
          when: { response: 'status:200' },
          actions: [
            { action: 'mark', mark: 4 },
            { action: 'comment', text: 'seen' },
          ],
        },
      ],
      { note: (id, note) => notes.push([id, note]) },
    );
    await using t = await talk(bench(), { engine: { interception } });
    t.client.write(request(t.url));
    await t.client.until(/ok$/);
    expect(notes).toEqual([
      [1, { mark: 4 }],
      [1, { comment: 'seen' }],
    ]);
  });
});

it('no-decrypt passes TLS of a host through unread', async () => {
  const interception = rulesOf([{ when: 'host=localhost', actions: [{ action: 'no-decrypt' }] }]);
  await using proxy = await bench().start({ interception });
  await using origin = await rawOrigin({ onRequest: reply(OK), tls: bench().tls });
  // The origin's own certificate, which only its own authority answers for.
  await using client = await rawTunnelClient(proxy.port, {
    authority: `localhost:${origin.port}`,
    ca: bench().upstream.certificatePem,
    serverName: 'localhost',
  });
  client.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n');
  await client.until(/ok$/);
  client.socket.destroy();
  const [recorded] = await proxy.sink.ended(1);
  expect(recorded?.session.row.kind).toBe('tunnel');
  expect(interception.tallies.list()).toMatchObject([{ matches: 1 }]);
});

it('upstream-proxy leads single requests another way', async () => {
  await using upstream = await httpProxy();
  await using origin = await rawOrigin({ onRequest: reply(OK) });
  const interception = rulesOf([
    { when: 'path:/by', actions: [{ action: 'upstream-proxy', proxy: `http://127.0.0.1:${upstream.port}` }] },
  ]);
  const lookup = (
    _name: string,
    _options: unknown,
    done: (error: null, addresses: { address: string; family: number }[]) => void,
  ) => done(null, [{ address: '127.0.0.1', family: 4 }]);
  await using t = await talk(bench(), { engine: { interception, lookup: lookup as never } });
  const url = `http://origin.test:${origin.port}`;
  for (const [number, path] of ['/by', '/straight', '/by'].entries()) {
    t.client.write(request(url, '', '', 'GET', path));
    await until(
      () => (t.client.text().match(/ok/g)?.length ?? 0) > number,
      () => t.client.text(),
    );
  }
  expect(upstream.asked).toHaveLength(2);
  const sessions = await t.proxy.sink.ended(3);
  expect(sessions.map(({ session }) => session.facts.upstreamProxy !== undefined)).toEqual([
    true,
    false,
    true,
  ]);
});

it('client-certificate is presented to the origin of that request alone', async () => {
  await using lab = await CertificateLab.open();
  const authority = await lab.authority('clients');
  const mia = await lab.issue({ subject: '/CN=mia', issuer: authority });
  const file = `${mia.file}-both.pem`;
  writeFileSync(file, mia.cert + mia.key);
  const server = createTlsServer(
    { ...bench().tls, requestCert: true, rejectUnauthorized: false, ca: authority.cert },
    (socket: TLSSocket) => {
      socket.on('error', () => {});
      socket.on('data', () => {
        const name = socket.getPeerCertificate().subject?.CN ?? 'nobody';
        socket.write(`HTTP/1.1 200 OK\r\nContent-Length: ${name.length}\r\n\r\n${name}`);
      });
    },
  );
  server.on('tlsClientError', () => {});
  await using origin = await listening(server, {});
  const interception = rulesOf([{ when: 'path:/mia', actions: [{ action: 'client-certificate', file }] }]);
  await using proxy = await bench().start({ interception });
  await using client = await rawTunnelClient(proxy.port, {
    authority: `localhost:${origin.port}`,
    ca: proxy.ca,
    serverName: 'localhost',
  });
  client.write('GET /mia HTTP/1.1\r\nHost: localhost\r\n\r\n');
  await client.until(/mia$/);
  client.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n');
  await client.until(/nobody$/);
});
