/** What all connections of one engine share: whom to believe, which way to go, what is ours. Settings are read and checked once, here. */
import type { LookupFunction } from 'node:net';
import type { EngineOptions, EngineTimeouts } from '../engine.ts';
import { trustedAuthorities } from '../upstream-trust.ts';
import type { UpstreamTarget } from './connection.ts';
import type { Detour } from './detour.ts';
import { type Route, Routes, routeBy } from './route.ts';
import type { TlsContext } from './tls.ts';
import { type HostTls, TlsContexts } from './tls-contexts.ts';
import { TlsSessions } from './tls-sessions.ts';
import { Trust } from './trust.ts';

export interface ConnectOptions
  extends Pick<EngineOptions, 'upstreamCa' | 'ownPorts' | 'lookup' | 'upstream'> {
  readonly authority: Pick<EngineOptions['authority'], 'certificatePem'>;
  readonly timeouts: Pick<EngineTimeouts, 'connect'>;
}

export class ConnectContext implements TlsContext {
  readonly trust: Trust;
  readonly sessions = new TlsSessions();
  readonly keylog: ((line: Uint8Array) => void) | undefined;
  readonly lookup: LookupFunction | undefined;
  /** Ports of every listener of this process, the engine's own included. */
  readonly ownPorts: () => readonly number[];
  /** ms for everything from the name to the end of the handshake. */
  readonly timeout: number;
  readonly #contexts: TlsContexts;
  readonly #routes: Routes;

  /** @throws SluiceError `usage` that says which setting is wrong. Takes some 40 ms: one for an engine. */
  constructor({ authority, upstreamCa, ownPorts, lookup, upstream = {}, timeouts }: ConnectOptions) {
    const authorities = trustedAuthorities(authority.certificatePem, upstreamCa);
    this.trust = new Trust(authority.certificatePem, authorities);
    this.keylog = upstream.keylog;
    this.lookup = lookup;
    this.ownPorts = ownPorts;
    this.timeout = timeouts.connect;
    this.#routes = new Routes(upstream);
    this.#contexts = new TlsContexts(authorities, upstream);
  }

  routeTo(target: UpstreamTarget): Route {
    const proxy = target.detour?.proxy;
    return proxy === undefined ? this.#routes.routeTo(target) : routeBy(proxy, target);
  }

  tlsFor(names: readonly string[], port: number, detour?: Detour): HostTls {
    return detour?.certificate === undefined
      ? this.#contexts.tlsFor(names, port)
      : this.#contexts.tlsWith(detour.certificate);
  }
}
