import { beforeAll, expect, test } from 'vitest';
import { leafIssuer } from '#certs/leaf-issuer.ts';
import { newRoot, type Root } from '#certs/root-certificate.ts';
import type { ClientCertificate } from '../settings.ts';
import { TlsContexts } from './tls-contexts.ts';

let root: Root;
let certificate: (host: string) => ClientCertificate;
beforeAll(async () => {
  root = await newRoot('lab', new Date());
  const leaf = leafIssuer(root, () => new Date());
  certificate = (host) => ({ host, ...leaf('client.test') });
});

test('hosts share a context unless a client certificate is meant for them', () => {
  const contexts = new TlsContexts([root.certificate.toString()], {
    clientCertificates: [certificate('*.a.test')],
  });
  const of = (...names: string[]) => contexts.tlsFor(names, 443);
  expect(of('x.test')).toBe(of('y.test'));
  expect(of('one.a.test')).toBe(of('two.a.test'));
  expect(of('one.a.test').secureContext).not.toBe(of('x.test').secureContext);
  expect(of('x.test', 'one.a.test')).toBe(of('one.a.test'));
});

test('the first pattern that fits decides, ports included', () => {
  const certificates = [
    certificate('a.test:8443'),
    { ...certificate('a.test'), askedLate: true },
    certificate('*'),
  ];
  const contexts = new TlsContexts([root.certificate.toString()], { clientCertificates: certificates });
  expect(contexts.tlsFor(['a.test'], 443).http1Only).toBe(true);
  expect(contexts.tlsFor(['a.test'], 8443).http1Only).toBe(false);
  expect(contexts.tlsFor(['b.test'], 443)).not.toBe(contexts.tlsFor(['a.test'], 8443));
});

test('a bad certificate, or one that cannot be asked for, is refused at once', () => {
  const make = (settings: ConstructorParameters<typeof TlsContexts>[1]) => () =>
    new TlsContexts([root.certificate.toString()], settings);
  expect(make({ clientCertificates: [{ host: 'a.test', cert: 'x', key: 'y' }] })).toThrow('a.test');
  const late = [{ ...certificate('a.test'), askedLate: true }];
  expect(make({ minTlsVersion: 'TLSv1.3', clientCertificates: late })).toThrow(
    expect.objectContaining({ code: 'usage' }),
  );
  expect(make({ minTlsVersion: 'TLSv1.2', clientCertificates: late })).not.toThrow();
});
