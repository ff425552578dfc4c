import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { leafIssuer } from '#certs/leaf-issuer.ts';
import { DAY_MS } from '#certs/root-certificate.ts';
import { CertificateLab, type Issued } from '../../testing/certificate-lab.ts';
import { type ConnectBench, connectBench } from '../../testing/connect-bench.ts';
import type { OriginCertificate } from '../../testing/origin.ts';
import { rawOrigin, reply } from '../../testing/raw-origin.ts';
import { classify } from '../failure.ts';
import { openConnection } from './connect.ts';
import type { ConnectContext } from './connect-context.ts';
import { UpstreamError } from './upstream-error.ts';

let lab: CertificateLab;
let bench: ConnectBench;
/** A trusted root of the lab's. */
let root: Issued;
beforeAll(async () => {
  [lab, bench] = await Promise.all([CertificateLab.open(), connectBench()]);
  root = await lab.authority('lab root');
});
afterAll(() => lab[Symbol.asyncDispose]());

interface Options {
  readonly host?: string;
  readonly serverName?: string;
  /** PEM texts to trust besides the bench's and the lab's root. */
  readonly ca?: readonly string[];
  readonly minTlsVersion?: 'TLSv1';
}

/** For most cases; reading some hundred authorities takes a while. */
let usual: ConnectContext | undefined;

function contextWith({ ca = [], minTlsVersion }: Pick<Options, 'ca' | 'minTlsVersion'>): ConnectContext {
  return bench.context({
    upstreamCa: [bench.trusted.certificate.toString(), root.cert, ...ca],
    lookup: (_name, _options, done) => done(null, [{ address: '127.0.0.1', family: 4 }]),
    ...(minTlsVersion ? { upstream: { minTlsVersion } } : {}),
  });
}

/** Connects to a server with that certificate; undefined when it was accepted. */
async function refusal(tls: OriginCertificate, options: Options = {}): Promise<UpstreamError | undefined> {
  const { host = 'localhost', serverName, ca = [], minTlsVersion } = options;
  // At its usual security level OpenSSL would not even serve the weak ones.
  const served = { ...tls, ciphers: 'DEFAULT:@SECLEVEL=0' };
  await using origin = await rawOrigin({ tls: served, onRequest: reply('x') });
  const plain = ca.length === 0 && minTlsVersion === undefined;
  usual ??= contextWith({});
  const context = plain ? usual : contextWith({ ca, ...(minTlsVersion ? { minTlsVersion } : {}) });
  try {
    const target = { scheme: 'https', host, port: origin.port, serverName, alpn: [] } as const;
    (await openConnection(target, context)).socket.destroy();
    return undefined;
  } catch (error) {
    if (error instanceof UpstreamError) return error;
    throw error;
  }
}

/** `code (words)` as a session would say it. */
function told(error: UpstreamError | undefined): string {
  if (!error) return 'accepted';
  const { code, detail } = classify(error, 'localhost');
  return `${code} ${detail}`;
}

const days = (count: number) => () => new Date(Date.now() + count * DAY_MS);
const chain = (...certificates: { cert: string; key: string }[]): OriginCertificate => ({
  cert: certificates.map(({ cert }) => cert).join('\n'),
  key: certificates[0]?.key ?? '',
});

