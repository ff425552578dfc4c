/** Against real clients, with every way they have to say no. */
import { once } from 'node:events';
import { connect as connectTcp, type Socket } from 'node:net';
import { connect } from 'node:tls';
import { describe, expect, it, onTestFinished } from 'vitest';
import { hasProgram, run, tempFolder } from '#certs/testing/temp-authority.ts';
import { alertOf, ClientTlsError, describeRejection, refusalOf, rejectionOf } from './client-rejection.ts';
import { nodeHello } from './testing/hello.ts';
import { socketPair } from './testing/loopback.ts';
import type { TlsAcceptor } from './testing/tls-acceptor.ts';
import { NAME, tlsBench } from './testing/tls-bench.ts';
import { acceptTls } from './tls-server.ts';

const { authority, accepting, client } = tlsBench();

const SAYS_NO: [string, string, string[], number][] = [
  ['that does not know the root', 'curl', [], 48],
  ['over TLS 1.2', 'curl', ['--tls-max', '1.2'], 48],
];

describe('acceptTls: a client that refuses our certificate', () => {
  const curl = (site: TlsAcceptor, ...more: string[]) =>
    run('curl', [
      '-sS',
      '--noproxy',
      '*',
      '--resolve',
      `${NAME}:${site.port}:127.0.0.1`,
      ...more,
      `https://${NAME}:${site.port}/`,
    ]);
  const openssl = (site: TlsAcceptor, ...more: string[]) => {
    const running = run('openssl', [
      's_client',
      '-connect',
      `127.0.0.1:${site.port}`,
      '-servername',
      NAME,
      '-verify_return_error',
      ...more,
    ]);
    running.child.stdin?.end();
    return running;
  };

  it.skipIf(!hasProgram('curl')).each(SAYS_NO)('61: curl %s', async (_, _program, options, alert) => {
    await using site = await accepting();
    await expect(curl(site, ...options)).rejects.toThrow('SSL certificate problem');
    const error = await site.rejected();
    expect(error).toMatchObject({ kind: 'alert', alert: { name: 'unknown_ca', number: alert } });
    expect(refusalOf(error)).toBe('certain');
  });

  it.skipIf(!hasProgram('curl'))('curl that knows it does not', async () => {
    await using site = await accepting({
      serve: (tls) => void tls.on('data', () => tls.end('HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nfine')),
    });
    expect((await curl(site, '--cacert', authority().certificateFile)).stdout).toBe('fine');
    await site.accepted();
  });

  it.skipIf(!hasProgram('openssl'))(
    '61: openssl that does not know the root, or expects another name',
    async () => {
      await using site = await accepting();
      for (const version of ['-tls1_3', '-tls1_2']) {
        await expect(openssl(site, version)).rejects.toThrow();
        expect(await site.rejected()).toMatchObject({
          kind: 'alert',
          alert: { name: 'unknown_ca', number: 48 },
        });
        const trusting = [version, '-CAfile', authority().certificateFile];
        await expect(openssl(site, ...trusting, '-verify_hostname', 'pinned.test')).rejects.toThrow();
        expect(await site.rejected()).toMatchObject({
          kind: 'alert',
          alert: { name: 'bad_certificate', number: 42 },
        });
      }
    },
  );

  it.skipIf(!hasProgram('openssl'))('61: openssl whose clock is far ahead', async () => {
    await using site = await accepting();
    const later = String(Math.floor(Date.now() / 1000) + 30 * 86_400);
    await expect(openssl(site, '-CAfile', authority().certificateFile, '-attime', later)).rejects.toThrow();
    expect(await site.rejected()).toMatchObject({
      kind: 'alert',
      alert: { name: 'certificate_expired', number: 45 },
    });
  });

  const chromium = ['chromium', 'chromium-browser', 'google-chrome'].find(hasProgram);

  it.skipIf(chromium === undefined)(
    '61: Chromium',
    async () => {
      await using site = await accepting();
      const home = await tempFolder();
      const quiet = [
        '--headless',
        '--no-sandbox',
        '--disable-gpu',
        '--no-first-run',
        '--disable-background-networking',
      ];
      const place = [
        `--user-data-dir=${home}`,
        '--no-proxy-server',
        '--host-resolver-rules=MAP *.sluice.test 127.0.0.1',
      ];
      const running = run(
        chromium ?? '',
        [...quiet, ...place, '--dump-dom', `https://${NAME}:${site.port}/`],
        {
          env: { ...process.env, HOME: home },
          timeout: 60_000,
        },
      );
      const error = await site.rejected();
      expect(error).toMatchObject({ kind: 'alert', alert: { name: 'certificate_unknown', number: 46 } });
      expect(refusalOf(error)).toBe('certain');
      await running;
    },
    90_000,
  );

  it('61: Node, which closes without a word', async () => {
    await using site = await accepting();
    for (const maxVersion of ['TLSv1.3', 'TLSv1.2'] as const) {
      await expect(client(site, { ca: [], maxVersion })).rejects.toMatchObject({
        code: 'SELF_SIGNED_CERT_IN_CHAIN',
      });
      const error = await site.rejected();
      expect(error.kind).toMatch(/^closed(-after)?$/);
      expect(refusalOf(error)).toBe('likely');
    }
  });

  it('61: one that finishes the handshake and leaves, by end or reset', async () => {
    await using site = await accepting();
    (await client(site)).end();
    expect(await site.rejected()).toMatchObject({ kind: 'closed-after' });
    const raw = connectTcp({ port: site.port, host: '127.0.0.1' });
    const secure = connect({ socket: raw, servername: NAME, ca: [authority().certificatePem] });
    secure.on('error', () => {});
    await once(secure, 'secureConnect');
    raw.resetAndDestroy();
    expect((await site.rejected()).kind).toMatch(/^closed/);
  });

  it('one that stays for a while and then leaves has not refused', async () => {
    await using site = await accepting({ judgeMs: 20 });
    const socket = await client(site);
    await site.accepted();
    socket.end();
    await once(socket, 'close');
  });
});

