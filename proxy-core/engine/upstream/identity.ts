/**
 * What Sluice asks of a server's certificate besides a valid chain: that it names the host (RFC 9525: in an alternative name, never in
 * the common name; a star for one whole label), that no key or signature in the chain is weak, and that it does not lead to Sluice's own
 * root. OpenSSL asks some of this at its default security level; BoringSSL and low minimum versions do not.
 */
import { type KeyObject, X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import type { DetailedPeerCertificate } from 'node:tls';
import { certificateChain } from '../facts.ts';
import { OwnRootError } from '../failure.ts';
import { plainAddress } from '../own-address.ts';

export class NameMismatchError extends Error {
  readonly code = 'ERR_TLS_CERT_ALTNAME_INVALID';
}

export class WeakCertificateError extends Error {
  readonly code = 'SLUICE_WEAK_CERTIFICATE';
}

export class UnreadableCertificateError extends Error {
  readonly code = 'SLUICE_UNREADABLE_CERTIFICATE';
}

/** NIST SP 800-57 part 1, table 2: 112 bits of security. */
const MIN_RSA_BITS = 2048;
const MIN_EC_BITS = 224;
const WEAK_HASH = /md[245]|sha1\b|sha-1\b|sha1With/i;

function nameError(certificate: X509Certificate, name: string): Error | undefined {
  const address = plainAddress(name);
  const host = name.endsWith('.') ? name.slice(0, -1) : name;
  const named =
    isIP(address) === 0
      ? certificate.checkHost(host, { subject: 'never', partialWildcards: false })
      : certificate.checkIP(address);
  if (named !== undefined) return undefined;
  const names = certificate.subjectAltName;
  return new NameMismatchError(names ? `it is for ${names}` : 'it has no subject alternative name');
}

function bitsOf(key: KeyObject): { readonly bits: number; readonly wanted: number } {
  const { modulusLength = 0, namedCurve = '' } = key.asymmetricKeyDetails ?? {};
  if (key.asymmetricKeyType?.startsWith('rsa')) return { bits: modulusLength, wanted: MIN_RSA_BITS };
  return { bits: Number(/\d{3}/.exec(namedCurve)?.[0] ?? MIN_EC_BITS), wanted: MIN_EC_BITS };
}

/** The signature of an anchor is not looked at: it is trusted for being in the store. */
function weakness(certificate: X509Certificate, anchor: boolean): Error | undefined {
  const { bits, wanted } = bitsOf(certificate.publicKey);
  if (bits < wanted) return new WeakCertificateError(`a key of ${bits} bits in its chain is too weak`);
  const algorithm = certificate.signatureAlgorithm ?? '';
  if (anchor || !WEAK_HASH.test(algorithm)) return undefined;
  return new WeakCertificateError(`a signature in its chain is too weak: ${algorithm}`);
}

/** Our root as far as it is needed to recognise it. */
export class OwnRoot {
  readonly #certificate: X509Certificate;
  readonly #key: Buffer;

  constructor(pem: string) {
    this.#certificate = new X509Certificate(pem);
    this.#key = this.#certificate.publicKey.export({ type: 'spki', format: 'der' });
  }

  /** Whether a certificate of the chain carries our key, or its end is signed with it. What cannot be read is not ours. */
  isIn(leaf: DetailedPeerCertificate): boolean {
    const chain = certificateChain(leaf);
    if (chain.some(({ raw }) => raw.includes(this.#key))) return true;
    const last = chain.at(-1);
    return last !== undefined && this.#signed(last.raw);
  }

  #signed(certificate: Buffer): boolean {
    try {
      const top = new X509Certificate(certificate);
      return top.checkIssued(this.#certificate) && top.verify(this.#certificate.publicKey);
    } catch {
      return false;
    }
  }
}

function problem(leaf: DetailedPeerCertificate, name: string, own: OwnRoot): Error | undefined {
  if (own.isIn(leaf)) return new OwnRootError('the chain ends in the root of Sluice');
  const chain = certificateChain(leaf).map(({ raw }) => new X509Certificate(raw));
  const [first] = chain;
  const wrongName = first ? nameError(first, name) : new NameMismatchError('there is none');
  if (wrongName) return wrongName;
  const weak = chain.map((one, index) => weakness(one, index > 0 && index === chain.length - 1));
  return weak.find((error) => error !== undefined);
}

/** What is wrong with a chain that verifies, for a server that was asked for as `name`. Never throws: what cannot be read is wrong. */
export function identityError(leaf: DetailedPeerCertificate, name: string, own: OwnRoot): Error | undefined {
  try {
    return problem(leaf, name, own);
  } catch (error) {
    return new UnreadableCertificateError('the certificate cannot be read', { cause: error });
  }
}
