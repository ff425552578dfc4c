/**
 * The queue of what is paused: each item waits until somebody says how it goes on, its time is over, its client has left, or nobody is
 * there any more who could say anything. In the last three cases it goes on unchanged; nothing waits for ever.
 */
import type { PausedItem, PausedResolution } from '#model/rules/paused.ts';

export type NewItem = Omit<PausedItem, 'id' | 'since' | 'until'> & { readonly limitMs: number };

/** Unchanged. */
export const GO_ON: PausedResolution = { kind: 'go' };
/** A body that stands still costs its memory: beyond this many items nothing is paused. */
export const MAX_PAUSED = 1000;

interface Waiting {
  readonly item: PausedItem;
  readonly settle: (resolution: PausedResolution) => void;
}

export class Breakpoints {
  readonly #waiting = new Map<number, Waiting>();
  readonly #listeners = new Set<() => void>();
  #watchers = 0;
  #lastId = 0;

  /** Oldest first. */
  get items(): readonly PausedItem[] {
    return Array.from(this.#waiting.values(), ({ item }) => item);
  }

  /** Somebody is there who can say how things go on; until it is disposed of. When the last one goes, everything goes on. */
  attend(): Disposable {
    this.#watchers += 1;
    let here = true;
    return {
      [Symbol.dispose]: () => {
        if (!here) return;
        here = false;
        this.#watchers -= 1;
        if (this.#watchers === 0) this.releaseAll();
      },
    };
  }

  get attended(): boolean {
    return this.#watchers > 0;
  }

  /** Called after each change of the queue. */
  onChange(listener: () => void): Disposable {
    this.#listeners.add(listener);
    return { [Symbol.dispose]: () => void this.#listeners.delete(listener) };
  }

  /** Resolves with how it goes on; at once, unchanged, when nobody is there. Never rejects. */
  pause({ limitMs, ...parts }: NewItem, signal: AbortSignal): Promise<PausedResolution> {
    if (!this.attended || signal.aborted || this.#waiting.size >= MAX_PAUSED) return Promise.resolve(GO_ON);
    this.#lastId += 1;
    const id = this.#lastId;
    const since = Date.now();
    return new Promise((resolve) => {
      const settle = (resolution: PausedResolution) => {
        clearTimeout(timer);
        signal.removeEventListener('abort', release);
        this.#waiting.delete(id);
        resolve(resolution);
        this.#changed();
      };
      const release = () => settle(GO_ON);
      const timer = setTimeout(release, limitMs);
      // To wait is no reason for the program to stay.
      timer.unref();
      signal.addEventListener('abort', release, { once: true });
      this.#waiting.set(id, { item: { id, since, until: since + limitMs, ...parts }, settle });
      this.#changed();
    });
  }

  item(id: number): PausedItem | undefined {
    return this.#waiting.get(id)?.item;
  }

  /** False when it is not waiting any more. */
  resolve(id: number, resolution: PausedResolution): boolean {
    const waiting = this.#waiting.get(id);
    waiting?.settle(resolution);
    return waiting !== undefined;
  }

  /** All go on unchanged. @returns how many */
  releaseAll(): number {
    const all = [...this.#waiting.values()];
    for (const { settle } of all) settle(GO_ON);
    return all.length;
  }

  #changed(): void {
    for (const listener of [...this.#listeners]) listener();
  }
}
