/**
 * Idle HTTP/1.1 connections, kept to be used again (RFC 9112 §9.3). The one used last is taken first, so that the others can age out. A
 * connection that says anything or ends while nobody waits for it is dropped; one with unread bytes never goes to anybody: they would be
 * taken for the answer to the next request.
 *
 * A pinned connection is its owner's alone: NTLM and Negotiate authenticate connections, not requests (RFC 4559 §6). Costs no timer and
 * no closure for a request.
 */
import type { Socket } from 'node:net';

export interface Poolable {
  readonly socket: Socket;
  /** Connections of one key are alike. */
  readonly key: string;
  /** It drops itself when its peer speaks or ends while it is idle, and says so by `discard`; the pool then need not listen. */
  readonly watchesItself?: boolean;
  /** Written by the pool: when it came in, in ms of `performance.now()`. */
  idleSince: number;
  /** Written by the pool: how often it has been taken out. */
  uses: number;
}

export interface PoolLimits {
  /** Idle connections of one key, pinned ones not counted. */
  readonly perKey: number;
  /** Idle connections in all. */
  readonly total: number;
  /** ms that a connection may be idle; it ends up to a quarter later. */
  readonly idle: number;
}

export const DEFAULT_POOL_LIMITS: PoolLimits = { perKey: 64, total: 512, idle: 60_000 };

/** Any object that stands for one client connection. */
export type Owner = object;

/** Listeners are plain functions with the socket as `this`; here they find whose it is. */
const places = new WeakMap<Socket, { drop(): void }>();

function dropIdle(this: Socket): void {
  places.get(this)?.drop();
}

function isUsable(socket: Socket): boolean {
  return socket.writable && socket.readable && socket.readableLength === 0 && socket.writableLength === 0;
}

export class Pool<Connection extends Poolable> implements Disposable {
  readonly #limits: PoolLimits;
  readonly #free = new Map<string, Connection[]>();
  readonly #pinned = new Map<Owner, Set<Connection>>();
  readonly #owners = new WeakMap<Connection, Owner>();
  /** Free and pinned ones that are idle, longest first: a Set keeps the order in which they came. */
  readonly #idle = new Set<Connection>();
  #timer: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(limits: Partial<PoolLimits> = {}) {
    this.#limits = { ...DEFAULT_POOL_LIMITS, ...limits };
  }

  /** Connections that wait for work, pinned ones included. */
  get size(): number {
    return this.#idle.size;
  }

  /**
   * A connection that is ready for a request, `owner`'s pinned one first; undefined when there is none. Listen to the socket before
   * anything else can happen: it is flowing.
   */
  acquire(key: string, owner?: Owner): Connection | undefined {
    if (owner !== undefined && this.#pinned.size > 0) {
      for (const pinned of this.#pinned.get(owner) ?? []) {
        if (pinned.key === key && this.#take(pinned)) return pinned;
      }
    }
    for (let free = this.#free.get(key)?.at(-1); free; free = this.#free.get(key)?.at(-1)) {
      if (this.#take(free)) return free;
    }
    return undefined;
  }

  /** Takes an idle one out; false when it is not idle, or is dropped as it is of no use any more. */
  #take(connection: Connection): boolean {
    if (!this.#remove(connection)) return false;
    if (!isUsable(connection.socket)) {
      this.discard(connection);
      return false;
    }
    connection.uses += 1;
    return true;
  }

  #remove(connection: Connection): boolean {
    if (!this.#idle.delete(connection)) return false;
    if (connection.watchesItself !== true) {
      connection.socket.off('data', dropIdle).off('end', dropIdle).off('close', dropIdle);
    }
    if (!this.#owners.has(connection)) this.#removeFree(connection);
    return true;
  }

  #removeFree(connection: Connection): void {
    const free = this.#free.get(connection.key) ?? [];
    const place = free.lastIndexOf(connection);
    if (place >= 0) free.splice(place, 1);
    if (free.length === 0) this.#free.delete(connection.key);
  }

  /** Gives a connection back after a whole exchange; it is closed where it cannot be kept. */
  release(connection: Connection): void {
    const { socket } = connection;
    if (this.#idle.has(connection)) return;
    if (this.#closed || !isUsable(socket)) {
      this.discard(connection);
      return;
    }
    connection.idleSince = performance.now();
    this.#idle.add(connection);
    if (!this.#owners.has(connection)) this.#addFree(connection);
    if (connection.watchesItself !== true) {
      if (!places.has(socket)) places.set(socket, { drop: () => this.discard(connection) });
      socket.on('data', dropIdle).on('end', dropIdle).on('close', dropIdle);
    }
    // A paused socket would not notice that its peer speaks or ends.
    if (socket.isPaused()) socket.resume();
    this.#timer ??= setInterval(this.#sweep, this.#limits.idle / 4).unref();
    if (this.#idle.size > this.#limits.total) this.#discardFirst(this.#idle);
  }

  #addFree(connection: Connection): void {
    const free = this.#free.get(connection.key);
    if (free === undefined) this.#free.set(connection.key, [connection]);
    else free.push(connection);
    if (free !== undefined && free.length > this.#limits.perKey) this.#discardFirst(free);
  }

  #discardFirst(connections: Iterable<Connection>): void {
    for (const first of connections) {
      this.discard(first);
      return;
    }
  }

  /** Makes a connection that is in use `owner`'s alone, until one of them ends. */
  pin(connection: Connection, owner: Owner): void {
    if (this.#idle.has(connection)) throw new TypeError('an idle connection cannot be pinned');
    this.#owners.set(connection, owner);
    const pinned = this.#pinned.get(owner);
    if (pinned) pinned.add(connection);
    else this.#pinned.set(owner, new Set([connection]));
  }

  /** Closes what is pinned to `owner`, in use or not: nobody else may have it. */
  dropOwner(owner: Owner): void {
    for (const connection of this.#pinned.get(owner) ?? []) this.discard(connection);
  }

  /** Closes a connection, in use or not. */
  discard(connection: Connection): void {
    this.#remove(connection);
    const owner = this.#owners.get(connection);
    if (owner !== undefined) {
      const pinned = this.#pinned.get(owner);
      pinned?.delete(connection);
      if (pinned?.size === 0) this.#pinned.delete(owner);
      this.#owners.delete(connection);
    }
    connection.socket.destroy();
  }

  readonly #sweep = (): void => {
    const oldest = performance.now() - this.#limits.idle;
    for (const connection of this.#idle) {
      if (connection.idleSince > oldest) break;
      this.discard(connection);
    }
    if (this.#idle.size > 0) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
  };

  /** Closes all that are idle or pinned, and from now on everything that is released. */
  [Symbol.dispose](): void {
    this.#closed = true;
    for (const connection of this.#idle) this.discard(connection);
    for (const owner of this.#pinned.keys()) this.dropOwner(owner);
    clearInterval(this.#timer);
  }
}