describe('acceptTls: where TLS cannot be', () => {
  it('a client of TLS 1.1 alone is told so by an alert', async () => {
    await using site = await accepting();
    const old = { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' } as const;
    await expect(client(site, old)).rejects.toMatchObject({ code: 'ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION' });
    const error = await site.rejected();
    expect(error).toMatchObject({
      kind: 'unable',
      alert: undefined,
      cause: { code: 'ERR_SSL_UNSUPPORTED_PROTOCOL' },
    });
    expect(refusalOf(error)).toBe('no');
  });

  it('a client without a cipher of ours', async () => {
    await using site = await accepting();
    const odd = { maxVersion: 'TLSv1.2', ciphers: 'AES128-SHA256' } as const;
    await expect(client(site, odd)).rejects.toThrow();
    expect(await site.rejected()).toMatchObject({
      kind: 'unable',
      cause: { code: 'ERR_SSL_NO_SHARED_CIPHER' },
    });
  });

  it('bytes that are no ClientHello', async () => {
    await using site = await accepting();
    const socket = connectTcp({ port: site.port, host: '127.0.0.1' });
    socket.write(Buffer.from('160301000401ffffff', 'hex'));
    const [alert] = (await once(socket, 'data')) as [Buffer];
    expect(alert[0]).toBe(0x15);
    expect(await site.rejected()).toMatchObject({ kind: 'unable' });
    socket.destroy();
  });

  const raw = async (site: TlsAcceptor, send: (socket: Socket, hello: Buffer) => void) => {
    const hello = await nodeHello({ servername: NAME });
    const socket = connectTcp({ port: site.port, host: '127.0.0.1' });
    socket.on('error', () => {});
    onTestFinished(() => void socket.destroy());
    send(socket, hello);
    await once(socket, 'data');
    return socket;
  };

  it('a client that closes or resets in the middle of the handshake', async () => {
    await using site = await accepting();
    (await raw(site, (socket, hello) => socket.write(hello))).end();
    expect(await site.rejected()).toMatchObject({ kind: 'closed' });
    (await raw(site, (socket, hello) => socket.write(hello))).resetAndDestroy();
    expect(await site.rejected()).toMatchObject({ kind: 'closed' });
  });

  it('a client that stops in the middle of the handshake', async () => {
    await using site = await accepting({ handshakeMs: 50 });
    const socket = await raw(site, (one, hello) => one.write(hello));
    expect(await site.rejected()).toMatchObject({ kind: 'time-limit' });
    await once(socket.resume(), 'close');
  });

  it('61: any alert is known by name', async () => {
    await using site = await accepting();
    for (const [number, name] of [
      [42, 'bad_certificate'],
      [46, 'certificate_unknown'],
      [44, 'certificate_revoked'],
      [80, 'internal_error'],
      [49, 'access_denied'],
      [112, 'unrecognized_name'],
    ] as const) {
      (await raw(site, (socket, hello) => socket.write(hello))).write(Buffer.of(0x15, 3, 3, 0, 2, 2, number));
      expect(await site.rejected()).toMatchObject({ kind: 'alert', alert: { name, number } });
    }
  });

  it('a client that had ended before TLS took over', async () => {
    await using site = await accepting();
    await using pair = await socketPair();
    const hello = await nodeHello({ servername: NAME });
    pair.inner.pause();
    pair.outer.end();
    // The end is in the socket, and not yet told.
    while (!pair.inner.closed && pair.inner.readyState === 'open')
      await new Promise((resolve) => setImmediate(resolve));
    const outcome = acceptTls(pair.inner, hello, { contexts: site.contexts, hello: undefined, alpn: [] });
    await expect(outcome).rejects.toMatchObject({ kind: 'closed' });
  });

  it('a connection that is gone already', async () => {
    await using site = await accepting();
    await using pair = await socketPair();
    pair.inner.destroy();
    const outcome = acceptTls(pair.inner, Buffer.of(0x16), {
      contexts: site.contexts,
      hello: undefined,
      alpn: [],
    });
    await expect(outcome).rejects.toBeInstanceOf(ClientTlsError);
    await expect(outcome).rejects.toMatchObject({ kind: 'closed' });
  });

  it('a refused connection is closed on our side too', async () => {
    await using site = await accepting();
    const socket = await raw(site, (one, hello) => one.write(hello));
    socket.write(Buffer.of(0x15, 3, 3, 0, 2, 2, 48));
    await once(socket.resume(), 'close');
    await site.rejected();
  });
});

describe('what a rejection is called', () => {
  const error = (code: string) => Object.assign(new Error('any message'), { code });

  it.each([
    ['ERR_SSL_TLSV1_ALERT_UNKNOWN_CA', 'unknown_ca', 48],
    ['ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE', 'bad_certificate', 42],
    ['ERR_SSL_SSL/TLS_ALERT_CERTIFICATE_UNKNOWN', 'certificate_unknown', 46],
    ['ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', 'certificate_required', 116],
    ['ERR_SSL_TLSV1_UNRECOGNIZED_NAME', 'unrecognized_name', 112],
    ['ERR_SSL_TLSV1_ALERT_USER_CANCELLED', 'user_cancelled', 90],
  ])('%s is an alert of the client', (code, name, number) => {
    expect(alertOf(error(code))).toEqual({ name, number });
  });

  it.each(['ERR_SSL_NO_SHARED_CIPHER', 'ERR_SSL_WRONG_VERSION_NUMBER', 'ECONNRESET', ''])(
    '%j is none',
    (code) => {
      expect(alertOf(error(code))).toBeUndefined();
    },
  );

  it('the connection’s end is told apart from what we cannot do', () => {
    expect(rejectionOf(error('ECONNRESET'), false).kind).toBe('closed');
    expect(rejectionOf(error('EPIPE'), true).kind).toBe('closed-after');
    expect(rejectionOf(error('ERR_SSL_NO_SHARED_CIPHER'), false).kind).toBe('unable');
    expect(rejectionOf(error('ERR_SSL_TLSV1_ALERT_UNKNOWN_CA'), false).kind).toBe('alert');
  });

  it('only some alerts are about the certificate', () => {
    const refusal = (code: string) => refusalOf(rejectionOf(error(code), false));
    for (const name of ['UNKNOWN_CA', 'BAD_CERTIFICATE', 'CERTIFICATE_EXPIRED', 'ACCESS_DENIED']) {
      expect(refusal(`ERR_SSL_TLSV1_ALERT_${name}`), name).toBe('certain');
    }
    for (const name of ['PROTOCOL_VERSION', 'INTERNAL_ERROR', 'NO_APPLICATION_PROTOCOL', 'DECODE_ERROR']) {
      expect(refusal(`ERR_SSL_TLSV1_ALERT_${name}`), name).toBe('no');
    }
    expect(refusal('ECONNRESET')).toBe('likely');
    expect(refusal('ERR_SSL_NO_SHARED_CIPHER')).toBe('no');
    expect(refusalOf(new ClientTlsError('time-limit'))).toBe('no');
  });

  it('61: the sentence says what to do, for every alert and every kind', () => {
    const known = describeRejection(rejectionOf(error('ERR_SSL_TLSV1_ALERT_UNKNOWN_CA'), false), 'a.test');
    expect(known.code).toBe('client-tls');
    expect(known.detail).toMatch(/does not trust .* for a\.test: install Sluice’s root certificate/);
    expect(known.detail).toMatch(/Android/);
    expect(known.detail).toMatch(/pins/);
    expect(known.detail).toMatch(/\(TLS alert unknown_ca \(48\)\)$/);
    const codes = [
      'BAD_CERTIFICATE',
      'CERTIFICATE_EXPIRED',
      'HANDSHAKE_FAILURE',
      'UNRECOGNIZED_NAME',
      'PROTOCOL_VERSION',
    ];
    const errors = [
      ...codes.map((name) => rejectionOf(error(`ERR_SSL_TLSV1_ALERT_${name}`), false)),
      ...(['closed', 'closed-after', 'time-limit', 'unable'] as const).map(
        (kind) => new ClientTlsError(kind),
      ),
    ];
    const details = errors.map((one) => describeRejection(one, 'a.test').detail);
    expect(new Set(details).size).toBe(errors.length);
    for (const detail of details) {
      expect(detail).not.toContain('{host}');
      expect(detail).toMatch(/^The client .*[:;,] /);
    }
  });
});
