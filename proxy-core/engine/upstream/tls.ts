/**
 * TLS with a server over a connected socket. Always verified: there is no way to ask for less. Names of hosts go into the handshake,
 * addresses do not (RFC 6066 §3).
 */
import { isIP, type Socket } from 'node:net';
import { connect, type DetailedPeerCertificate, type SecureContext, type TLSSocket } from 'node:tls';
import { tlsParameters } from '../facts.ts';
import { OwnRootError } from '../failure.ts';
import type { PeerTls } from './connection.ts';
import { identityError, type OwnRoot } from './identity.ts';
import { PeerChain } from './peer-chain.ts';
import { socketEvent } from './socket-event.ts';
import type { TlsSessions } from './tls-sessions.ts';

export interface TlsContext {
  readonly own: OwnRoot;
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
  const { own, sessions, keylog } = context;
  const { name, sessionKey } = wish;
  const known = sessions.find(sessionKey);
  const secured = connect({
    socket,
    secureContext: wish.secureContext,
    servername: isIP(name) === 0 ? name.replace(/\.$/, '') : '',
    rejectUnauthorized: true,
    // Node gives it the whole chain, whatever its type says.
    checkServerIdentity: (_name, peer) => identityError(peer as DetailedPeerCertificate, name, own),
    ...(wish.alpn.length > 0 ? { ALPNProtocols: [...wish.alpn] } : {}),
    ...(known ? { session: known.ticket } : {}),
  });
  // Lives as long as the socket: an error that comes while nobody else listens must not end the process.
  secured.on('error', () => {});
  if (keylog) secured.on('keylog', keylog);
  let tls: PeerTls = { parameters: {}, chain: undefined };
  let leaf: DetailedPeerCertificate | undefined;
  // Node's own listener verifies and, on failure, destroys the socket with all it knows: this one must come first.
  secured.prependOnceListener('secure', () => {
    if (!secured.isSessionReused()) leaf = secured.getPeerCertificate(true);
    tls = { parameters: tlsParameters(secured), chain: leaf ? new PeerChain(leaf) : known?.chain };
    seen(tls);
  });
  // Tickets of TLS 1.3 come after the handshake, and more than once.
  let verified = false;
  let early: Buffer | undefined;
  secured.on('session', (ticket) => {
    if (verified) sessions.keep(sessionKey, ticket, tls.chain);
    else early = ticket;
  });
  try {
    await socketEvent(secured, 'secureConnect', signal);
  } catch (error) {
    sessions.forget(sessionKey);
    socket.destroy();
    throw leaf && own.isIn(leaf)
      ? new OwnRootError('the chain ends in the root of Sluice', { cause: error })
      : error;
  }
  verified = true;
  leaf = undefined; // The listeners above would keep it.
  if (early) sessions.keep(sessionKey, early, tls.chain);
  return { socket: secured, tls };
}
