/** Which way leads to a target: straight, or through the upstream proxy. Decided by the target's name alone; nothing is resolved. */
import { isIP } from 'node:net';
import { type HostMatcher, hostMatcher } from '../host-pattern.ts';
import { plainAddress } from '../own-address.ts';
import type { UpstreamProxy, UpstreamSettings } from '../settings.ts';
import { formatAuthority } from '../target.ts';
import type { RouteFacts, UpstreamTarget } from './connection.ts';
import { checkProxy } from './proxy-url.ts';

export interface Route extends RouteFacts {
  readonly proxy?: UpstreamProxy;
}

const DIRECT: Route = {};

/** `scheme://host:port`, which may be shown. */
export const proxyName = (proxy: UpstreamProxy): string => `${proxy.scheme}://${formatAuthority(proxy)}`;

/** The Basic credentials (RFC 7617) for a proxy, or undefined when it has none. */
export function basicCredentials({ username, password }: UpstreamProxy): string | undefined {
  if (username === undefined) return undefined;
  return `Basic ${Buffer.from(`${username}:${password ?? ''}`, 'utf8').toString('base64')}`;
}

/**
 * Loopback, however written (`127.1`, `0x7f.1`, `[::1]`, `a.localhost`), and link-local addresses with a zone: another machine would
 * understand something else by them.
 */
function isLocal(host: string): boolean {
  if (host.includes('%')) return true;
  // The URL parser knows every spelling of an IPv4 address.
  const canonical = isIP(host) === 0 ? (URL.parse(`http://${host}/`)?.hostname ?? host) : plainAddress(host);
  const name = canonical.replace(/\.$/, '');
  if (isIP(name) === 4) return name.startsWith('127.') || name === '0.0.0.0';
  return name === '::1' || name === '::' || name === 'localhost' || name.endsWith('.localhost');
}

/** The way by one proxy, or straight, whatever the settings say. */
export function routeBy(proxy: UpstreamProxy | 'direct', target: UpstreamTarget): Route {
  if (proxy === 'direct') return DIRECT;
  return new Routes({ proxy }).routeTo(target);
}

export class Routes {
  readonly #http: Route;
  readonly #tunnel: Route;
  readonly #bypass: HostMatcher;

  /** @throws SluiceError `usage` for a bypass pattern that is none, or a proxy that cannot be one. */
  constructor({ proxy, proxyFor = {}, bypass = [] }: UpstreamSettings) {
    this.#bypass = hostMatcher(bypass);
    this.#http = Routes.#forHttp(proxyFor.http ?? proxy);
    this.#tunnel = Routes.#forTunnels(proxyFor.https ?? proxy);
  }

  static #forHttp(proxy: UpstreamProxy | undefined): Route {
    if (proxy === undefined || proxy.scheme === 'socks5') return Routes.#forTunnels(proxy);
    const proxyAuthorization = basicCredentials(proxy);
    return {
      ...Routes.#forTunnels(proxy),
      absoluteForm: true,
      ...(proxyAuthorization ? { proxyAuthorization } : {}),
    };
  }

  static #forTunnels(proxy: UpstreamProxy | undefined): Route {
    return proxy === undefined ? DIRECT : { proxy: checkProxy(proxy), upstreamProxy: proxyName(proxy) };
  }

  routeTo({ scheme, host, port, tunnel }: UpstreamTarget): Route {
    const route = scheme === 'https' || tunnel ? this.#tunnel : this.#http;
    return route === DIRECT || isLocal(host) || this.#bypass(host, port) ? DIRECT : route;
  }
}
