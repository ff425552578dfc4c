/** What the origin is made of: bodies, certificates, configuration. That nginx takes it shows in every run. */
import { X509Certificate } from 'node:crypto';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BODY, jsonBody, writeBodies } from './bodies.ts';
import { originAuthority, originCertificates, proxyAuthority } from './certificates.ts';
import { nginxConfig } from './nginx-config.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sluice-origin-'));
});
afterAll(() => rm(folder, { recursive: true }));

const read = async (path: string) => new X509Certificate(await readFile(path));

describe('bodies', () => {
  test.each([1024, 102_400, 999])('JSON of %i bytes is JSON and as long', (length) => {
    const body = jsonBody(length);
    expect(Buffer.byteLength(body)).toBe(length);
    expect(JSON.parse(body).orders.length).toBeGreaterThan(5);
  });

  test('files are as long as announced, and the largest takes no room', async () => {
    const bodies = join(folder, 'bodies');
    await writeBodies(bodies);
    for (const path of ['/100k', '/10m', '/1g'] as const) {
      expect((await stat(join(bodies, path))).size).toBe(BODY[path]);
    }
    expect((await stat(join(bodies, '1g'))).blocks).toBe(0);
  });
});

describe('certificates', () => {
  test('each host has one of its own, for its name and its address, signed by the authority', async () => {
    const authority = await originAuthority(folder);
    const hosts = ['1', '2', '3', '4', '5'].map((n) => ({
      address: `127.0.0.${n}`,
      name: `h${n}.bench.test`,
    }));
    const pairs = await originCertificates(folder, authority, hosts);
    const ca = await read(authority.cert);
    const leaves = await Promise.all(pairs.map(({ cert }) => read(cert)));
    leaves.forEach((leaf, index) => {
      expect(leaf.verify(ca.publicKey)).toBe(true);
      expect(leaf.checkHost(hosts[index]?.name ?? '')).toBe(hosts[index]?.name);
      expect(leaf.checkIP(hosts[index]?.address ?? '')).toBe(hosts[index]?.address);
      expect(leaf.ca).toBe(false);
    });
    expect(new Set(leaves.map(({ serialNumber }) => serialNumber)).size).toBe(hosts.length);
    expect(ca.ca).toBe(true);
  });

  test('the authority of the proxies is another, with a key that all of them take', async () => {
    const pair = await proxyAuthority(folder);
    const { publicKey, ca } = await read(pair.cert);
    expect(ca).toBe(true);
    expect(publicKey.asymmetricKeyType).toBe('rsa');
  });
});

test('the configuration has a server for each host, and only the main one in the clear', () => {
  const certificate = { cert: '/c.pem', key: '/c.key' };
  const hosts = [
    { address: '127.0.0.1', name: 'bench.test', certificate },
    { address: '127.0.0.2', name: 'h1.bench.test', certificate: { cert: '/h1.pem', key: '/c.key' } },
  ];
  const text = nginxConfig({ folder: '/f', httpPort: 1080, httpsPort: 1443, hosts, small: '{"a":1}' });
  expect(text.match(/listen 127\.0\.0\.1:1080/g)).toHaveLength(1);
  expect(text).not.toContain('127.0.0.2:1080');
  expect(text).toContain('listen 127.0.0.2:1443 ssl http2');
  expect(text).toContain('ssl_certificate /h1.pem');
  expect(text.match(/return 200 '\{"a":1\}'/g)).toHaveLength(2);
  expect([...text.matchAll(/listen (\S+)/g)].filter(([, where]) => !where?.startsWith('127.'))).toEqual([]);
});
