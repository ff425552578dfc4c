/** What all generators of load have in common: counting what is asked and answered, and how the rate is measured. */
import type { Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { within } from './within.ts';

/** Load that is running: whatever is answered is asked again at once, until it is drained. */
export interface Driver {
  /** Answers received since the start. */
  readonly answered: () => number;
  /** Body bytes received since the start. */
  readonly bytes: () => number;
  /** Rejects at the first answer that is wrong and at the first connection that closes. Never resolves. */
  readonly failed: Promise<never>;
  /** Asks nothing more; resolves when everything asked has been answered, then the connections are closed. */
  drain(): Promise<void>;
  /** Closes the connections as they are. */
  stop(): void;
}

/** Keeps count for a driver. Knows nothing of protocols. */
export class Tally {
  answered = 0;
  #waiting = 0;
  #draining = false;
  readonly #failure = Promise.withResolvers<never>();
  readonly #idle = Promise.withResolvers<void>();

  constructor() {
    // Looked at by whoever measures, maybe only later.
    this.#failure.promise.catch(() => {});
  }

  /** So many more answers are awaited. */
  asked(count: number): void {
    this.#waiting += count;
  }

  /** So many have come. True when as many are to be asked again. */
  answer(count: number): boolean {
    this.answered += count;
    this.#waiting -= count;
    if (this.#draining && this.#waiting === 0) this.#idle.resolve();
    return !this.#draining;
  }

  fail(error: unknown): void {
    this.#failure.reject(error);
  }

  /** The driver of load on these connections, a closed one being a failure. */
  driver(connections: readonly Socket[], bytes: () => number): Driver {
    for (const socket of connections) {
      socket.on('error', (error) => this.fail(error));
      socket.on('close', () => this.fail(new Error('a connection was closed under load')));
    }
    return {
      answered: () => this.answered,
      bytes,
      failed: this.#failure.promise,
      drain: () => {
        this.#draining = true;
        if (this.#waiting === 0) this.#idle.resolve();
        return this.#idle.promise;
      },
      stop: () => {
        for (const socket of connections) socket.destroy();
      },
    };
  }
}

export interface Window {
  /** Not counted, s. */
  readonly warmUp: number;
  /** Counted, s. */
  readonly seconds: number;
  /** Processor time that the proxy has used so far, s; undefined: there is none. */
  readonly cpuSeconds: (() => number) | undefined;
}

export interface Rate {
  /** Answers a second. */
  readonly answers: number;
  /** Body bytes a second. */
  readonly bytes: number;
  /** Share of one core that the proxy used, 1 being all of it; undefined without a proxy. */
  readonly busy: number | undefined;
  /** Answers from the start to the end, warm-up included: what a proxy that records must have recorded. */
  readonly total: number;
}

const DRAIN_MS = 20_000;

/** Measures a running driver and ends it. Rejects as soon as the driver fails. */
export async function measure(driver: Driver, { warmUp, seconds, cpuSeconds }: Window): Promise<Rate> {
  const look = () => ({
    at: performance.now(),
    answered: driver.answered(),
    bytes: driver.bytes(),
    cpu: cpuSeconds?.() ?? 0,
  });
  try {
    await Promise.race([delay(warmUp * 1000), driver.failed]);
    const from = look();
    await Promise.race([delay(seconds * 1000), driver.failed]);
    const to = look();
    const drained = Promise.race([driver.drain(), driver.failed]);
    await within(drained, DRAIN_MS, `no answer to what was asked within ${DRAIN_MS / 1000} s`);
    const elapsed = (to.at - from.at) / 1000;
    return {
      answers: (to.answered - from.answered) / elapsed,
      bytes: (to.bytes - from.bytes) / elapsed,
      busy: cpuSeconds ? (to.cpu - from.cpu) / elapsed : undefined,
      total: driver.answered(),
    };
  } finally {
    driver.stop();
  }
}
