/**
 * The main thread's half of writing: gathers events, hands them on as batches, and says when the worker is behind. Nothing is dropped;
 * the producer is asked to slow down instead.
 */
import type { CaptureEvent } from '#model/capture-event.ts';
import { type Batch, bytesIn, packBatch } from './batch.ts';

/** A batch is sent after this long, or when it is this big, whichever comes first. */
const BATCH_MS = 25;
const BATCH_COST = 1024 * 1024;
const BATCH_EVENTS = 4096;
/** What an event weighs besides its bytes: heads are of about this size. */
const EVENT_COST = 512;

/** Bytes that may be under way before `write` says that the sink is behind. */
export const QUEUE_LIMIT = 16 * 1024 * 1024;

export class EventQueue implements Disposable {
  readonly #send: (batch: Batch) => void;
  readonly #limit: number;
  #events: CaptureEvent[] = [];
  #cost = 0;
  /** Costs of the batches sent and not yet stored. */
  readonly #sent: number[] = [];
  #sentCost = 0;
  #timer: NodeJS.Timeout | undefined;
  #waiting: (() => void)[] = [];

  constructor(send: (batch: Batch) => void, limit: number) {
    this.#send = send;
    this.#limit = limit;
  }

  get #behind(): boolean {
    return this.#cost + this.#sentCost > this.#limit;
  }

  /** Takes an event; false asks the producer to wait for `drained()`. */
  write(event: CaptureEvent): boolean {
    this.#events.push(event);
    this.#cost += EVENT_COST + (bytesIn(event)?.length ?? 0);
    if (this.#cost >= BATCH_COST || this.#events.length >= BATCH_EVENTS) this.flush();
    else this.#timer ??= setTimeout(() => this.flush(), BATCH_MS);
    return !this.#behind;
  }

  /** Sends what has been gathered. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#events.length === 0) return;
    const batch = packBatch(this.#events);
    this.#sent.push(this.#cost);
    this.#sentCost += this.#cost;
    this.#events = [];
    this.#cost = 0;
    this.#send(batch);
  }

  /** The worker has stored the oldest batch. */
  stored(): void {
    this.#sentCost -= this.#sent.shift() ?? 0;
    // Half, so that producers do not stop and start with every batch.
    if (this.#cost + this.#sentCost <= this.#limit / 2) this.#release();
  }

  /** Resolves when the worker has caught up; at once when it is not behind. */
  drained(): Promise<void> {
    if (!this.#behind) return Promise.resolve();
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  #release(): void {
    for (const resolve of this.#waiting.splice(0)) resolve();
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#timer);
    this.#release();
  }
}
