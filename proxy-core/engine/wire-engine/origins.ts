/**
 * Finds or makes the connection that a request goes out on: an idle one, an HTTP/2 connection with room, or a new one. A client is
 * answered in the version it speaks where the origin speaks it too; what an origin speaks is asked once and remembered.
 */
import type { ExchangeFacts } from '#model/session.ts';
import { classify, errorCode } from '../failure.ts';
import { type Authority, formatAuthority, type Target } from '../target.ts';
import { openConnection } from '../upstream/connect.ts';
import type { ConnectContext } from '../upstream/connect-context.ts';
import { connectionKey, type UpstreamConnection } from '../upstream/connection.ts';
import { Pool } from '../upstream/pool.ts';
import { UpstreamError } from '../upstream/upstream-error.ts';
import type { Client } from './client.ts';
import type { EngineContext } from './context.ts';
import { HTTP2 } from './http2-heads.ts';
import { OriginHttp1 } from './origin-http1.ts';
import { OriginHttp2 } from './origin-http2.ts';
import type { OriginHandler, OriginRequest } from './streams.ts';

export type Alpn = 'h2' | 'http/1.1';

/** Origins whose protocols are remembered. */
const MEMORY = 1000;
/** Names change hands: an origin is asked again after this. */
const REMEMBERED_MS = 3_600_000;

const H1: readonly Alpn[] = ['http/1.1'];
const H2: readonly Alpn[] = ['h2', 'http/1.1'];
const H2_ALONE: readonly Alpn[] = ['h2'];

/** Told of a connection that did not come about what had been learned of it. */
export interface OpenFailure {
  readonly facts: ExchangeFacts;
}

export class Origins {
  readonly #context: () => EngineContext;
  readonly #connecting: ConnectContext;
  readonly #pool = new Pool<OriginHttp1>();
  readonly #http2 = new Map<string, OriginHttp2>();
  /** HTTP/2 connections being opened: requests that come meanwhile wait for them instead of opening more. */
  readonly #opening = new Map<string, Promise<unknown>>();
  readonly #protocols = new Map<string, { readonly alpn: Alpn; readonly until: number }>();
  readonly #all = new Set<{ destroy(): void }>();

  constructor(context: () => EngineContext, connecting: ConnectContext) {
    this.#context = context;
    this.#connecting = connecting;
  }

  /** Sends the request's head as soon as there is a connection; the handler hears of everything. Answers how to give up before that. */
  open(request: OriginRequest, handler: OriginHandler, owner: Client): (() => void) | undefined {
    const key = keyOf(request.target, request.serverName);
    if (this.#sendNow(key, request, handler, owner)) return undefined;
    const abort = new AbortController();
    void this.#sendLater(key, request, handler, owner, abort.signal);
    return () => abort.abort();
  }

  #sendNow(key: string, request: OriginRequest, handler: OriginHandler, owner: Client): boolean {
    if (this.#wantsHttp2(key, request)) {
      const connection = this.#http2.get(key);
      if (connection?.open) {
        connection.send(request, handler);
        return true;
      }
    }
    const idle = this.#pool.acquire(key, owner);
    idle?.open(request, handler);
    return idle !== undefined;
  }

