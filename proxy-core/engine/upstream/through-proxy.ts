/** The way through an upstream proxy, over a TCP connection to it: TLS with the proxy where it wants that, then CONNECT or SOCKS5. */
import type { LookupAddress } from 'node:dns';
import type { Socket } from 'node:net';
import { errorCode, OwnAddressError, TimeLimitError, UpstreamProxyError } from '../failure.ts';
import { isOwnPeer } from '../own-address.ts';
import type { UpstreamProxy } from '../settings.ts';
import type { Authority } from '../target.ts';
import type { ConnectContext } from './connect-context.ts';
import { ConnectTunnel } from './connect-tunnel.ts';
import { resolveHost } from './lookup.ts';
import { type Negotiation, negotiate } from './negotiation.ts';
import { basicCredentials, proxyName } from './route.ts';
import { Socks5Client } from './socks5-client.ts';
import { secure } from './tls.ts';

/** TLS with an `https` proxy, verified like any other server; other proxies are left as they are. */
export async function secureProxy(
  socket: Socket,
  proxy: UpstreamProxy,
  context: ConnectContext,
  signal: AbortSignal,
): Promise<Socket> {
  if (proxy.scheme !== 'https') return socket;
  const { host: name, port } = proxy;
  const { secureContext } = context.tlsFor([name], port);
  const wish = { name, alpn: ['http/1.1'], secureContext, sessionKey: `proxy ${proxyName(proxy)}` };
  return (await secure(socket, wish, context, { signal, seen: () => {} })).socket;
}

function negotiationWith(proxy: UpstreamProxy, target: Authority): Negotiation {
  if (proxy.scheme !== 'socks5') return new ConnectTunnel(target, basicCredentials(proxy));
  const { username, password } = proxy;
  return new Socks5Client(
    target,
    username === undefined ? undefined : { username, password: password ?? '' },
  );
}

/** Has the proxy connect to `target`. */
export function tunnelThrough(
  socket: Socket,
  proxy: UpstreamProxy,
  target: Authority,
  signal: AbortSignal,
): Promise<void> {
  return negotiate(socket, negotiationWith(proxy, target), proxyName(proxy), signal);
}

/** What goes wrong on the way to a proxy is told as the proxy's failure; time limits and our own address stay what they are. */
export function proxyFailure(error: unknown, proxy: UpstreamProxy): unknown {
  const own = [UpstreamProxyError, OwnAddressError, TimeLimitError].some((kind) => error instanceof kind);
  if (own) return error;
  const message = error instanceof Error ? error.message : String(error);
  const reason = errorCode(error) || message;
  return new UpstreamProxyError('SLUICE_PROXY_FAILED', proxyName(proxy), reason, { cause: error });
}

/**
 * A proxy on this machine would connect us to ourselves without our seeing it: a target on one of our ports is looked up first. Other
 * targets are not, so that their names stay between us and the proxy.
 * @throws OwnAddressError.
 */
export async function refuseOwnTarget(
  { host, port }: Authority,
  { lookup, ownPorts }: Pick<ConnectContext, 'lookup' | 'ownPorts'>,
  signal: AbortSignal,
): Promise<void> {
  if (!ownPorts().includes(port)) return;
  const unknown: readonly LookupAddress[] = [];
  const addresses = await resolveHost(host, lookup, signal).catch(() => unknown);
  const own = addresses.some(({ address }) =>
    isOwnPeer({ remoteAddress: address, remotePort: port }, ownPorts()),
  );
  if (own) throw new OwnAddressError();
}
