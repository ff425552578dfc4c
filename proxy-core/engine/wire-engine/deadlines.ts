/**
 * Time limits for many connections with one timer: each carries the time at which it is over, and a sweep finds those that are. A limit is
 * kept to within a quarter of the shortest one, which is all that limits of seconds and minutes need, and setting one costs an assignment.
 */

export interface Limited {
  /** In the clock of `performance.now()`; Infinity for none. */
  deadline: number;
  /** Called once `deadline` has passed; sets another or lets the connection go. */
  expired(): void;
}

const LONGEST_SWEEP_MS = 1000;
const SHORTEST_SWEEP_MS = 10;

export class Deadlines implements Disposable {
  readonly #all = new Set<Limited>();
  readonly #every: number;
  #timer: NodeJS.Timeout | undefined;

  /** `shortest` is the shortest limit in use, in ms. */
  constructor(shortest: number) {
    this.#every = Math.max(SHORTEST_SWEEP_MS, Math.min(LONGEST_SWEEP_MS, shortest / 4));
  }

  add(limited: Limited): void {
    this.#all.add(limited);
    this.#timer ??= setInterval(() => this.#sweep(), this.#every).unref();
  }

  delete(limited: Limited): void {
    this.#all.delete(limited);
    if (this.#all.size === 0) this[Symbol.dispose]();
  }

  #sweep(): void {
    const now = performance.now();
    for (const limited of this.#all) {
      if (limited.deadline > now) continue;
      limited.deadline = Number.POSITIVE_INFINITY;
      limited.expired();
    }
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }
}
