/**
 * "Something changed", told to streams that want the newest state and not each step to it. However many changes come while a window is
 * slow, one item follows; nothing queues.
 */
import { setTimeout as delay } from 'node:timers/promises';

export interface Changes {
  /** Grows with each change. */
  readonly version: number;
  ring(): void;
  /** Resolves once `version` is above `seen`, or when `signal` is aborted. */
  after(seen: number, signal: AbortSignal): Promise<void>;
}

export function createChanges(): Changes {
  let version = 0;
  const waiting = new Set<() => void>();
  return {
    get version() {
      return version;
    },
    ring() {
      version += 1;
      for (const wake of [...waiting]) wake();
    },
    after(seen, signal) {
      if (version > seen || signal.aborted) return Promise.resolve();
      return new Promise((resolve) => {
        const wake = () => {
          waiting.delete(wake);
          signal.removeEventListener('abort', wake);
          resolve();
        };
        waiting.add(wake);
        signal.addEventListener('abort', wake, { once: true });
      });
    },
  };
}

/** Waits `ms`, or less when `signal` is aborted; never rejects. */
export const pause = (ms: number, signal: AbortSignal): Promise<unknown> =>
  delay(ms, undefined, { signal }).catch(() => undefined);

/** What takes long is not done again at once: so many times as long as it took is waited for. */
const REST = 2;

/**
 * The state now and again after each change, at most once in `gapMs`: `compute` runs only when the reader asks for an item. An item that is
 * not final by `isFinal` is followed by another without a change.
 */
export async function* latest<T>(
  changes: Changes,
  compute: () => Promise<T> | T,
  signal: AbortSignal,
  gapMs: number,
  isFinal: (item: T) => boolean = () => true,
): AsyncGenerator<T> {
  while (!signal.aborted) {
    const seen = changes.version;
    const at = performance.now();
    const item = await compute();
    const took = performance.now() - at;
    yield item;
    if (!isFinal(item)) continue;
    await changes.after(seen, signal);
    const early = Math.max(gapMs, took * (REST + 1)) - (performance.now() - at);
    if (early > 0) await pause(early, signal);
  }
}
