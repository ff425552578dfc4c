/**
 * HTTP/2 connections to origins, by whom they are to, for everybody to share. Where all of an origin's have as many streams as it allows,
 * one more is opened, up to a limit; then requests wait for their turn.
 */
import type { OriginHttp2 } from './origin-http2.ts';

/** To one origin: as many as browsers open for HTTP/1.1. */
const MAX_CONNECTIONS = 6;

export class Http2Connections {
  readonly #byKey = new Map<string, OriginHttp2[]>();
  /** Those being opened: requests that come meanwhile wait for them instead of opening more. */
  readonly #opening = new Map<string, Promise<unknown>>();

  /** One that takes a request at once. */
  free(key: string): OriginHttp2 | undefined {
    return this.#byKey.get(key)?.find((connection) => connection.free);
  }

  /** The one whose turn comes soonest, where no other may be opened. */
  full(key: string): OriginHttp2 | undefined {
    const connections = this.#byKey.get(key)?.filter(({ open }) => open) ?? [];
    if (connections.length < MAX_CONNECTIONS) return undefined;
    return connections.reduce((best, next) => (next.waiting < best.waiting ? next : best));
  }

  opening(key: string): Promise<unknown> | undefined {
    return this.#opening.get(key);
  }

  /** Lets others wait for `connecting`, until it has succeeded or failed. */
  share(key: string, connecting: Promise<unknown>): void {
    this.#opening.set(key, connecting);
    const done = () => {
      if (this.#opening.get(key) === connecting) this.#opening.delete(key);
    };
    connecting.then(done, done);
  }

  add(key: string, connection: OriginHttp2): void {
    const connections = this.#byKey.get(key);
    if (connections === undefined) this.#byKey.set(key, [connection]);
    else connections.push(connection);
  }

  remove(key: string, connection: OriginHttp2): void {
    const left = this.#byKey.get(key)?.filter((other) => other !== connection) ?? [];
    if (left.length === 0) this.#byKey.delete(key);
    else this.#byKey.set(key, left);
  }
}
