/**
 * TLS with a server over a connected socket. Always verified: there is no way to ask for less. Names of hosts go into the handshake,
 * addresses do not (RFC 6066 §3).
 */
import { isIP, type Socket } from 'node:net';
import { connect, type DetailedPeerCertificate, type SecureContext, type TLSSocket } from 'node:tls';
import { runsOver } from '../close-notify.ts';
import { tlsParameters } from '../facts.ts';
import { OwnRootError } from '../failure.ts';
import type { PeerTls } from './connection.ts';
import { identityError } from './identity.ts';
import { PeerChain } from './peer-chain.ts';
import { ignoreError, socketEvent } from './socket-event.ts';
import type { TlsSession, TlsSessions } from './tls-sessions.ts';
import type { Trust } from './trust.ts';

export interface TlsContext {
  readonly trust: Trust;
  readonly sessions: TlsSessions;
  readonly keylog: ((line: Uint8Array) => void) | undefined;
}

export interface TlsWish {
  /** The name or address to verify. */
  readonly name: string;
  readonly alpn: readonly string[];
  readonly secureContext: SecureContext;
  /** Where the session lies for resumption. */
  readonly sessionKey: string;
}

export interface SecureSocket {
  readonly socket: TLSSocket;
  readonly tls: PeerTls;
}

/** One handshake: what it tells before verification, and the session it leaves for the next. */
class Handshake {
  readonly socket: TLSSocket;
  readonly #wish: TlsWish;
  readonly #context: TlsContext;
  readonly #known: TlsSession | undefined;
  #tls: PeerTls = { parameters: {}, chain: undefined };
  #leaf: DetailedPeerCertificate | undefined;
  #verified = false;
  #ticket: Buffer | undefined;

  constructor(raw: Socket, wish: TlsWish, context: TlsContext, seen: (tls: PeerTls) => void) {
    const { name, alpn, secureContext } = wish;
    this.#wish = wish;
    this.#context = context;
    this.#known = context.sessions.find(wish.sessionKey);
    this.socket = connect({
      socket: raw,
      secureContext,
      servername: isIP(name) === 0 ? name.replace(/\.$/, '') : '',
      rejectUnauthorized: true,
      // Node gives it the whole chain, whatever its type says.
      checkServerIdentity: (_name, peer) =>
        identityError(peer as DetailedPeerCertificate, name, context.trust),
      ...(alpn.length > 0 ? { ALPNProtocols: [...alpn] } : {}),
      ...(this.#known ? { session: this.#known.ticket } : {}),
    });
    runsOver(this.socket, raw);
    this.socket.on('error', ignoreError);
    if (context.keylog) this.socket.on('keylog', context.keylog);
    // Node's own listener verifies and, on failure, destroys the socket with all it knows: this one must come first.
    this.socket.prependOnceListener('secure', () => seen(this.#look()));
    this.socket.on('session', (ticket) => this.#keep(ticket));
  }

  #look(): PeerTls {
    if (!this.socket.isSessionReused()) this.#leaf = this.socket.getPeerCertificate(true);
    const chain = this.#leaf ? new PeerChain(this.#leaf) : this.#known?.chain;
    this.#tls = { parameters: tlsParameters(this.socket), chain };
    return this.#tls;
  }

  /** Tickets of TLS 1.2 come before verification, those of TLS 1.3 after it and more than once. */
  #keep(ticket: Buffer): void {
    if (this.#verified) this.#context.sessions.keep(this.#wish.sessionKey, ticket, this.#tls.chain);
    else this.#ticket = ticket;
  }

  verified(): SecureSocket {
    this.#verified = true;
    this.#leaf = undefined; // The listeners would keep it as long as the socket.
    if (this.#ticket) this.#keep(this.#ticket);
    return { socket: this.socket, tls: this.#tls };
  }

  /** OpenSSL only knows that it does not trust our root; this says whose it is. */
  failed(error: unknown): unknown {
    this.#context.sessions.forget(this.#wish.sessionKey);
    const own = this.#leaf !== undefined && this.#context.trust.isOwn(this.#leaf);
    return own ? new OwnRootError('the chain ends in the root of Sluice', { cause: error }) : error;
  }
}

/**
 * Makes the handshake. `seen` is told what it brought as soon as that is known, before verification, so that a refused certificate can
 * be shown.
 * @throws the socket's, OpenSSL's or identity.ts's error; both sockets are then destroyed.
 */
export async function secure(
  socket: Socket,
  wish: TlsWish,
  context: TlsContext,
  { signal, seen }: { readonly signal: AbortSignal; readonly seen: (tls: PeerTls) => void },
): Promise<SecureSocket> {
  let handshake: Handshake | undefined;
  try {
    handshake = new Handshake(socket, wish, context, seen);
    await socketEvent(handshake.socket, 'secureConnect', signal);
    return handshake.verified();
  } catch (error) {
    socket.destroy();
    throw handshake ? handshake.failed(error) : error;
  }
}
