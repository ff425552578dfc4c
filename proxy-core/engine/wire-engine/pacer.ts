/**
 * Lets octets through one way at the pace of a slower network: so many a second, and now and then a piece that has to be sent again. Order is kept; what
 * waits is bounded by whoever heeds `full`. Timers go with `dispose`.
 */
import type { Network } from '#model/rules/throttle.ts';

/** A piece takes about this long, so that a slow body trickles instead of jumping. */
const PIECE_MS = 50;
const MIN_PIECE = 64;
const FULL_BYTES = 64 * 1024;
/** TCP's first guess at how long to wait before it sends again (RFC 6298 §2) is 1 s; what it learns on a fair network is about this. */
const RETRANSMIT_MS = 200;

export interface Pace {
  /** Octets a second; undefined: as fast as it goes. */
  readonly rate: number | undefined;
  readonly loss: number;
  readonly latency: number;
}

export const paceOf = (network: Network, way: 'down' | 'up'): Pace | undefined => {
  const rate = network[way];
  const { loss = 0, latency = 0 } = network;
  return rate === undefined && loss === 0 ? undefined : { rate, loss, latency };
};

export class Pacer implements Disposable {
  readonly #pace: Pace;
  readonly #deliver: (bytes: Buffer) => void;
  readonly #drained: () => void;
  readonly #random: () => number;
  readonly #queue: (Buffer | (() => void))[] = [];
  #queued = 0;
  #wasFull = false;
  #timer: NodeJS.Timeout | undefined;
  #disposed = false;

  constructor(
    pace: Pace,
    { deliver, drained }: { deliver: (bytes: Buffer) => void; drained: () => void },
    random: () => number = Math.random,
  ) {
    this.#pace = pace;
    this.#deliver = deliver;
    this.#drained = drained;
    this.#random = random;
  }

  /** False: wait for `drained`. */
  write(bytes: Buffer): boolean {
    const { rate } = this.#pace;
    const size = rate === undefined ? 16 * 1024 : Math.max(MIN_PIECE, Math.round((rate * PIECE_MS) / 1000));
    for (let at = 0; at < bytes.length; at += size) this.#queue.push(bytes.subarray(at, at + size));
    this.#queued += bytes.length;
    this.#next();
    this.#wasFull = this.#queued > FULL_BYTES;
    return !this.#wasFull;
  }

  /** Called once all before it is through. */
  afterwards(done: () => void): void {
    this.#queue.push(done);
    this.#next();
  }

  #next(): void {
    if (this.#timer !== undefined || this.#disposed) return;
    const first = this.#queue.shift();
    if (first === undefined) return;
    if (typeof first === 'function') {
      first();
      this.#next();
      return;
    }
    const { rate, loss, latency } = this.#pace;
    const again = loss > 0 && this.#random() < loss ? Math.max(RETRANSMIT_MS, 2 * latency) : 0;
    const ms = (rate === undefined ? 0 : (first.length / rate) * 1000) + again;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#queued -= first.length;
      this.#deliver(first);
      if (this.#wasFull && this.#queued <= FULL_BYTES / 2) {
        this.#wasFull = false;
        this.#drained();
      }
      this.#next();
    }, ms);
  }

  [Symbol.dispose](): void {
    this.#disposed = true;
    clearTimeout(this.#timer);
    this.#queue.length = 0;
  }
}
