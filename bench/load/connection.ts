/**
 * Opens the connections of the load: straight to the origin or to a proxy, in the clear, or with CONNECT and TLS. The chain that is
 * presented must lead to the route's authority; whether it names the host is not looked at, because that is no cost worth comparing.
 */
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { connect as connectTls, createSecureContext, type SecureContext, type TLSSocket } from 'node:tls';

/** How requests reach the origin. */
export interface Route {
  /** Port of the proxy on 127.0.0.1; undefined: there is none. */
  readonly proxyPort: number | undefined;
  /** PEM of the authority of the certificates that clients get to see. */
  readonly ca: string;
}

/** Where a request goes. */
export interface Target {
  /** Address on loopback. */
  readonly address: string;
  readonly port: number;
  /** SNI; none is sent where it is undefined. */
  readonly serverName?: string | undefined;
}

export type Protocol = 'http/1.1' | 'h2';

/** The proxy does not speak the protocol; a fact to report, not a failure. */
export class NotSpoken extends Error {}

const PATIENCE_MS = 20_000;

async function openTcp(address: string, port: number): Promise<Socket> {
  const socket = connect({ host: address, port, noDelay: true });
  await once(socket, 'connect');
  // Whoever uses it listens; nobody does between two uses.
  socket.on('error', () => {});
  return socket;
}

/** A connection for requests in the clear: to the proxy where there is one, else to the target. */
export const openPlain = (route: Route, target: Target): Promise<Socket> =>
  route.proxyPort === undefined
    ? openTcp(target.address, target.port)
    : openTcp('127.0.0.1', route.proxyPort);

/** Sends CONNECT and reads the answer; what follows is the handshake's. */
async function tunnel(socket: Socket, authority: string): Promise<void> {
  socket.write(`CONNECT ${authority} HTTP/1.1\r\nHost: ${authority}\r\n\r\n`);
  const answer = await new Promise<string>((resolve, reject) => {
    let text = '';
    const onData = (chunk: Buffer) => {
      text += chunk.toString('latin1');
      if (!text.includes('\r\n\r\n')) return;
      socket.off('data', onData).off('close', onClose).pause();
      resolve(text);
    };
    const onClose = () => reject(socket.errored ?? new Error('closed instead of an answer to CONNECT'));
    socket.on('data', onData).on('close', onClose);
  });
  if (!/^HTTP\/1\.[01] 200 /.test(answer)) throw new Error(`CONNECT refused: ${answer.slice(0, 200)}`);
}

// Parsing an authority for every connection would cost the load more than the handshake does.
const contexts = new Map<string, SecureContext>();

function contextFor(ca: string): SecureContext {
  const known = contexts.get(ca) ?? createSecureContext({ ca });
  contexts.set(ca, known);
  return known;
}

/**
 * A TLS connection to the target, through the proxy's CONNECT where there is one.
 * @throws NotSpoken when another protocol is agreed on than asked for
 */
export async function openTls(route: Route, target: Target, protocol: Protocol): Promise<TLSSocket> {
  const socket = await openPlain(route, target);
  const late = setTimeout(() => socket.destroy(new Error('no TLS connection in time')), PATIENCE_MS);
  try {
    if (route.proxyPort !== undefined) await tunnel(socket, `${target.address}:${target.port}`);
    const secure = connectTls({
      socket,
      secureContext: contextFor(route.ca),
      servername: target.serverName ?? '',
      // As clients do that can both; the older one alone where it is wanted.
      ALPNProtocols: protocol === 'h2' ? ['h2', 'http/1.1'] : ['http/1.1'],
      checkServerIdentity: () => undefined,
    });
    await once(secure, 'secureConnect');
    secure.on('error', () => {});
    if (protocol === 'h2' && secure.alpnProtocol !== 'h2') throw new NotSpoken('HTTP/2 is not offered');
    return secure;
  } catch (error) {
    socket.destroy();
    throw error;
  } finally {
    clearTimeout(late);
  }
}

/**
 * Opens `count` connections, `atOnce` at a time; closes those it has when one fails. `open` may answer undefined: not this one.
 */
export async function openMany<S extends Socket>(
  count: number,
  open: () => Promise<S | undefined>,
  atOnce = 16,
): Promise<S[]> {
  const opened: S[] = [];
  let failure: unknown;
  let begun = 0;
  const lane = async () => {
    while (begun < count && failure === undefined) {
      begun += 1;
      try {
        const socket = await open();
        if (socket) opened.push(socket);
      } catch (error) {
        failure ??= error;
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(count, atOnce) }, lane));
  if (failure === undefined) return opened;
  for (const socket of opened) socket.destroy();
  throw failure;
}