describe('60 a certificate is refused, with the exact reason and the certificate to look at, when it', () => {
  it('has expired', async () => {
    const error = await refusal(leafIssuer(bench.trusted, days(-20))('localhost'));
    expect(told(error)).toMatch(/^tls-expired .*\(CERT_HAS_EXPIRED\)$/);
    expect(error?.facts.serverTls?.chain?.[0]).toMatchObject({
      subject: 'CN=localhost',
      altNames: 'DNS:localhost',
    });
    expect(error?.facts.serverAddress).toMatch(/^127\.0\.0\.1:\d+$/);
    expect(error?.timings).toEqual({
      dns: expect.any(Number),
      connect: expect.any(Number),
      tls: expect.any(Number),
    });
  });

  it('is not valid yet', async () => {
    const error = await refusal(leafIssuer(bench.trusted, days(20))('localhost'));
    expect(told(error)).toMatch(/^tls-expired .*\(CERT_NOT_YET_VALID\)$/);
  });

  it('is for another host', async () => {
    const error = await refusal(bench.leaf('other.test'));
    expect(told(error)).toMatch(/^tls-name .*it is for DNS:other\.test\)$/);
    expect(error?.facts.serverTls?.chain?.[0]?.subject).toBe('CN=other.test');
  });

  it('is self-signed', async () => {
    const error = await refusal(await lab.issue());
    expect(told(error)).toMatch(/^tls-untrusted .*\(DEPTH_ZERO_SELF_SIGNED_CERT\)$/);
  });

  it('is from an authority that nobody trusts', async () => {
    const unknown = await lab.authority('unknown');
    const leaf = await lab.issue({ issuer: unknown });
    expect(told(await refusal(leaf))).toMatch(/^tls-untrusted .*\(UNABLE_TO_VERIFY_LEAF_SIGNATURE\)$/);
    expect(told(await refusal(chain(leaf, unknown)))).toMatch(
      /^tls-untrusted .*\(SELF_SIGNED_CERT_IN_CHAIN\)$/,
    );
  });

  it('names its host in the common name alone', async () => {
    const leaf = await lab.issue({ issuer: root, extensions: 'keyUsage=digitalSignature' });
    expect(told(await refusal(leaf))).toMatch(/^tls-name .*it has no subject alternative name\)$/);
    const others = await lab.issue({ issuer: root, extensions: 'subjectAltName=email:a@localhost' });
    expect(told(await refusal(others))).toMatch(/^tls-name .*it is for email:a@localhost\)$/);
  });

  it('or one above it is signed with SHA-1 or MD5', async () => {
    const rsa = await lab.authority('rsa root', { key: ['rsa:2048'] });
    const ca = [rsa.cert];
    for (const digest of ['sha1', 'md5']) {
      const leaf = await lab.issue({ issuer: rsa, digest });
      expect(told(await refusal(leaf, { ca })), digest).toMatch(/^tls-untrusted .*too weak/);
      const lax = told(await refusal(leaf, { ca, minTlsVersion: 'TLSv1' }));
      expect(lax, digest).toMatch(/^tls-untrusted .*too weak: (sha1|md5)With/);
    }
    const middle = await lab.authority('sha1 middle', { issuer: root, digest: 'sha1' });
    const under = chain(await lab.issue({ issuer: middle }), middle);
    expect(told(await refusal(under))).toMatch(/^tls-untrusted .*too weak/);
    expect(told(await refusal(under, { minTlsVersion: 'TLSv1' }))).toMatch(/^tls-untrusted .*SHA1/i);
  });

  it('or one above it has a weak key', async () => {
    for (const key of [['rsa:1024'], ['ec', '-pkeyopt', 'ec_paramgen_curve:P-192']]) {
      const leaf = await lab.issue({ issuer: root, key });
      expect(told(await refusal(leaf)), key[0]).not.toBe('accepted');
    }
    const rsa = await lab.issue({ issuer: root, key: ['rsa:1024'] });
    expect(told(await refusal(rsa))).toMatch(/^tls-untrusted .*key too weak/);
    expect(told(await refusal(rsa, { minTlsVersion: 'TLSv1' }))).toMatch(/^tls-untrusted .*1024 bits/);
    const weakRoot = await lab.authority('weak root', { key: ['rsa:1024'] });
    const under = await lab.issue({ issuer: weakRoot });
    const ca = [weakRoot.cert];
    expect(told(await refusal(under, { ca, minTlsVersion: 'TLSv1' }))).toMatch(/^tls-untrusted .*1024 bits/);
  });

  it('comes without the intermediate that links it to a root', async () => {
    const middle = await lab.authority('middle', { issuer: root });
    const leaf = await lab.issue({ issuer: middle });
    expect(told(await refusal(leaf))).toMatch(/^tls-untrusted .*\(UNABLE_TO_VERIFY_LEAF_SIGNATURE\)$/);
    expect(told(await refusal(chain(leaf, middle)))).toBe('accepted');
  });

  it('is outside of what its authority may sign for', async () => {
    const extensions = 'nameConstraints=critical,permitted;DNS:example.test';
    const narrow = await lab.authority('narrow', { issuer: root, extensions });
    const leaf = chain(await lab.issue({ issuer: narrow }), narrow);
    expect(told(await refusal(leaf))).toMatch(/^tls-untrusted .*permitted subtree violation/);
    const inside = await lab.issue({
      issuer: narrow,
      subject: '/CN=a',
      extensions: 'subjectAltName=DNS:www.example.test',
    });
    expect(told(await refusal(chain(inside, narrow), { host: 'www.example.test' }))).toBe('accepted');
  });

  it('was issued by a certificate that is no authority, or is for something else', async () => {
    const leaf = await lab.issue({ issuer: root });
    const forged = chain(await lab.issue({ issuer: leaf }), leaf);
    expect(told(await refusal(forged))).toMatch(/^tls-untrusted .*\(INVALID_(CA|PURPOSE)\)$/);
    const extensions = 'subjectAltName=DNS:localhost\nextendedKeyUsage=clientAuth';
    expect(told(await refusal(await lab.issue({ issuer: root, extensions })))).toMatch(
      /^tls-untrusted .*PURPOSE/,
    );
  });
});

