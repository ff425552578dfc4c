/** A connection to an origin as the engine gets it: connected, verified, with what is known about it. */
import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import type { ExchangeFacts, Timings, TlsFacts } from '#model/session.ts';
import { connectionNumber, peerAddress } from '../facts.ts';
import type { Scheme } from '../target.ts';
import type { Detour } from './detour.ts';
import type { PeerChain } from './peer-chain.ts';
import type { Poolable } from './pool.ts';

export interface UpstreamTarget {
  /** `https`: TLS with the origin. */
  readonly scheme: Scheme;
  /** Name or address, IPv6 without brackets. */
  readonly host: string;
  readonly port: number;
  /** The name to ask for and to verify (RFC 6066 §3); `host` when absent. */
  readonly serverName?: string | undefined;
  /** Protocols to offer, best first (RFC 7301); none: the extension is left out. */
  readonly alpn: readonly string[];
  /** What follows is no HTTP request that a proxy could forward: go by CONNECT even where `scheme` is http, and keep half-open ends. */
  readonly tunnel?: boolean | undefined;
  /** Another way, or another certificate, than the settings say. */
  readonly detour?: Detour | undefined;
}

export type UpstreamFacts = Pick<
  ExchangeFacts,
  'serverAddress' | 'serverConnection' | 'serverTls' | 'upstreamProxy'
>;
export type UpstreamTimings = Pick<Timings, 'dns' | 'connect' | 'tls'>;

/** What the way to the origin asks of requests on it. */
export interface RouteFacts {
  /** `scheme://host:port` of the proxy in between, without credentials. */
  readonly upstreamProxy?: string | undefined;
  /** Requests go to a proxy, in absolute-form (RFC 9112 §3.2.2). */
  readonly absoluteForm?: boolean | undefined;
  /** The value of Proxy-Authorization to add to each request. */
  readonly proxyAuthorization?: string | undefined;
}

/** What a TLS handshake told. */
export interface PeerTls {
  readonly parameters: TlsFacts;
  readonly chain: PeerChain | undefined;
}

/**
 * Same key, same purpose: where a target's idle connections lie. The route and the client certificate follow from what is in it, as long
 * as the settings stay; with others, make another context and another pool.
 */
export function connectionKey({
  scheme,
  host,
  port,
  serverName,
  detour,
}: Omit<UpstreamTarget, 'alpn'>): string {
  const plain = `${scheme}://${host}:${port}`;
  const key = detour === undefined ? plain : `${plain} by ${detour.key}`;
  return serverName === undefined || serverName === host ? key : `${key} ${serverName}`;
}

/** Facts of a connection, whole or failed halfway. */
export function upstreamFacts(
  socket: Socket | undefined,
  route: RouteFacts,
  tls: PeerTls | undefined,
): UpstreamFacts {
  const address = socket && peerAddress(socket);
  const chain = tls?.chain?.facts;
  return {
    ...(address ? { serverAddress: address } : {}),
    ...(socket ? { serverConnection: connectionNumber(socket) } : {}),
    ...(tls ? { serverTls: { ...tls.parameters, ...(chain ? { chain: [...chain] } : {}) } } : {}),
    ...(route.upstreamProxy ? { upstreamProxy: route.upstreamProxy } : {}),
  };
}

export class UpstreamConnection implements Poolable {
  readonly socket: Socket | TLSSocket;
  readonly key: string;
  /** What the origin chose of the protocols offered; undefined when it chose none. */
  readonly alpn: 'h2' | 'http/1.1' | undefined;
  /** Durations in ms; `connect` includes the talk with an upstream proxy. */
  readonly timings: UpstreamTimings;
  readonly absoluteForm: boolean;
  readonly proxyAuthorization: string | undefined;
  /** How often it has been taken from the pool; kept by the pool. */
  uses = 0;
  /** Kept by the pool. */
  idleSince = 0;
  readonly #route: RouteFacts;
  readonly #tls: PeerTls | undefined;
  #facts: UpstreamFacts | undefined;

  constructor(
    socket: Socket | TLSSocket,
    key: string,
    { timings, tls, route }: { timings: UpstreamTimings; tls?: PeerTls | undefined; route: RouteFacts },
  ) {
    this.socket = socket;
    this.key = key;
    this.timings = timings;
    this.absoluteForm = route.absoluteForm ?? false;
    this.proxyAuthorization = route.proxyAuthorization;
    this.#route = route;
    this.#tls = tls;
    const chosen = socket instanceof TLSSocket ? socket.alpnProtocol : false;
    this.alpn = chosen === 'h2' || chosen === 'http/1.1' ? chosen : undefined;
  }

  /** Worked out when first asked for; the address is missing when that is after the socket has closed. */
  get facts(): UpstreamFacts {
    this.#facts ??= upstreamFacts(this.socket, this.#route, this.#tls);
    return this.#facts;
  }
}
