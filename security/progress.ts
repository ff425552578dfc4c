/**
 * What a worker is at, in memory that the thread which started it can read while the worker is busy: the job, and the check of it. It is
 * how a check that never ends, or takes its worker with it, is told by name.
 */

export interface Place {
  /** Number of the job; 0 between jobs. */
  readonly job: number;
  /** Position of the check in the list of all; -1 before the first. */
  readonly check: number;
}

export class Progress {
  readonly buffer: SharedArrayBuffer;
  readonly #cells: Int32Array;

  /** `buffer`: of another thread's Progress. */
  constructor(buffer: SharedArrayBuffer = new SharedArrayBuffer(8)) {
    this.buffer = buffer;
    this.#cells = new Int32Array(buffer);
  }

  /** The worker begins a check of a job. */
  enter(job: number, check: number): void {
    // The check first: a reader between the two sees the old job with no harm, as it looks twice.
    Atomics.store(this.#cells, 1, check);
    Atomics.store(this.#cells, 0, job);
  }

  /** The worker has nothing to do. */
  rest(): void {
    this.enter(0, -1);
  }

  read(): Place {
    return { job: Atomics.load(this.#cells, 0), check: Atomics.load(this.#cells, 1) };
  }
}
