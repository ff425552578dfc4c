/**
 * What is known by key about the authorities behind a chain: which root is our own, and where a chain has reached one that is trusted.
 * Chains are judged by OpenSSL; this only reads what it has let through, or says why it has not.
 */
import { X509Certificate } from 'node:crypto';
import type { DetailedPeerCertificate } from 'node:tls';
import { certificateChain } from '../facts.ts';

const spkiOf = (certificate: X509Certificate) =>
  certificate.publicKey.export({ type: 'spki', format: 'der' });

export class Trust {
  readonly #own: X509Certificate;
  readonly #ownKey: Buffer;
  readonly #authorities: readonly Buffer[];

  /** `authorities`: PEM blocks, one certificate each. */
  constructor(ownRootPem: string, authorities: readonly string[]) {
    this.#own = new X509Certificate(ownRootPem);
    this.#ownKey = spkiOf(this.#own);
    this.#authorities = authorities.map((pem) => Buffer.from(pem.replace(/-----[^-]+-----/g, ''), 'base64'));
  }

  /** Whether a certificate of the chain carries our root's key, or its end is signed with it. What cannot be read is not ours. */
  isOwn(leaf: DetailedPeerCertificate): boolean {
    const chain = certificateChain(leaf);
    if (chain.some(({ raw }) => raw.includes(this.#ownKey))) return true;
    const last = chain.at(-1);
    return last !== undefined && this.#signedByOwn(last.raw);
  }

  #signedByOwn(certificate: Buffer): boolean {
    try {
      const top = new X509Certificate(certificate);
      return top.checkIssued(this.#own) && top.verify(this.#own.publicKey);
    } catch {
      return false;
    }
  }

  /** Whether an authority that is trusted has this certificate's key: then nothing above it matters. */
  isAnchor(certificate: X509Certificate): boolean {
    const key = spkiOf(certificate);
    return this.#authorities.some((authority) => authority.includes(key));
  }
}
