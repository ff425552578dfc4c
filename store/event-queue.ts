/**
 * The main thread's half of writing: packs events as they come, hands them on as batches, and says when the worker is behind. Nothing is
 * dropped; the producer is asked to slow down instead.
 */
import type { CaptureEvent } from '#model/capture-event.ts';
import type { Batch } from './batch.ts';
import { BatchPacker } from './batch-packer.ts';

/** A batch is sent after this long, or when it is this big, whichever comes first. */
const BATCH_MS = 25;
const BATCH_BYTES = 1024 * 1024;

/** Bytes that may be under way before `write` says that the sink is behind. */
export const QUEUE_LIMIT = 16 * 1024 * 1024;

export class EventQueue implements Disposable {
  readonly #send: (batch: Batch) => void;
  readonly #limit: number;
  readonly #packer: BatchPacker;
  /** Sizes of the batches sent and not yet stored. */
  readonly #sent: number[] = [];
  #sentBytes = 0;
  #timer: NodeJS.Timeout | undefined;
  #waiting: (() => void)[] = [];

  /** `limit` as QUEUE_LIMIT; `nextName` is the first number that is free for names.ts. */
  constructor(send: (batch: Batch) => void, limit: number, nextName: number) {
    this.#send = send;
    this.#limit = limit;
    this.#packer = new BatchPacker(nextName);
  }

  get #underWay(): number {
    return this.#packer.size + this.#sentBytes;
  }

  /** Takes an event; false asks the producer to wait for `drained()`. */
  write(event: CaptureEvent): boolean {
    this.#packer.add(event);
    if (this.#packer.size >= BATCH_BYTES) this.flush();
    else this.#timer ??= setTimeout(() => this.flush(), BATCH_MS);
    return this.#underWay <= this.#limit;
  }

  /** Sends what has been gathered. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const { size } = this.#packer;
    if (size === 0) return;
    this.#sent.push(size);
    this.#sentBytes += size;
    this.#send(this.#packer.take());
  }

  /** The worker has stored the oldest batch and gives its buffers back. */
  stored(buffers: readonly ArrayBuffer[]): void {
    this.#sentBytes -= this.#sent.shift() ?? 0;
    this.#packer.recycle(buffers, this.#sent.length);
    // Half, so that producers do not stop and start with every batch.
    if (this.#underWay <= this.#limit / 2) this.#release();
  }

  /** Resolves when the worker has caught up; at once when it is not behind. */
  drained(): Promise<void> {
    if (this.#underWay <= this.#limit) return Promise.resolve();
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
