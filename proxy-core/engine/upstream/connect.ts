/**
 * The way to an origin: name, TCP, upstream proxy, TLS, under one time limit. Gives connected, verified sockets and speaks no HTTP on
 * them but a proxy's CONNECT. Whatever goes wrong, no socket and no timer is left.
 */
import { isIP, type Socket } from 'node:net';
import { OwnAddressError } from '../failure.ts';
import { isOwnPeer } from '../own-address.ts';
import type { UpstreamProxy } from '../settings.ts';
import type { ConnectContext } from './connect-context.ts';
import {
  connectionKey,
  type PeerTls,
  UpstreamConnection,
  type UpstreamTarget,
  type UpstreamTimings,
  upstreamFacts,
} from './connection.ts';
import { Deadline } from './deadline.ts';
import { connectFirst } from './happy-eyeballs.ts';
import { resolveHost } from './lookup.ts';
import type { Route } from './route.ts';
import { proxyFailure, refuseOwnTarget, secureProxy, tunnelThrough } from './through-proxy.ts';
import { secure } from './tls.ts';
import { UpstreamError } from './upstream-error.ts';

/** One attempt, step by step; what it has learned stays readable when a step fails. */
class Attempt {
  readonly #target: UpstreamTarget;
  readonly #context: ConnectContext;
  readonly #signal: AbortSignal;
  readonly #route: Route;
  readonly #timings: { -readonly [Phase in keyof UpstreamTimings]: UpstreamTimings[Phase] } = {};
  #socket: Socket | undefined;
  #tls: PeerTls | undefined;

  constructor(target: UpstreamTarget, context: ConnectContext, signal: AbortSignal) {
    this.#target = target;
    this.#context = context;
    this.#signal = signal;
    this.#route = context.routeTo(target);
  }

  async run(): Promise<UpstreamConnection> {
    const target = this.#target;
    const { proxy } = this.#route;
    this.#socket = proxy ? await this.#reachThrough(proxy) : await this.#dial(target);
    if (target.scheme === 'https') this.#socket = await this.#secure(this.#socket);
    return new UpstreamConnection(this.#socket, connectionKey(target), {
      timings: this.#timings,
      tls: this.#tls,
      route: this.#route,
    });
  }

  failed(error: unknown): UpstreamError {
    return new UpstreamError(error, upstreamFacts(this.#socket, this.#route, this.#tls), this.#timings);
  }

  async #timed<Result>(phase: keyof UpstreamTimings, step: Promise<Result>): Promise<Result> {
    const start = performance.now();
    try {
      return await step;
    } finally {
      this.#timings[phase] = (this.#timings[phase] ?? 0) + performance.now() - start;
    }
  }

  async #dial({ host, port }: { readonly host: string; readonly port: number }): Promise<Socket> {
    const { lookup, ownPorts } = this.#context;
    const signal = this.#signal;
    const found = resolveHost(host, lookup, signal);
    const addresses = await (isIP(host) === 0 ? this.#timed('dns', found) : found);
    const refuse = (socket: Socket) => (isOwnPeer(socket, ownPorts()) ? new OwnAddressError() : undefined);
    const allowHalfOpen = this.#target.tunnel;
    return this.#timed('connect', connectFirst(addresses, { port, signal, refuse, allowHalfOpen }));
  }

  async #reachThrough(proxy: UpstreamProxy): Promise<Socket> {
    const target = this.#target;
    const signal = this.#signal;
    try {
      await refuseOwnTarget(target, this.#context, signal);
      this.#socket = await this.#dial(proxy);
      const hop = await this.#timed('connect', secureProxy(this.#socket, proxy, this.#context, signal));
      this.#socket = hop;
      if (!this.#route.absoluteForm) await this.#timed('connect', tunnelThrough(hop, proxy, target, signal));
      return hop;
    } catch (error) {
      throw signal.aborted ? error : proxyFailure(error, proxy);
    }
  }

  async #secure(socket: Socket): Promise<Socket> {
    const { host, port, serverName = host, detour } = this.#target;
    const { secureContext, http1Only } = this.#context.tlsFor([serverName, host], port, detour);
    const alpn = http1Only ? this.#target.alpn.filter((protocol) => protocol !== 'h2') : this.#target.alpn;
    const wish = { name: serverName, alpn, secureContext, sessionKey: connectionKey(this.#target) };
    const seen = (tls: PeerTls): void => {
      this.#tls = tls;
    };
    const step = secure(socket, wish, this.#context, { signal: this.#signal, seen });
    return (await this.#timed('tls', step)).socket;
  }
}

/**
 * Connects to `target`. The socket has an error listener of ours, so that nothing an owner misses ends the process.
 * @throws UpstreamError for `classify`, or the reason of `signal` when that aborts.
 */
export async function openConnection(
  target: UpstreamTarget,
  context: ConnectContext,
  signal?: AbortSignal,
): Promise<UpstreamConnection> {
  using deadline = new Deadline(context.timeout, signal);
  const attempt = new Attempt(target, context, deadline.signal);
  try {
    const connection = await attempt.run();
    if (signal?.aborted) connection.socket.destroy();
    signal?.throwIfAborted();
    return connection;
  } catch (error) {
    signal?.throwIfAborted();
    throw attempt.failed(error);
  }
}
