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
import type { Trust } from './trust.ts';

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
const WEAK_HASH = /md[245]|sha-?1(?!\d)/i;

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

function weakKey({ publicKey }: X509Certificate): Error | undefined {
  const { bits, wanted } = bitsOf(publicKey);
  return bits < wanted
    ? new WeakCertificateError(`a key of ${bits} bits in its chain is too weak`)
    : undefined;
}

function weakSignature({ signatureAlgorithm = '' }: X509Certificate): Error | undefined {
  if (!WEAK_HASH.test(signatureAlgorithm)) return undefined;
  return new WeakCertificateError(`a signature in its chain is too weak: ${signatureAlgorithm}`);
}

/**
 * Goes up to the first authority that is trusted. Its key counts, its signature does not: it is trusted for being in the store, and what
 * servers send above it is of no use to anybody.
 */
function weakness(chain: readonly X509Certificate[], trust: Trust): Error | undefined {
  const flaws = chain.map((one) => ({ one, key: weakKey(one), signature: weakSignature(one) }));
  // Asking for anchors searches the whole store, which only a chain with a flaw is worth.
  if (flaws.every(({ key, signature }) => !key && !signature)) return undefined;
  const top = flaws.findIndex(({ one }) => trust.isAnchor(one));
  const counted = top < 0 ? flaws : flaws.slice(0, top + 1);
  return counted
    .map(({ key, signature }, index) => key ?? (index === top ? undefined : signature))
    .find((flaw) => flaw !== undefined);
}

function problem(leaf: DetailedPeerCertificate, name: string, trust: Trust): Error | undefined {
  if (trust.isOwn(leaf)) return new OwnRootError('the chain ends in the root of Sluice');
  const chain = certificateChain(leaf).map(({ raw }) => new X509Certificate(raw));
  const [first] = chain;
  const wrongName = first ? nameError(first, name) : new NameMismatchError('there is none');
  return wrongName ?? weakness(chain, trust);
}

/** What is wrong with a chain that verifies, for a server that was asked for as `name`. Never throws: what cannot be read is wrong. */
export function identityError(leaf: DetailedPeerCertificate, name: string, trust: Trust): Error | undefined {
  try {
    return problem(leaf, name, trust);
  } catch (error) {
    return new UnreadableCertificateError('the certificate cannot be read', { cause: error });
  }
}
