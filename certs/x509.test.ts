import { createHash, createPublicKey, generateKeyPairSync, X509Certificate } from 'node:crypto';
import { expect, test } from 'vitest';
import * as x509 from './x509.ts';

const signer = generateKeyPairSync('rsa', { modulusLength: 2048 });
const leaf = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });

function certificate(change: Partial<x509.CertificateFields> = {}) {
  const der = x509.signCertificate(
    {
      issuer: x509.distinguishedName({ organization: 'Sluice', commonName: 'Ärger, & "co" ✓' }),
      subject: x509.distinguishedName({ commonName: 'a.example' }),
      notBefore: new Date('2026-11-21T10:11:12Z'),
      notAfter: new Date('2026-11-30T10:11:12Z'),
      publicKey: x509.fromDer(x509.publicKeyInfo(leaf.publicKey)),
      extensions: [x509.leafConstraints(), x509.subjectAltName({ dns: 'a.example' }, false)],
      ...change,
    },
    signer.privateKey,
  );
  return new X509Certificate(der);
}

test('the signature is the signer’s and covers what is in it', () => {
  const made = certificate();
  expect(made.verify(signer.publicKey)).toBe(true);
  expect(made.verify(generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey)).toBe(false);
  const changed = Buffer.from(made.raw);
  const at = changed.indexOf('a.example');
  changed.write('b', at);
  expect(new X509Certificate(changed).verify(signer.publicKey)).toBe(false);
});

test('names, times and the key come out as they went in', () => {
  const made = certificate();
  expect(made.toLegacyObject().issuer).toMatchObject({ O: 'Sluice', CN: 'Ärger, & "co" ✓' });
  expect(made.subject).toBe('CN=a.example');
  expect(made.validFromDate.toISOString()).toBe('2026-11-21T10:11:12.000Z');
  expect(made.validToDate.toISOString()).toBe('2026-11-30T10:11:12.000Z');
  expect(made.publicKey.equals(createPublicKey(leaf.privateKey))).toBe(true);
});

test.each(['2049-12-31T23:59:59.000Z', '2050-01-01T00:00:00.000Z', '2126-11-23T00:00:00.000Z'])(
  'an end at %s, whichever form of time it needs',
  (end) => {
    const made = certificate({ notAfter: new Date(end) });
    expect(made.validToDate.toISOString()).toBe(end);
    const form = Buffer.from(made.raw).includes(`${end.slice(0, 4)}${end.slice(5, 7)}`)
      ? 'generalized'
      : 'utc';
    expect(form).toBe(end < '2050' ? 'utc' : 'generalized');
  },
);

test('serial numbers are positive, of 128 bits, and do not repeat', () => {
  const serials = Array.from({ length: 50 }, () => certificate().serialNumber);
  expect(new Set(serials).size).toBe(50);
  for (const serial of serials) expect(serial).toMatch(/^[4-7][0-9A-F]{31}$/);
});

test('key usage sets the bits that RFC 5280 numbers', () => {
  const bits = (...usages: Parameters<typeof x509.keyUsage>) =>
    x509.toDer(x509.keyUsage(...usages)).toString('hex');
  expect(bits('digitalSignature')).toMatch(/0101ff040403020780$/);
  expect(bits('keyCertSign', 'cRLSign')).toMatch(/0101ff040403020106$/);
});

test('an address is a name of four or of sixteen octets', () => {
  const of = (ip: Uint8Array) =>
    certificate({ extensions: [x509.subjectAltName({ ip }, true)] }).subjectAltName;
  expect(of(Uint8Array.of(192, 0, 2, 1))).toBe('IP Address:192.0.2.1');
  const v6 = new Uint8Array(16);
  v6[15] = 1;
  expect(of(v6)).toBe('IP Address:0:0:0:0:0:0:0:1');
});

test('the key identifier depends on the key alone and has 160 bits', () => {
  const id = (key: typeof leaf.publicKey) => x509.keyIdentifier(x509.publicKeyInfo(key));
  expect(id(leaf.publicKey)).toHaveLength(20);
  expect(id(leaf.publicKey)).toEqual(id(createPublicKey(leaf.privateKey)));
  expect(id(signer.publicKey)).not.toEqual(id(leaf.publicKey));
});

test('a key whose bits look like DER by chance goes through unchanged', () => {
  // 0x04 opens an uncompressed point and an OCTET STRING alike; a first coordinate octet of 63 makes its length fit.
  const spki = x509.publicKeyInfo(leaf.publicKey);
  spki[spki.length - 64] = 63;
  expect(x509.toDer(x509.fromDer(spki))).toEqual(spki);
  expect(x509.keyIdentifier(spki)).toEqual(
    createHash('sha256').update(spki.subarray(-65)).digest().subarray(0, 20),
  );
});

test('the subject of a certificate, byte for byte, and an error for what is none', () => {
  const made = certificate();
  const again = x509.toDer(x509.subjectOf(made.raw));
  expect(again).toEqual(x509.toDer(x509.distinguishedName({ commonName: 'a.example' })));
  expect(() => x509.subjectOf(x509.toDer(x509.sequence()))).toThrow('not a certificate');
});

test('PEM is what Node writes', () => {
  const made = certificate();
  expect(x509.certificatePem(made.raw)).toBe(made.toString());
});
