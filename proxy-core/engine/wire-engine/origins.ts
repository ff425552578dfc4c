/**
 * Finds or makes the connection that a request goes out on: an idle one, an HTTP/2 connection with room, or a new one. A client is
 * answered in the version it speaks where the origin speaks it too; what an origin speaks is asked once and remembered.
 */
import { setTimeout as delay } from 'node:timers/promises';
import type { ExchangeFacts } from '#model/session.ts';
import { classify, errorCode, failure } from '../failure.ts';
import { type Authority, formatAuthority, makeTarget, type Target } from '../target.ts';
import { AlpnMemory } from '../upstream/alpn-memory.ts';
import { openConnection } from '../upstream/connect.ts';
import type { ConnectContext } from '../upstream/connect-context.ts';
import { connectionKey, type UpstreamConnection, type UpstreamTarget } from '../upstream/connection.ts';
import type { Detour } from '../upstream/detour.ts';
import { Pool } from '../upstream/pool.ts';
import { UpstreamError } from '../upstream/upstream-error.ts';
import type { Client } from './client.ts';
import type { EngineContext } from './context.ts';
import { Http2Connections } from './http2-connections.ts';
import { HTTP2 } from './http2-heads.ts';
import { OriginHttp1 } from './origin-http1.ts';
import { OriginHttp2, type Ticket } from './origin-http2.ts';
import type { OriginHandler, OriginRequest } from './streams.ts';

export type Alpn = 'h2' | 'http/1.1';

const H1: readonly Alpn[] = ['http/1.1'];
const H2: readonly Alpn[] = ['h2', 'http/1.1'];
const H2_ALONE: readonly Alpn[] = ['h2'];
/** Servers without TLS are often somebody's own, and change from one minute to the next. */
const CLEARTEXT_MS = 60_000;
/** The answer to the preface of HTTP/2 may take so long. */
const CLEARTEXT_PATIENCE_MS = 3000;
/** Origins of which such a peculiarity is remembered. */
const MAX_PECULIAR = 1000;
/** How often a request may lose the connection it waits for. */
const MAX_TRIES = 3;

/** Where connections lead, as they are told apart. */
interface Place {
  readonly key: string;
  readonly target: Target;
  readonly serverName: string | undefined;
  readonly detour?: Detour | undefined;
}

/** A request's way. */
interface Way extends Place {
  /** HTTP/2 is to be spoken, by ALPN or with prior knowledge. */
  readonly http2: boolean;
}

export class Origins {
  readonly #context: () => EngineContext;
  readonly #connecting: ConnectContext;
  readonly #pool = new Pool<OriginHttp1>();
  readonly #shared = new Http2Connections<OriginHttp2>();
  readonly #all = new Set<{ destroy(): void }>();
  readonly #memory: AlpnMemory;
  /** Without TLS: whether prior knowledge of HTTP/2 (RFC 9113 §3.3) was right. */
  readonly #cleartext: AlpnMemory;
  /** They refuse HTTP/1.1 in ALPN (RFC 7301 §3.2), or HTTP/2 for what they were asked (RFC 9113 §7). */
  readonly #h2Alone = new Set<string>();
  readonly #h1Alone = new Set<string>();

