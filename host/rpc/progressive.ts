/**
 * A list that a filter is still being answered for: the state now, and again as more of it is known, looking into sessions in between;
 * when all is known, again after each change. Nothing is looked into while the window does not ask for the next item.
 */
import { type Changes, pause } from './changes.ts';

interface PartlyKnown {
  /** Sessions that must be looked into. */
  readonly pending?: number | undefined;
  /** The counting goes on with the next item. */
  readonly counting?: boolean | undefined;
}

/** Between two items at least this long is looked, and at least as long as making one took. */
const LOOK_MS = 120;

export interface ProgressiveList<T extends PartlyKnown> {
  readonly changes: Changes;
  compute(): Promise<T>;
  /** Looks for some milliseconds; true when there is nothing more to look for. */
  look(): Promise<boolean>;
}

export async function* progressive<T extends PartlyKnown>(
  { changes, compute, look }: ProgressiveList<T>,
  signal: AbortSignal,
  gapMs: number,
): AsyncGenerator<T> {
  while (!signal.aborted) {
    const seen = changes.version;
    const at = performance.now();
    const item = await compute();
    const took = performance.now() - at;
    yield item;
    if ((item.pending ?? 0) > 0) {
      const until = performance.now() + Math.max(LOOK_MS, 2 * took);
      while (!signal.aborted && performance.now() < until && !(await look()));
    } else if (item.counting !== true) await changes.after(seen, signal);
    const early = gapMs - (performance.now() - at);
    if (early > 0) await pause(early, signal);
  }
}
