/**
 * TLS sessions for resumption (RFC 8446 §2.2, RFC 5077) with the chain that was verified when each began: a resumed handshake shows none.
 * Bounded; what was used longest ago goes first. Only sessions of verified connections come in here.
 */
import type { PeerChain } from './peer-chain.ts';

export interface TlsSession {
  readonly ticket: Buffer;
  readonly chain: PeerChain | undefined;
}

const MAX_SESSIONS = 1000;
/** A chain is verified anew at least this often. */
const MAX_AGE_MS = 3_600_000;

export class TlsSessions {
  readonly #entries = new Map<string, TlsSession & { readonly verifiedAt: number }>();
  readonly #now: () => number;

  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  find(key: string): TlsSession | undefined {
    const entry = this.#entries.get(key);
    if (!entry) return undefined;
    this.#entries.delete(key);
    if (this.#now() - entry.verifiedAt > MAX_AGE_MS) return undefined;
    this.#entries.set(key, entry);
    return entry;
  }

  /** Keeps the newest ticket; one that came of a resumed handshake is as old as the chain it was resumed from. */
  keep(key: string, ticket: Buffer, chain: PeerChain | undefined): void {
    const known = this.#entries.get(key);
    const verifiedAt = known !== undefined && known.chain === chain ? known.verifiedAt : this.#now();
    this.#entries.delete(key);
    this.#entries.set(key, { ticket, chain, verifiedAt });
    if (this.#entries.size <= MAX_SESSIONS) return;
    const oldest = this.#entries.keys().next();
    if (!oldest.done) this.#entries.delete(oldest.value);
  }

  forget(key: string): void {
    this.#entries.delete(key);
  }
}
