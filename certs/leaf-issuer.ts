/**
 * Leaf certificates, made on demand when a client opens TLS to a host. They live in memory only, one key pair serves all of one run, and
 * each names exactly one host: a wildcard would vouch for names nobody asked for.
 */
import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import type { LeafCertificate } from './authority.ts';
import { type CertificateName, certificateName } from './host-name.ts';
import { DAY_MS, type Root } from './root-certificate.ts';
import * as x509 from './x509.ts';

const VALID_DAYS = 7;
/** For clients whose clock is behind. */
const BACKDATED_DAYS = 2;
/** A leaf handed out must outlast the connections made with it. */
const RENEW_DAYS = 1;
const CACHE_SIZE = 1000;
/** RFC 5280 appendix A.1, ub-common-name. */
const MAX_COMMON_NAME = 64;

interface CachedLeaf {
  readonly leaf: LeafCertificate;
  /** Good to be handed out from here, inclusive, to there, exclusive; ms since the epoch. */
  readonly from: number;
  readonly until: number;
}

/**
 * Returns `leafFor` of the Authority port. The key is EC P-256: the proxy's signature in each handshake takes about a twentieth of the
 * time that RSA-2048 takes, and browsers, curl, Node and Java accept it under an RSA root.
 */
export function leafIssuer(root: Root, now: () => Date): (host: string) => LeafCertificate {
  const pair = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  const key = pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  const make = leafMaker(root, pair.publicKey);
  const rootPem = x509.certificatePem(root.certificate.raw);
  const rootEnd = root.certificate.validToDate.getTime();
  // A Map keeps insertion order: what is used moves to the end, what is first has waited longest.
  const cache = new Map<string, CachedLeaf>();

  const issue = (name: CertificateName, at: number): CachedLeaf => {
    const end = Math.min(at + VALID_DAYS * DAY_MS, rootEnd);
    const start = Math.min(at, end) - BACKDATED_DAYS * DAY_MS;
    const cert = x509.certificatePem(make(name, new Date(start), new Date(end))) + rootPem;
    // One that ends with the root cannot be bettered by making it again.
    const until = end === rootEnd ? Number.POSITIVE_INFINITY : end - RENEW_DAYS * DAY_MS;
    return { leaf: { cert, key }, from: start, until };
  };

  return (host) => {
    const name = certificateName(host);
    const at = now().getTime();
    const known = cache.get(name.name);
    const good = known !== undefined && at >= known.from && at < known.until;
    const entry = good ? known : issue(name, at);
    cache.delete(name.name);
    cache.set(name.name, entry);
    if (cache.size > CACHE_SIZE) {
      const [oldest] = cache.keys();
      if (oldest !== undefined) cache.delete(oldest);
    }
    return entry.leaf;
  };
}

function leafMaker(root: Root, publicKey: KeyObject) {
  const issuer = x509.subjectOf(root.certificate.raw);
  const spki = x509.publicKeyInfo(publicKey);
  const common = [
    x509.leafConstraints(),
    x509.keyUsage('digitalSignature'),
    x509.extendedKeyUsage(x509.SERVER_AUTH),
    x509.subjectKeyId(x509.keyIdentifier(spki)),
    x509.authorityKeyId(x509.keyIdentifier(x509.publicKeyInfo(root.certificate.publicKey))),
  ];
  const spkiNode = x509.fromDer(spki);
  return (name: CertificateName, notBefore: Date, notAfter: Date): Buffer => {
    // Longer than a common name may be: the subject stays empty and the alternative name speaks alone.
    const short = name.name.length <= MAX_COMMON_NAME;
    const altName = name.kind === 'ip' ? { ip: name.address } : { dns: name.name };
    return x509.signCertificate(
      {
        issuer,
        subject: x509.distinguishedName(short ? { commonName: name.name } : {}),
        notBefore,
        notAfter,
        publicKey: spkiNode,
        extensions: [...common, x509.subjectAltName(altName, !short)],
      },
      root.key,
    );
  };
}
