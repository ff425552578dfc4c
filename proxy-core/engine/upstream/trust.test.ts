import { X509Certificate } from 'node:crypto';
import type { DetailedPeerCertificate } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CertificateLab, type Issued } from '../../testing/certificate-lab.ts';
import { Trust } from './trust.ts';

let lab: CertificateLab;
let own: Issued;
let other: Issued;
let trust: Trust;
beforeAll(async () => {
  lab = await CertificateLab.open();
  [own, other] = [await lab.authority('own'), await lab.authority('other')];
  trust = new Trust(own.cert, [other.cert]);
});
afterAll(() => lab[Symbol.asyncDispose]());

/** As Node gives it: leaf first, each with its issuer, the last with itself. */
function peer(...issued: Issued[]): DetailedPeerCertificate {
  const [first, ...above] = issued;
  const { raw, fingerprint256 } = new X509Certificate(first?.cert ?? '');
  const one = { raw, fingerprint256 } as DetailedPeerCertificate;
  one.issuerCertificate = above.length > 0 ? peer(...above) : one;
  return one;
}

describe('K5 our own root', () => {
  it('is recognised at the end of a chain, sent or not', async () => {
    const leaf = await lab.issue({ issuer: own });
    expect(trust.isOwn(peer(leaf, own))).toBe(true);
    expect(trust.isOwn(peer(leaf))).toBe(true);
    expect(trust.isOwn(peer(own))).toBe(true);
  });

  it('is recognised by its key under another name', async () => {
    const renamed = await lab.authority('innocent', { keyPem: own.key });
    const crossed = await lab.authority('innocent', { keyPem: own.key, issuer: other });
    const leaf = await lab.issue({ issuer: renamed });
    expect(trust.isOwn(peer(leaf, renamed))).toBe(true);
    expect(trust.isOwn(peer(leaf, crossed, other))).toBe(true);
  });

  it('is not what merely has its name, or cannot be read', async () => {
    const namesake = await lab.authority('own');
    const leaf = await lab.issue({ issuer: namesake });
    expect(trust.isOwn(peer(leaf, namesake))).toBe(false);
    expect(trust.isOwn(peer(leaf))).toBe(false);
    const garbage = { raw: Buffer.from('garbage'), fingerprint256: 'x' } as DetailedPeerCertificate;
    expect(trust.isOwn(garbage)).toBe(false);
    expect(trust.isOwn({} as DetailedPeerCertificate)).toBe(false);
  });
});

it('an anchor is what has the key of an authority that is trusted', async () => {
  const crossed = await lab.authority('other', { keyPem: other.key, issuer: own });
  expect(trust.isAnchor(new X509Certificate(other.cert))).toBe(true);
  expect(trust.isAnchor(new X509Certificate(crossed.cert))).toBe(true);
  expect(trust.isAnchor(new X509Certificate(own.cert))).toBe(false);
});
