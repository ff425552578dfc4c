/**
 * TCP to the first of several addresses that answers (RFC 8305). Addresses are tried in turns of family, each a quarter of a second after
 * the one before or as soon as that has failed; all stay in the race until one has won. Nothing but the winner is left open.
 */
import type { LookupAddress } from 'node:dns';
import { connect, type Socket } from 'node:net';
import { ignoreError } from './socket-event.ts';

/** RFC 8305 §5, Connection Attempt Delay. */
const ATTEMPT_DELAY_MS = 250;
/** Probes of a silent connection begin after this, so that a peer that vanished is noticed. */
const KEEP_ALIVE_MS = 60_000;

/** Takes turns between the families, beginning with the first address's; within a family the order stays (RFC 8305 §4). */
export function interleave(addresses: readonly LookupAddress[]): LookupAddress[] {
  const first = addresses.filter(({ family }) => family === addresses[0]?.family);
  const second = addresses.filter(({ family }) => family !== addresses[0]?.family);
  return Array.from({ length: Math.max(first.length, second.length) }, (_, index) => index).flatMap((index) =>
    [first[index], second[index]].filter((address) => address !== undefined),
  );
}

export interface RaceOptions {
  readonly port: number;
  readonly signal: AbortSignal;
  /** Keep our side open when the peer ends its own. */
  readonly allowHalfOpen?: boolean | undefined;
  /** Looks at a connected socket; an error it returns ends the race at once. */
  readonly refuse: (socket: Socket) => Error | undefined;
}

class Race {
  readonly #waiting: LookupAddress[];
  readonly #running = new Set<Socket>();
  readonly #options: RaceOptions;
  readonly #settle: (error: unknown, socket?: Socket) => void;
  readonly #errors: Error[] = [];
  #timer: NodeJS.Timeout | undefined;

  constructor(
    addresses: readonly LookupAddress[],
    options: RaceOptions,
    settle: (error: unknown, socket?: Socket) => void,
  ) {
    this.#waiting = interleave(addresses);
    this.#options = options;
    this.#settle = settle;
    options.signal.addEventListener('abort', this.#aborted);
    if (options.signal.aborted) this.#aborted();
    else this.#next();
  }

  readonly #aborted = (): void => this.#finish(this.#options.signal.reason);

  readonly #next = (): void => {
    clearTimeout(this.#timer);
    const address = this.#waiting.shift();
    if (!address) return;
    const { port, allowHalfOpen = false } = this.#options;
    const socket = connect({
      host: address.address,
      port,
      allowHalfOpen,
      noDelay: true,
      keepAlive: true,
      keepAliveInitialDelay: KEEP_ALIVE_MS,
    });
    const failed = (error: Error): void => this.#failed(socket, error);
    this.#running.add(socket);
    socket.once('connect', () => this.#connected(socket, failed));
    socket.on('error', failed);
    if (this.#waiting.length > 0) this.#timer = setTimeout(this.#next, ATTEMPT_DELAY_MS);
  };

  #connected(socket: Socket, failed: (error: Error) => void): void {
    if (!this.#running.delete(socket)) return;
    // The race is not to be kept for as long as its winner lives.
    socket.on('error', ignoreError).off('error', failed);
    const refused = this.#options.refuse(socket);
    if (refused) {
      socket.destroy();
      this.#finish(refused);
    } else this.#finish(undefined, socket);
  }

  #failed(socket: Socket, error: Error): void {
    if (!this.#running.delete(socket)) return;
    this.#errors.push(error);
    if (this.#waiting.length > 0) this.#next();
    else if (this.#running.size === 0) {
      const [only] = this.#errors;
      this.#finish(this.#errors.length === 1 ? only : new AggregateError(this.#errors, only?.message));
    }
  }

  #finish(error: unknown, winner?: Socket): void {
    clearTimeout(this.#timer);
    this.#options.signal.removeEventListener('abort', this.#aborted);
    this.#waiting.length = 0;
    for (const socket of this.#running) socket.destroy();
    this.#running.clear();
    this.#settle(error, winner);
  }
}

/**
 * Connects. The socket has an error listener, so that an error before the next owner listens does not end the process.
 * @throws the attempt's error (several: an AggregateError in order of the attempts), what `refuse` returned, or the signal's reason.
 */
export function connectFirst(addresses: readonly LookupAddress[], options: RaceOptions): Promise<Socket> {
  return new Promise((resolve, reject) => {
    new Race(addresses, options, (error, socket) => (socket ? resolve(socket) : reject(error)));
  });
}
