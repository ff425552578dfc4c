/**
 * OpenSSL contexts for our leaf certificates, made once per certificate and shared by all connections: making one takes longer than a
 * handshake with it. Bounded; a renewed leaf gets a context of its own. Holds no key that the leaf does not already hold.
 */
import { constants, randomBytes } from 'node:crypto';
import { createSecureContext, type SecureContext } from 'node:tls';
import type { Authority } from '#certs/authority.ts';

const MAX_CONTEXTS = 1000;
const TICKET_KEY_BYTES = 48;

export class SecureContexts {
  readonly #authority: Pick<Authority, 'leafFor'>;
  readonly #limit: number;
  /** By certificate; a Map keeps insertion order, so what is first has not been used for longest. */
  readonly #contexts = new Map<string, SecureContext>();
  /** One for all contexts: a client resumes its session whichever context it meets (RFC 5077, RFC 8446 §4.6.1). */
  readonly #ticketKeys = randomBytes(TICKET_KEY_BYTES);

  constructor(authority: Pick<Authority, 'leafFor'>, limit = MAX_CONTEXTS) {
    this.#authority = authority;
    this.#limit = limit;
  }

  get size(): number {
    return this.#contexts.size;
  }

  /** @throws SluiceError `not-allowed` when `host` is neither a host name nor an IP address. */
  contextFor(host: string): SecureContext {
    const leaf = this.#authority.leafFor(host);
    const context = this.#contexts.get(leaf.cert) ?? this.#make(leaf.cert, leaf.key);
    this.#contexts.delete(leaf.cert);
    this.#contexts.set(leaf.cert, context);
    const oldest = this.#contexts.keys().next();
    if (this.#contexts.size > this.#limit && !oldest.done) this.#contexts.delete(oldest.value);
    return context;
  }

  #make(cert: string, key: string): SecureContext {
    return createSecureContext({
      cert,
      key,
      ticketKeys: this.#ticketKeys,
      honorCipherOrder: true,
      // A client has no use for it here and could spend our time with it; BoringSSL has neither it nor its name.
      secureOptions: constants.SSL_OP_NO_RENEGOTIATION ?? 0,
    });
  }
}
