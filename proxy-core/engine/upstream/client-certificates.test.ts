import { constants, generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type TLSSocket } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CertificateLab, type Issued } from '../../testing/certificate-lab.ts';
import { type ConnectBench, connectBench, openedConnections } from '../../testing/connect-bench.ts';
import { listening } from '../../testing/origin.ts';
import { classify } from '../failure.ts';
import type { ClientCertificate, UpstreamSettings } from '../settings.ts';
import { readClientCertificates } from './client-certificates.ts';
import { openConnection } from './connect.ts';

let lab: CertificateLab;
let bench: ConnectBench;
/** Who vouches for clients, a client of hers, and one of somebody else's. */
let authority: Issued;
let mia: Issued;
let stranger: Issued;
beforeAll(async () => {
  [lab, bench] = await Promise.all([CertificateLab.open(), connectBench()]);
  authority = await lab.authority('clients');
  const extensions = 'extendedKeyUsage=clientAuth';
  [mia, stranger] = await Promise.all([
    lab.issue({ issuer: authority, subject: '/CN=mia', extensions }),
    lab.issue({ subject: '/CN=stranger', extensions }),
  ]);
});
afterAll(() => lab[Symbol.asyncDispose]());

const opened = openedConnections();

const pem = (host: string, { cert, key }: Issued = mia): ClientCertificate => ({ host, cert, key });

/** A server that asks for a certificate and says whose it got, or turns those away who have none that it knows. */
async function asking({
  turnsAway = false,
  maxVersion = 'TLSv1.3' as const as 'TLSv1.2' | 'TLSv1.3',
  late = false,
} = {}) {
  const server = createServer(
    {
      ...bench.leaf('origin.test'),
      ca: authority.cert,
      requestCert: !late,
      rejectUnauthorized: turnsAway,
      maxVersion,
      // With a ticket the second handshake would be a short one, which asks for nothing.
      ...(late ? { secureOptions: constants.SSL_OP_NO_TICKET } : {}),
      ALPNProtocols: ['h2', 'http/1.1'],
    },
    (socket: TLSSocket) => {
      socket.on('error', () => {});
      const tell = () =>
        socket.write(`${socket.getPeerCertificate().subject?.CN ?? 'nobody'} ${socket.authorized}`);
      if (!late) tell();
      else
        socket.once('data', () => socket.renegotiate({ requestCert: true, rejectUnauthorized: false }, tell));
    },
  );
  server.on('tlsClientError', () => {});
  return listening(server);
}

/** What the server said of us, or the failure. */
async function seenBy(port: number, settings: UpstreamSettings, say?: string): Promise<string> {
  const context = bench.context({
    upstream: settings,
    lookup: (_name, _options, done) => done(null, [{ address: '127.0.0.1', family: 4 }]),
  });
  try {
    const target = { scheme: 'https', host: 'origin.test', port, alpn: ['h2', 'http/1.1'] } as const;
    const connection = await openConnection(target, context);
    opened.push(connection);
    if (say) connection.socket.write(say);
    // A server of Node's says nothing when it turns a certificate away: it just closes.
    const closed = once(connection.socket, 'close').then(() => {
      throw Object.assign(new Error('closed'), { code: 'ECONNRESET' });
    });
    const [bytes] = (await Promise.race([once(connection.socket, 'data'), closed])) as [Buffer];
    closed.catch(() => {});
    return `${bytes.toString()} ${connection.alpn}`;
  } catch (error) {
    const { code, detail } = classify(error, 'origin.test');
    return `${code}: ${detail}`;
  }
}

