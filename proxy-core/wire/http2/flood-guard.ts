/**
 * What a peer may do that makes work and leads to nothing: frames that need an answer, cancelled or faulty streams (rapid reset,
 * CVE-2023-44487, and its inverse, CVE-2025-8671). Each kind has a burst and a rate; honest work pays for more. Pure: the clock is given.
 */
import { Http2Fault } from './http2-fault.ts';

export interface FloodLimits {
  readonly burst: number;
  /** A second. */
  readonly rate: number;
}

export const DEFAULT_FLOOD_LIMITS = {
  /** PING, SETTINGS, PRIORITY, WINDOW_UPDATE, empty DATA, unknown frames, frames of closed streams. */
  control: { burst: 10_000, rate: 1000 },
  /** Streams that are reset by the peer, or by its fault. */
  resets: { burst: 1000, rate: 100 },
} as const satisfies Record<string, FloodLimits>;

export class FloodGuard {
  readonly #limits: FloodLimits;
  readonly #what: string;
  #left: number;
  #at: number | undefined;

  /** `what` is said to the peer. */
  constructor(limits: FloodLimits, what: string) {
    this.#limits = limits;
    this.#what = what;
    this.#left = limits.burst;
  }

  /** Honest work that makes `count` such frames likely. */
  earn(count: number): void {
    this.#left = Math.min(this.#limits.burst, this.#left + count);
  }

  /** One more, at `now` (ms of any clock). @throws Http2Fault ENHANCE_YOUR_CALM. */
  spend(now: number): void {
    this.#at ??= now;
    if (this.#left < 1) {
      this.earn(((now - this.#at) * this.#limits.rate) / 1000);
      this.#at = now;
      if (this.#left < 1) throw new Http2Fault('ENHANCE_YOUR_CALM', this.#what);
    }
    this.#left -= 1;
  }
}