describe('K5 our own root vouches for nobody upstream', () => {
  const own = () => leafIssuer(bench.own, () => new Date())('localhost');

  it('though the user names it as an authority', async () => {
    const error = await refusal(own(), { ca: [bench.own.certificate.toString()] });
    expect(told(error)).toMatch(/^tls-untrusted .*Sluice’s own root/);
    expect(error?.facts.serverTls?.chain?.[0]?.subject).toBe('CN=localhost');
  });

  it('though the server does not send it', async () => {
    const { cert, key } = own();
    const [leaf = ''] = cert.split(/(?<=-----END CERTIFICATE-----\n)/);
    expect(told(await refusal({ cert: leaf, key }))).toMatch(/^tls-untrusted .*Sluice’s own root/);
  });

  it('though another authority that is trusted has signed its key', async () => {
    const keyPem = bench.own.key.export({ type: 'pkcs8', format: 'pem' }).toString();
    const crossed = await lab.authority('crossed', { issuer: root, keyPem });
    const leaf = chain(await lab.issue({ issuer: crossed }), crossed);
    expect(told(await refusal(leaf))).toMatch(/^tls-untrusted .*Sluice’s own root/);
  });
});

describe('what it must name', () => {
  const issue = (extensions: string) => lab.issue({ issuer: root, extensions });

  it.each([
    ['DNS:*.example.test', 'www.example.test', true],
    ['DNS:*.example.test', 'example.test', false],
    ['DNS:*.example.test', 'a.b.example.test', false],
    ['DNS:w*.example.test', 'www.example.test', false],
    ['DNS:WWW.Example.Test', 'www.example.test', true],
    ['DNS:www.example.test', 'www.example.test.', true],
    ['DNS:xn--bcher-kva.test', 'xn--bcher-kva.test', true],
  ])('58 %s for %s: %s', async (names, host, accepted) => {
    expect(told(await refusal(await issue(`subjectAltName=${names}`), { host })) === 'accepted').toBe(
      accepted,
    );
  });

  it.each([
    ['IP:127.0.0.1', '127.0.0.1', true],
    ['DNS:127.0.0.1', '127.0.0.1', false],
    ['IP:127.0.0.2', '127.0.0.1', false],
    ['IP:127.0.0.1', '::ffff:127.0.0.1', true],
    ['DNS:localhost', '127.0.0.1', false],
  ])('56 %s for the address %s: %s', async (names, host, accepted) => {
    expect(told(await refusal(await issue(`subjectAltName=${names}`), { host })) === 'accepted').toBe(
      accepted,
    );
  });

  it('52 the name that was asked for in the handshake, where it is another than the host', async () => {
    const leaf = await issue('subjectAltName=DNS:front.test');
    expect(told(await refusal(leaf, { host: 'back.test', serverName: 'front.test' }))).toBe('accepted');
    expect(told(await refusal(leaf, { host: 'front.test', serverName: 'back.test' }))).toMatch(/^tls-name/);
  });
});

test('60 what a server sends above an authority that is trusted does not count', async () => {
  const old = await lab.authority('old root', { key: ['rsa:2048'] });
  const middle = await lab.authority('both', {});
  const crossed = await lab.authority('both', { issuer: old, digest: 'sha1', keyPem: middle.key });
  const leaf = chain(await lab.issue({ issuer: middle }), crossed);
  const both = [old.cert, middle.cert];
  expect(told(await refusal(leaf, { ca: both }))).toBe('accepted');
  expect(told(await refusal(leaf, { ca: both, minTlsVersion: 'TLSv1' }))).toBe('accepted');
  expect(told(await refusal(leaf, { ca: [old.cert], minTlsVersion: 'TLSv1' }))).toMatch(/too weak: sha1/);
});

test('60 strong keys of every common kind are accepted', async () => {
  for (const key of [['rsa:2048'], ['ec', '-pkeyopt', 'ec_paramgen_curve:P-384'], ['ed25519']]) {
    expect(told(await refusal(await lab.issue({ issuer: root, key }))), key[0]).toBe('accepted');
  }
});