describe('55 a certificate that is asked for in the handshake', () => {
  it.each(['TLSv1.2', 'TLSv1.3'] as const)('is presented in %s', async (maxVersion) => {
    await using server = await asking({ maxVersion });
    expect(await seenBy(server.port, { clientCertificates: [pem('origin.test')] })).toBe('mia true h2');
  });

  it('PKCS#12 with a passphrase is presented too', async () => {
    await using server = await asking();
    const pfx = await lab.pkcs12(mia, 'open sesame');
    const certificate = { host: '*.test', pfx, passphrase: 'open sesame' };
    expect(await seenBy(server.port, { clientCertificates: [certificate] })).toBe('mia true h2');
  });

  it('goes to the hosts it is meant for, the first pattern that fits deciding', async () => {
    await using server = await asking();
    const of = (...clientCertificates: ClientCertificate[]) => seenBy(server.port, { clientCertificates });
    expect(await of(pem('other.test'))).toBe('nobody false h2');
    expect(await of(pem('origin.test:1'))).toBe('nobody false h2');
    expect(await of(pem('other.test'), pem(`origin.test:${server.port}`), pem('*', stranger))).toBe(
      'mia true h2',
    );
    expect(await of(pem('*', stranger), pem('origin.test'))).toBe('stranger false h2');
  });

  it.each([
    ['TLSv1.2', /^tls-other: .*handshake_failure.*whether it asks for a client certificate/],
    ['TLSv1.3', /^client-certificate: origin\.test asks for a client certificate/],
  ] as const)('that is missing is told as such, in %s', async (maxVersion, told) => {
    await using server = await asking({ maxVersion, turnsAway: true });
    expect(await seenBy(server.port, {})).toMatch(told);
  });

  it.each(['TLSv1.2', 'TLSv1.3'] as const)(
    'that the server does not want ends as a reset, in %s',
    async (maxVersion) => {
      await using server = await asking({ maxVersion, turnsAway: true });
      expect(await seenBy(server.port, { clientCertificates: [pem('*', stranger)] })).toMatch(/^reset: /);
    },
  );
});

describe('55 a certificate that is asked for only after a request', () => {
  it('is presented by renegotiation, over TLS 1.2 and HTTP/1.1', async () => {
    await using server = await asking({ late: true });
    const late = { ...pem('origin.test'), askedLate: true };
    expect(await seenBy(server.port, { clientCertificates: [late] }, 'GET')).toBe('mia true http/1.1');
  });

  it('cannot be, where TLS 1.3 is the least', () => {
    const settings = {
      minTlsVersion: 'TLSv1.3',
      clientCertificates: [{ ...pem('a'), askedLate: true }],
    } as const;
    expect(() => bench.context({ upstream: settings })).toThrow(
      expect.objectContaining({ code: 'usage', message: expect.stringContaining('TLS 1.2') }),
    );
  });
});

describe('55 a bad one is refused when settings are read, by the name of its host', () => {
  const refused = (certificate: ClientCertificate, reason: RegExp) =>
    expect(() => readClientCertificates([pem('good.test'), certificate])).toThrow(
      expect.objectContaining({
        code: 'usage',
        message: expect.stringMatching(new RegExp(`bad\\.test.*${reason.source}`)),
      }),
    );

  it('half a pair, or none', () => {
    refused({ host: 'bad.test' }, /needs a certificate and its key/);
    refused({ host: 'bad.test', cert: mia.cert }, /needs a certificate and its key/);
    refused({ host: 'bad.test', key: mia.key }, /needs a certificate and its key/);
  });

  it('a key of another certificate', () => {
    refused({ host: 'bad.test', cert: mia.cert, key: stranger.key }, /does not belong/);
    // OpenSSL alone would take a key of another kind.
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const key = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    refused({ host: 'bad.test', cert: mia.cert, key }, /does not belong/);
  });

  it('what is no PEM, or no PKCS#12', () => {
    refused({ host: 'bad.test', cert: 'hello', key: mia.key }, /./);
    refused({ host: 'bad.test', cert: mia.cert, key: 'hello' }, /./);
    refused({ host: 'bad.test', pfx: Buffer.from('hello') }, /./);
  });

  it('a passphrase that is wrong or missing', async () => {
    const pfx = await lab.pkcs12(mia, 'right');
    refused({ host: 'bad.test', pfx, passphrase: 'wrong' }, /passphrase is missing or wrong/);
    refused({ host: 'bad.test', pfx }, /passphrase is missing or wrong/);
    expect(() => readClientCertificates([{ host: 'a', pfx, passphrase: 'right' }])).not.toThrow();
  });

  it('PKCS#12 of the old kind, with what to do', async () => {
    const pfx = await lab.pkcs12(mia, 'right', ['-legacy', '-certpbe', 'PBE-SHA1-RC2-40']);
    refused({ host: 'bad.test', pfx, passphrase: 'right' }, /too old.*openssl pkcs12/);
  });

  it('a host pattern that is none', () => {
    expect(() => readClientCertificates([pem('bad/test')])).toThrow(
      expect.objectContaining({ code: 'usage' }),
    );
  });
});
