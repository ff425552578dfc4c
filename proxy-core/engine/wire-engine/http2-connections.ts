/**
 * HTTP/2 connections to origins, by whom they are to, for everybody to share. Where all of an origin's have as many streams as it allows,
 * one more is opened, up to a limit; then requests wait for their turn.
 */
/** To one origin: as many as browsers open for HTTP/1.1. */
const MAX_CONNECTIONS = 6;

/** What is to be known of a connection. */
export interface Sharable {
  /** Takes a request at once. */
  readonly free: boolean;
  /** Takes a request, at once or later. */
  readonly open: boolean;
  /** Requests that wait for their turn. */
  readonly waiting: number;
}

export class Http2Connections<Connection extends Sharable> {
  readonly #byKey = new Map<string, Connection[]>();
  /** Those being opened: requests that come meanwhile wait for them instead of opening more. */
  readonly #opening = new Map<string, Promise<unknown>>();

  /** One that takes a request at once. */
  free(key: string): Connection | undefined {
    return this.#byKey.get(key)?.find((connection) => connection.free);
  }

  /** The one whose turn comes soonest, where no other may be opened. */
  full(key: string): Connection | undefined {
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

  add(key: string, connection: Connection): void {
    const connections = this.#byKey.get(key);
    if (connections === undefined) this.#byKey.set(key, [connection]);
    else connections.push(connection);
  }

  remove(key: string, connection: Connection): void {
    const left = this.#byKey.get(key)?.filter((other) => other !== connection) ?? [];
    if (left.length === 0) this.#byKey.delete(key);
    else this.#byKey.set(key, left);
  }
}