  constructor(context: () => EngineContext, connecting: ConnectContext) {
    this.#context = context;
    this.#connecting = connecting;
    const open = (target: Parameters<typeof openConnection>[0]) => openConnection(target, connecting);
    const keep = (made: UpstreamConnection, { scheme, host, port, serverName }: UpstreamTarget) =>
      this.#release(
        this.#adopt({ key: made.key, target: makeTarget(scheme, { host, port }, '/'), serverName }, made, H2),
      );
    this.#memory = new AlpnMemory({ open, keep });
    this.#cleartext = new AlpnMemory({ open, keep, maxAge: CLEARTEXT_MS });
  }

  /** Sends the request's head as soon as there is a connection; the handler hears of everything. Answers how to give up before that. */
  open(request: OriginRequest, handler: OriginHandler, owner: Client): (() => void) | undefined {
    const way = this.#wayOf(request, owner);
    if (this.#sendNow(way, request, handler, owner)) return undefined;
    const abort = new AbortController();
    void this.#sendLater(way, { request, handler, owner, signal: abort.signal, tries: 0 });
    return () => abort.abort();
  }

  /** What the client speaks is what is asked of the origin, unless that is known to speak one version alone. */
  #wayOf({ head, upgrade, target, serverName, detour }: OriginRequest, { description }: Client): Way {
    const { scheme, host, port } = target;
    const key = connectionKey({ scheme, host, port, serverName, detour });
    const way = { key, target, serverName, detour };
    if (upgrade !== undefined || this.#h1Alone.has(key)) return { ...way, http2: false };
    if (head.httpVersion !== HTTP2) return { ...way, http2: this.#h2Alone.has(key) };
    // A client that has prior knowledge shares it.
    const known =
      target.scheme === 'https' || (!description.tls && this.#cleartext.recall(target) !== 'http/1.1');
    return { ...way, http2: known };
  }

  #sendNow(way: Way, request: OriginRequest, handler: OriginHandler, owner: Client): boolean {
    if (way.http2) {
      const connection = this.#shared.free(way.key);
      connection?.send(request, handler);
      if (connection !== undefined) return true;
      if (this.#knows(way) !== 'http/1.1') return false;
    }
    const idle = this.#pool.acquire(way.key, owner);
    idle?.open(request, handler);
    return idle !== undefined;
  }

  #knows({ target, serverName }: Way): Alpn | undefined {
    const memory = target.scheme === 'https' ? this.#memory : this.#cleartext;
    return memory.recall({ host: target.host, port: target.port, serverName });
  }

  async #sendLater(way: Way, ticket: Ticket): Promise<void> {
    const { request, handler, owner, signal } = ticket;
    try {
      while (way.http2 && this.#knows(way) !== 'http/1.1') {
        const full = this.#shared.full(way.key);
        full?.enqueue(ticket);
        const opening = this.#shared.opening(way.key);
        if (full !== undefined) return;
        if (opening === undefined) break;
        await opening.catch(() => {});
        if (signal.aborted || this.#sendNow(way, request, handler, owner)) return;
      }
      const connecting = this.#connect(way, way.http2 ? undefined : signal);
      // Those that wait for it come after its SETTINGS, which say how many streams there may be.
      if (way.http2) this.#shared.share(way.key, connecting.then(settled));
      const connection = await connecting;
      if (signal.aborted) this.#release(connection);
      else if (connection instanceof OriginHttp1) connection.open(request, handler);
      else if (connection.free) connection.send(request, handler);
      else connection.enqueue(ticket);
    } catch (error) {
      if (signal.aborted) return;
      const facts = error instanceof UpstreamError ? error.facts : {};
      handler.failed(classify(error, formatAuthority(way.target)), false, facts);
    }
  }

  async #connect(way: Way, signal?: AbortSignal): Promise<OriginHttp1 | OriginHttp2> {
    const { scheme } = way.target;
    if (scheme === 'http') return this.#connectPlain(way, signal);
    const offered = this.#h2Alone.has(way.key) ? H2_ALONE : way.http2 ? H2 : H1;
    try {
      return await this.#connectSecure(way, offered, signal);
    } catch (error) {
      if (offered === H2 || !/NO_APPLICATION_PROTOCOL/.test(errorCode(error))) throw error;
      // The one version that was offered is the one it does not have.
      if (offered === H1) addBounded(this.#h2Alone, way.key);
      else this.#h2Alone.delete(way.key);
      return this.#connectSecure(way, offered === H1 ? H2_ALONE : H1, signal);
    }
  }

  async #connectSecure(
    way: Way,
    alpn: readonly Alpn[],
    signal?: AbortSignal,
  ): Promise<OriginHttp1 | OriginHttp2> {
    const made = await this.#dial(way, alpn, signal);
    const { host, port } = way.target;
    // What was not offered could not be chosen.
    if (alpn !== H1) this.#memory.remember({ host, port, serverName: way.serverName }, made.alpn);
    return this.#adopt(way, made, alpn);
  }

  async #connectPlain(way: Way, signal?: AbortSignal): Promise<OriginHttp1 | OriginHttp2> {
    const made = await this.#dial(way, [], signal);
    // To another proxy HTTP/1.1 is spoken.
    if (!way.http2 || made.absoluteForm) return this.#http1(way, made);
    const connection = this.#http2(way, made);
    if (await speaksHttp2(connection)) return connection;
    connection.destroy();
    const { host, port } = way.target;
    this.#cleartext.remember({ host, port, serverName: way.serverName }, 'http/1.1');
    return this.#http1(way, await this.#dial(way, [], signal));
  }

  #dial(
    { target, serverName, detour }: Way,
    alpn: readonly Alpn[],
    signal?: AbortSignal,
  ): Promise<UpstreamConnection> {
    const { scheme, host, port } = target;
    return openConnection({ scheme, host, port, serverName, alpn, detour }, this.#connecting, signal);
  }

  #adopt(place: Place, made: UpstreamConnection, offered: readonly Alpn[]): OriginHttp1 | OriginHttp2 {
    return made.alpn === 'h2' ? this.#http2(place, made, offered) : this.#http1(place, made, offered);
  }

  #http2({ key, target }: Place, made: UpstreamConnection, offered: readonly Alpn[] = []): OriginHttp2 {
    const { socket, timings } = made;
    const connection = new OriginHttp2(this.#context(), {
      socket,
      where: formatAuthority(target),
      facts: factsOf(made, HTTP2, offered),
      timings,
      closed: (gone, waiting) => {
        this.#shared.remove(key, gone);
        for (const ticket of waiting) this.#again(ticket, target);
      },
      http1Required: () => addBounded(this.#h1Alone, key),
    });
    this.#keep(connection, socket);
    this.#shared.add(key, connection);
    return connection;
  }

  /** A request has lost the connection on which it waited for its turn. */
  #again(ticket: Ticket, target: Target): void {
    if (ticket.signal.aborted) return;
    if (ticket.tries >= MAX_TRIES) ticket.handler.failed(failure('reset', formatAuthority(target)), false);
    else
      void this.#sendLater(this.#wayOf(ticket.request, ticket.owner), { ...ticket, tries: ticket.tries + 1 });
  }

  #http1({ key, target }: Place, made: UpstreamConnection, offered: readonly Alpn[] = []): OriginHttp1 {
    const { socket, timings, absoluteForm, proxyAuthorization } = made;
    const connection = new OriginHttp1(this.#context(), {
      socket,
      key,
      where: formatAuthority(target),
      facts: factsOf(made, 'HTTP/1.1', offered),
      timings,
      absoluteForm,
      proxyAuthorization,
      released: (free) => this.#pool.release(free),
      closed: (gone) => this.#pool.discard(gone),
    });
    this.#keep(connection, socket);
    return connection;
  }

  #keep(connection: { destroy(): void }, socket: UpstreamConnection['socket']): void {
    this.#all.add(connection);
    socket.once('close', () => this.#all.delete(connection));
  }

  /** Nobody wants it now. */
  #release(connection: OriginHttp1 | OriginHttp2): void {
    if (connection instanceof OriginHttp1) this.#pool.release(connection);
  }

  /**
   * The protocols to offer to a client that opens TLS for `target` and itself offers `wanted`. Where the origin's are not known it is
   * connected to, and the connection kept for the client's first request; an origin that cannot be reached is told of then.
   */
  async protocolsFor(
    target: Target,
    serverName: string | undefined,
    wanted: readonly string[],
  ): Promise<readonly Alpn[]> {
    const { http2 } = this.#context().protocol;
    if (http2 === 'off' || !wanted.includes('h2')) return H1;
    if (http2 === 'always') return H2;
    if (target.scheme === 'http') return H1;
    try {
      const spoken = await this.#memory.probe({ host: target.host, port: target.port, serverName });
      return spoken === 'h2' ? H2 : H1;
    } catch {
      return H1;
    }
  }

  /** From now on the connection is `owner`'s alone (RFC 4559 §6: NTLM and Negotiate authenticate connections). */
  pin(connection: unknown, owner: Client): void {
    if (connection instanceof OriginHttp1) this.#pool.pin(connection, owner);
  }

  /** The client's connection is gone, and with it what was pinned to it. */
  dropOwner(owner: Client): void {
    this.#pool.dropOwner(owner);
  }

  /** A plain connection, for what is passed on unread. */
  connectTunnel(authority: Authority): Promise<UpstreamConnection> {
    return openConnection({ scheme: 'http', ...authority, alpn: [], tunnel: true }, this.#connecting);
  }

  /** A connection of HTTP/1.1 that is nobody else's, for octets that are passed on as they came. */
  connectRaw({ scheme, host, port }: Target, serverName: string | undefined): Promise<UpstreamConnection> {
    const alpn = scheme === 'https' ? H1 : [];
    return openConnection({ scheme, host, port, serverName, alpn, tunnel: true }, this.#connecting);
  }

  close(): void {
    this.#pool[Symbol.dispose]();
    for (const connection of this.#all) connection.destroy();
  }
}

/** With what was offered beside what was chosen, so that no choice of a lesser version goes unseen. */
function factsOf({ facts }: UpstreamConnection, version: string, offered: readonly Alpn[]): ExchangeFacts {
  const { serverTls } = facts;
  return {
    ...facts,
    ...(serverTls === undefined ? {} : { serverTls: { ...serverTls, alpnOffered: [...offered] } }),
    serverHttpVersion: version,
  };
}

/** Without TLS nobody has said so before; who says nothing for a while does not. */
async function speaksHttp2(connection: OriginHttp2): Promise<boolean> {
  const patience = new AbortController();
  const silent = delay(CLEARTEXT_PATIENCE_MS, false, { signal: patience.signal }).catch(() => false);
  const speaks = await Promise.race([connection.settled(), silent]);
  patience.abort();
  return speaks;
}

const settled = (connection: OriginHttp1 | OriginHttp2) =>
  connection instanceof OriginHttp2 ? connection.settled() : true;

function addBounded(set: Set<string>, key: string): void {
  set.add(key);
  const oldest = set.values().next();
  if (set.size > MAX_PECULIAR && !oldest.done) set.delete(oldest.value);
}
