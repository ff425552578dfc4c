/**
 * Ends TLS on a client's connection with our certificate for the host that the client wants. Nothing listens for it: the connection is
 * the client's own. Refuses to say that TLS stands before the client has had its chance to refuse our certificate.
 */
import type { Socket } from 'node:net';
import { type SecureContext, TLSSocket } from 'node:tls';
import type { TlsFacts } from '#model/session.ts';
import { tlsFacts } from '../facts.ts';
import { plainAddress } from '../own-address.ts';
import type { ClientHello } from './client-hello.ts';
import { ClientTlsError, rejectionOf } from './client-rejection.ts';
import type { SecureContexts } from './secure-contexts.ts';

const HANDSHAKE_MS = 30_000;
/**
 * Some clients (Node's) judge the certificate only after the handshake and then just close; a browser's spare connection stays open for
 * longer than this.
 */
const JUDGE_MS = 500;

export interface AcceptTlsOptions {
  /** Made once per engine from its Authority, shared by all connections. */
  readonly contexts: SecureContexts;
  /** What `first` says, or undefined when that is not to be read: OpenSSL then tells the client what is wrong with it. */
  readonly hello: ClientHello | undefined;
  /** The host that the client connected to (CONNECT, SOCKS), for clients that send no server name; A-labels. */
  readonly host?: string;
  /** Protocols to agree on, most wanted first. A client that offers none of them is spoken to without ALPN. */
  readonly alpn: readonly string[];
  /** Told each line of the TLS key log (NSS format). */
  readonly keylog?: (line: Uint8Array) => void;
  /** Limit of the handshake in ms. */
  readonly handshakeMs?: number;
  /** How long a silent client may take to leave after the handshake and is then held to have refused, in ms. */
  readonly judgeMs?: number;
}

export interface AcceptedTls {
  /** Decrypted. It has not flowed yet: the client's first bytes are in its buffer. */
  readonly tls: TLSSocket;
  readonly facts: TlsFacts;
}

/** The first of these that a certificate can be made for: the name asked for, the host connected to, the address that was reached. */
function contextFor(socket: Socket, { contexts, hello, host }: AcceptTlsOptions): SecureContext {
  for (const name of [hello?.sni, host]) {
    if (name === undefined) continue;
    try {
      return contexts.contextFor(name);
    } catch {
      // Not a host name; RFC 6066 §3 lets a server go on.
    }
  }
  return contexts.contextFor(plainAddress(socket.localAddress ?? '127.0.0.1'));
}

/**
 * `first` is what was already read of the connection, from its first byte on. Resolves when the client has sent its first byte inside
 * TLS, or has stayed for half a second after the handshake.
 * @throws ClientTlsError when TLS does not come about; the connection is then gone.
 */
export async function acceptTls(
  socket: Socket,
  first: Uint8Array,
  options: AcceptTlsOptions,
): Promise<AcceptedTls> {
  const { hello, alpn, keylog, handshakeMs = HANDSHAKE_MS, judgeMs = JUDGE_MS } = options;
  if (socket.destroyed || socket.readableEnded) {
    socket.destroy();
    throw new ClientTlsError('closed');
  }
  const protocol = alpn.find((name) => hello?.alpn.includes(name));
  socket.pause();
  if (first.length > 0) socket.unshift(first);
  const tls = new TLSSocket(socket, {
    isServer: true,
    secureContext: contextFor(socket, options),
    ...(protocol === undefined ? {} : { ALPNProtocols: [protocol] }),
  });
  // Whoever takes over listens too late for an error that is already on its way.
  tls.on('error', () => {});
  if (keylog) tls.on('keylog', keylog);
  return new Promise((resolve, reject) => {
    let established = false;
    const settle = () => {
      clearTimeout(timer);
      socket.off('end', closed);
      tls.off('secure', secure).off('readable', readable).off('error', failed).off('close', closed);
    };
    const refuse = (error: ClientTlsError) => {
      settle();
      tls.destroy();
      reject(error);
    };
    const accept = () => {
      settle();
      // A client that has said all may still be answered.
      tls.allowHalfOpen = true;
      const facts = tlsFacts(tls, 'client') ?? {};
      // A resumed session of TLS 1.2 has no name of its own.
      const { sni, alpn: offered = [] } = hello ?? {};
      resolve({
        tls,
        facts: {
          ...facts,
          ...(sni === undefined ? {} : { sni }),
          ...(offered.length === 0 ? {} : { alpnOffered: [...offered] }),
        },
      });
    };
    const secure = () => {
      established = true;
      // tls.Server would say so; Http2Session waits for it.
      Object.assign(tls, { secureConnecting: false });
      clearTimeout(timer);
      timer = setTimeout(accept, judgeMs);
    };
    const closed = () => refuse(new ClientTlsError(established ? 'closed-after' : 'closed'));
    // Also told of the end, with nothing to read.
    const readable = () => (tls.readableLength > 0 ? accept() : closed());
    const failed = (error: Error) => refuse(rejectionOf(error, established));
    let timer = setTimeout(() => refuse(new ClientTlsError('time-limit')), handshakeMs);
    // An end that came before TLS took over is told to nobody else.
    socket.on('end', closed);
    tls.on('secure', secure).on('readable', readable).on('error', failed).on('close', closed);
  });
}