  /** What the client speaks is what is asked of the origin, unless that is known to speak HTTP/2 alone. */
  #wantsHttp2(key: string, { head, upgrade, target }: OriginRequest): boolean {
    if (upgrade !== undefined || target.scheme !== 'https') return false;
    return head.httpVersion === HTTP2 || this.#h2Alone.has(key);
  }

  readonly #h2Alone = new Set<string>();

  async #sendLater(
    key: string,
    request: OriginRequest,
    handler: OriginHandler,
    owner: Client,
    signal: AbortSignal,
  ): Promise<void> {
    const { target, serverName } = request;
    try {
      const http2 = this.#wantsHttp2(key, request);
      const opening = http2 ? this.#opening.get(key) : undefined;
      if (opening !== undefined) {
        await opening.catch(() => {});
        if (signal.aborted) return;
        if (this.#sendNow(key, request, handler, owner)) return;
      }
      const connecting = this.#connect(key, target, serverName, http2 ? H2 : H1, http2 ? undefined : signal);
      if (http2) this.#share(key, connecting);
      const connection = await connecting;
      if (signal.aborted) this.#park(connection);
      else if (connection instanceof OriginHttp2) connection.send(request, handler);
      else connection.open(request, handler);
    } catch (error) {
      if (signal.aborted) return;
      const facts = error instanceof UpstreamError ? error.facts : {};
      handler.failed(classify(error, formatAuthority(target)), false, facts);
    }
  }

  #share(key: string, connecting: Promise<unknown>): void {
    this.#opening.set(key, connecting);
    const done = () => {
      if (this.#opening.get(key) === connecting) this.#opening.delete(key);
    };
    connecting.then(done, done);
  }

  async #connect(
    key: string,
    target: Target,
    serverName: string | undefined,
    alpn: readonly Alpn[],
    signal?: AbortSignal,
  ): Promise<OriginHttp1 | OriginHttp2> {
    const { scheme, host, port } = target;
    const to = { scheme, host, port, serverName };
    const offered = this.#h2Alone.has(key) && alpn === H1 ? H2_ALONE : alpn;
    const made = (connection: UpstreamConnection) => {
      // What was not offered could not be chosen.
      if (offered !== H1) this.#remember(key, connection.alpn ?? 'http/1.1');
      return this.#adopt(key, target, connection);
    };
    try {
      return made(
        await openConnection({ ...to, alpn: scheme === 'https' ? offered : [] }, this.#connecting, signal),
      );
    } catch (error) {
      // It has no HTTP/1.1 at all (RFC 7301 §3.2).
      if (offered !== H1 || !/NO_APPLICATION_PROTOCOL/.test(errorCode(error))) throw error;
      this.#h2Alone.add(key);
      return made(await openConnection({ ...to, alpn: H2_ALONE }, this.#connecting, signal));
    }
  }

  /** Wraps a connection for the version agreed on. */
  #adopt(key: string, target: Target, made: UpstreamConnection): OriginHttp1 | OriginHttp2 {
    const context = this.#context();
    const where = formatAuthority(target);
    const { socket, facts, timings } = made;
    if (made.alpn === 'h2') {
      const connection = new OriginHttp2(context, {
        socket,
        url: `https://${where}`,
        where,
        facts: { ...facts, serverHttpVersion: HTTP2 },
        timings,
        closed: (gone) => {
          if (this.#http2.get(key) === gone) this.#http2.delete(key);
        },
      });
      this.#keep(connection, socket);
      this.#http2.set(key, connection);
      return connection;
    }
    const connection = new OriginHttp1(context, {
      socket,
      key,
      where,
      facts: { ...facts, serverHttpVersion: 'HTTP/1.1' },
      timings,
      absoluteForm: made.absoluteForm,
      proxyAuthorization: made.proxyAuthorization,
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

  #park(connection: OriginHttp1 | OriginHttp2): void {
    if (connection instanceof OriginHttp1) this.#pool.release(connection);
  }

  #remember(key: string, alpn: Alpn): void {
    this.#protocols.delete(key);
    this.#protocols.set(key, { alpn, until: performance.now() + REMEMBERED_MS });
    const oldest = this.#protocols.keys().next();
    if (this.#protocols.size > MEMORY && !oldest.done) this.#protocols.delete(oldest.value);
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
    const key = keyOf(target, serverName);
    const known = this.#protocols.get(key);
    if (known !== undefined && known.until > performance.now()) return known.alpn === 'h2' ? H2 : H1;
    try {
      const connecting = this.#opening.get(key) ?? this.#connect(key, target, serverName, H2);
      if (!this.#opening.has(key)) {
        this.#share(key, connecting);
        this.#park((await connecting) as OriginHttp1 | OriginHttp2);
      } else await connecting;
    } catch {
      return H1;
    }
    return this.#protocols.get(key)?.alpn === 'h2' ? H2 : H1;
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

function keyOf({ scheme, host, port }: Target, serverName: string | undefined): string {
  return connectionKey({ scheme, host, port, serverName });
}
