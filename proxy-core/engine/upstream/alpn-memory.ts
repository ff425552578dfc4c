/**
 * What each origin chose when it was offered HTTP/2 (RFC 7301), so that a client can be offered what its origin speaks. What is not known
 * is learned by connecting once; that connection is kept for the request that follows. Bounded, and forgotten after a while.
 */
import { connectionKey, type UpstreamConnection, type UpstreamTarget } from './connection.ts';

export type HttpProtocol = 'h2' | 'http/1.1';

/** Whom it is about: an https target. */
export type AlpnTarget = Omit<UpstreamTarget, 'alpn' | 'scheme' | 'tunnel'>;

export interface AlpnMemoryOptions {
  /** Connects for a probe; `openConnection` with a context. */
  readonly open: (target: UpstreamTarget) => Promise<UpstreamConnection>;
  /** Takes over the connection that a probe has opened: into the pool, or among the HTTP/2 ones. */
  readonly keep: (connection: UpstreamConnection, target: UpstreamTarget) => void;
  readonly max?: number;
  /** ms. */
  readonly maxAge?: number;
  /** ms of any clock. */
  readonly now?: () => number;
}

const DEFAULT_MAX = 4000;
const DEFAULT_MAX_AGE_MS = 3_600_000;

const keyOf = (target: AlpnTarget) => connectionKey({ ...target, scheme: 'https' });

export class AlpnMemory {
  readonly #options: AlpnMemoryOptions;
  /** In the order of last use: a Map keeps that of insertion. */
  readonly #known = new Map<string, { readonly protocol: HttpProtocol; readonly learnedAt: number }>();
  readonly #probes = new Map<string, Promise<HttpProtocol>>();

  constructor(options: AlpnMemoryOptions) {
    this.#options = options;
  }

  #now(): number {
    return this.#options.now?.() ?? performance.now();
  }

  /** What is known of an origin; undefined when nothing is. */
  recall(target: AlpnTarget): HttpProtocol | undefined {
    const key = keyOf(target);
    const entry = this.#known.get(key);
    if (!entry) return undefined;
    this.#known.delete(key);
    if (this.#now() - entry.learnedAt > (this.#options.maxAge ?? DEFAULT_MAX_AGE_MS)) return undefined;
    this.#known.set(key, entry);
    return entry.protocol;
  }

  /** Tells what an origin chose of `h2` and `http/1.1`; undefined, when it chose nothing, means the latter. */
  remember(target: AlpnTarget, alpn: HttpProtocol | undefined): void {
    const key = keyOf(target);
    this.#known.delete(key);
    this.#known.set(key, { protocol: alpn ?? 'http/1.1', learnedAt: this.#now() });
    if (this.#known.size <= (this.#options.max ?? DEFAULT_MAX)) return;
    const oldest = this.#known.keys().next();
    if (!oldest.done) this.#known.delete(oldest.value);
  }

  forget(target: AlpnTarget): void {
    this.#known.delete(keyOf(target));
  }

  /**
   * What the origin speaks, by asking it if need be; those who ask at the same time share one connection.
   * @throws UpstreamError when it cannot be reached; nothing is remembered then.
   */
  async probe(target: AlpnTarget): Promise<HttpProtocol> {
    const known = this.recall(target);
    if (known) return known;
    const key = keyOf(target);
    const running = this.#probes.get(key) ?? this.#ask(target).finally(() => this.#probes.delete(key));
    this.#probes.set(key, running);
    return running;
  }

  async #ask({ host, port, serverName }: AlpnTarget): Promise<HttpProtocol> {
    const target: UpstreamTarget = { scheme: 'https', host, port, serverName, alpn: ['h2', 'http/1.1'] };
    const connection = await this.#options.open(target);
    this.remember(target, connection.alpn);
    this.#options.keep(connection, target);
    return connection.alpn ?? 'http/1.1';
  }
}
