/**
 * The certificates a server presented, taken from the full handshake: a resumed one shows no chain, so it is kept beside the TLS session.
 * Made into facts only when somebody asks.
 */
import type { DetailedPeerCertificate } from 'node:tls';
import type { CertificateFacts } from '#model/session.ts';
import { chainFacts } from '../facts.ts';

export class PeerChain {
  #leaf: DetailedPeerCertificate | undefined;
  #facts: readonly CertificateFacts[] | undefined;

  constructor(leaf: DetailedPeerCertificate) {
    this.#leaf = leaf;
  }

  /** Leaf first, at most ten. */
  get facts(): readonly CertificateFacts[] {
    if (this.#leaf) {
      this.#facts = chainFacts(this.#leaf);
      // Some kilobytes that nobody needs any more.
      this.#leaf = undefined;
    }
    return this.#facts ?? [];
  }
}
