/** How long to wait before the next attempt to connect. Pure: randomness comes in as an argument. */

export interface BackoffLimits {
  /** Wait after the first failure, ms. */
  readonly firstMs: number;
  /** No wait is longer, ms. */
  readonly maxMs: number;
}

export const DEFAULT_BACKOFF: BackoffLimits = { firstMs: 250, maxMs: 8000 };

/** Wait before attempt number `attempt` (1 is the first retry) in ms: doubling, capped, with up to a quarter taken off by `random` in [0, 1). */
export function backoffMs(attempt: number, limits: BackoffLimits, random: number): number {
  const full = Math.min(limits.maxMs, limits.firstMs * 2 ** Math.min(attempt - 1, 30));
  return Math.round(full * (1 - random / 4));
}
