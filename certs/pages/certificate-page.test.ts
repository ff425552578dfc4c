import { createHash, X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import * as fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { headerValue } from '#model/headers.ts';
import type { Authority } from '../authority.ts';
import { encodeMobileConfig, encodePkcs12 } from '../encode-root.ts';
import { memoryAuthority } from '../testing/temp-authority.ts';
import { type CertificatePageRequest, certificatePage } from './certificate-page.ts';

let root: Authority;
let secret: Buffer;
beforeAll(async () => {
  ({ authority: root, secret } = await memoryAuthority('Sluice CA (<lab> & "co", 2026-11-23)'));
});

function ask(change: Partial<CertificatePageRequest> = {}) {
  const request = {
    method: 'GET',
    path: '/',
    authority: 'sluice.cert:80',
    proxyAddress: '192.0.2.5:8866',
    ...change,
  };
  const answer = certificatePage(root, request);
  return {
    ...answer,
    text: Buffer.from(answer.body).toString('utf8'),
    header: (name: string) => headerValue(answer.headers, name),
  };
}

const PATHS = ['/', '/sluice.pem', '/sluice.crt', '/sluice.p12', '/sluice.mobileconfig', '/qr.svg'];

test('the page has the fingerprint, the downloads, the proxy and steps for every system', () => {
  const page = ask();
  expect(page.status).toBe(200);
  expect(page.header('content-type')).toBe('text/html; charset=utf-8');
  expect(page.text.replaceAll('<wbr>', '')).toContain(root.fingerprint);
  for (const path of PATHS.slice(1, 5)) expect(page.text).toContain(`href="${path.slice(1)}"`);
  for (const system of [
    'Windows',
    'macOS',
    'Debian',
    'Fedora',
    'Firefox',
    'iOS',
    'Android',
    'Java',
    'Node',
    'Python',
    'curl',
  ]) {
    expect(page.text).toMatch(new RegExp(`<summary>[^<]*${system}`));
  }
  expect(page.text).toContain('192.0.2.5:8866');
  expect(page.text).toContain('Sluice CA (&lt;lab&gt; &amp; &quot;co&quot;, 2026-11-23)');
});

test('it tells nothing of the machine it runs on', () => {
  expect(ask().text).not.toContain('secret-place');
});

test('it needs no script and nothing from elsewhere, and its policy allows neither', () => {
  const { text, header } = ask();
  const loads = text.replaceAll(/<(?:code|title)>.*?<\/(?:code|title)>/gs, '');
  expect(loads).not.toMatch(/<script|<link|<img|<iframe|\son\w+=|\sstyle=|@import|url\(|src=/i);
  const policy = header('content-security-policy') ?? '';
  const style = /<style>(.*?)<\/style>/s.exec(text)?.[1] ?? '';
  const hash = createHash('sha256').update(style).digest('base64');
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain(`style-src 'sha256-${hash}'`);
  expect(policy).not.toContain('unsafe');
});

test('downloads: type, name and content of each', () => {
  const expected: [string, string, string, Uint8Array | string][] = [
    ['/sluice.pem', 'application/x-pem-file', 'attachment; filename="sluice.pem"', root.certificatePem],
    ['/sluice.crt', 'application/x-x509-ca-cert', 'attachment; filename="sluice.crt"', root.certificateDer],
    ['/sluice.p12', 'application/x-pkcs12', 'attachment; filename="sluice.p12"', encodePkcs12(root)],
    [
      '/sluice.mobileconfig',
      'application/x-apple-aspen-config',
      'inline; filename="sluice.mobileconfig"',
      encodeMobileConfig(root),
    ],
  ];
  for (const [path, type, disposition, content] of expected) {
    const answer = ask({ path });
    expect(answer.status).toBe(200);
    expect(answer.header('content-type')).toBe(type);
    expect(answer.header('content-disposition')).toBe(disposition);
    expect(Buffer.from(answer.body)).toEqual(Buffer.from(content));
  }
  expect(new X509Certificate(ask({ path: '/sluice.crt' }).body).fingerprint256).toBe(root.fingerprint);
});

test.each(PATHS)('%s: length, safety headers, and HEAD says the same without a body', (path) => {
  const get = ask({ path });
  expect(get.header('content-length')).toBe(String(get.body.length));
  expect(get.header('x-content-type-options')).toBe('nosniff');
  expect(get.header('cache-control')).toBe('no-store');
  expect(get.header('content-security-policy')).toContain("frame-ancestors 'none'");
  const head = ask({ path, method: 'HEAD' });
  expect(head.body).toHaveLength(0);
  expect({ status: head.status, headers: head.headers }).toEqual({
    status: get.status,
    headers: get.headers,
  });
  expect(ask({ path: `${path}?v=1` }).body).toEqual(get.body);
});

test.each([
  '/nothing',
  '//',
  '/sluice.key',
  '/root-1.key.pem',
  '/../root-1.key.pem',
  '/SLUICE.PEM',
  '/constructor',
  '/__proto__',
  '',
  'x',
])('%j is not found, with a way back', (path) => {
  const answer = ask({ path });
  expect(answer.status).toBe(404);
  expect(answer.text).toContain('<a href="/">');
  expect(ask({ path, method: 'HEAD' }).body).toHaveLength(0);
});

test.each(['POST', 'PUT', 'DELETE', 'OPTIONS', 'CONNECT', 'get', ''])('method %j is refused', (method) => {
  const answer = ask({ method, path: '/sluice.pem' });
  expect(answer.status).toBe(405);
  expect(answer.header('allow')).toBe('GET, HEAD');
});

test.each([
  ['sluice.cert:80', 'http://sluice.cert/'],
  ['sluice.cert', 'http://sluice.cert/'],
  ['192.168.1.9:8866', 'http://192.168.1.9:8866/'],
  ['[fd00::9]:8866', 'http://[fd00::9]:8866/'],
  ['evil" onload="x:1', 'http://192.0.2.5:8866/'],
  ['me@evil.test:80', 'http://192.0.2.5:8866/'],
  ['', 'http://192.0.2.5:8866/'],
])('asked under %j its own address is %s', (authority, url) => {
  expect(ask({ authority, path: '/qr.svg' }).text).toContain(`<title>QR code of ${url}</title>`);
  expect(ask({ authority }).text).toContain(`<code>${url}sluice.mobileconfig</code>`);
});

test('whatever is asked, it answers; markup from the request never reaches the page', () => {
  const text = fc.string({ unit: fc.constantFrom(...`<>"'&/:@?%\0é`), maxLength: 30 });
  fc.assert(
    fc.property(text, text, (path, authority) => {
      const answer = ask({ path: `/${path}`, authority });
      expect([200, 404]).toContain(answer.status);
      expect(answer.text.includes('<a ') || answer.status === 404 || answer.text.startsWith('<')).toBe(true);
      expect(ask({ authority }).text).toBe(ask({ authority: '192.0.2.5:8866' }).text);
    }),
    { numRuns: 50 },
  );
});

test('nothing that is served holds a part of the private key, and the sources never ask for one', async () => {
  for (const path of PATHS) expect(Buffer.from(ask({ path }).body).includes(secret)).toBe(false);
  for (const file of ['certificate-page.ts', 'page-html.ts', '../encode-root.ts']) {
    expect(await readFile(new URL(file, import.meta.url), 'utf8')).not.toMatch(/root-files|createPrivateKey/);
  }
});
