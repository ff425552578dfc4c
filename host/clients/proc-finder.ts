/** The thread that looks through /proc, so that neither the proxy nor a window waits for it. It is there while there is something to look for. */
import { Worker } from 'node:worker_threads';
import type { ClientProcess, ProcessFinder } from './process-finder.ts';

/** From source the worker is TypeScript, in a bundle JavaScript. */
const WORKER = new URL(
  import.meta.url.endsWith('.ts') ? './proc-worker.ts' : './proc-worker.js',
  import.meta.url,
);
/** So long after the last question the thread ends, and its memory with it. */
const IDLE_MS = 5000;

export type Asked = readonly string[];
export type Answered = ReadonlyMap<string, ClientProcess>;

class ProcFinder implements ProcessFinder {
  readonly #idleMs: number;
  #worker: Worker | undefined;
  #settle: ((outcome: Answered | Error) => void) | undefined;
  #idle: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(idleMs: number) {
    this.#idleMs = idleMs;
  }

  find(addresses: readonly string[]): Promise<Answered> {
    if (this.#closed) return Promise.reject(new Error('nobody looks for processes any more'));
    clearTimeout(this.#idle);
    this.#worker ??= this.#start();
    const worker = this.#worker;
    return new Promise((resolve, reject) => {
      this.#settle = (outcome) => {
        this.#settle = undefined;
        if (!this.#closed) this.#idle = setTimeout(() => void this.#stop(), this.#idleMs).unref();
        if (outcome instanceof Error) reject(outcome);
        else resolve(outcome);
      };
      worker.postMessage(addresses satisfies Asked);
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#idle);
    await this.#stop();
  }

  #start(): Worker {
    const worker = new Worker(WORKER, {
      name: 'sluice-processes',
      resourceLimits: { maxYoungGenerationSizeMb: 4 },
    });
    const gone = (error: Error) => {
      if (this.#worker !== worker) return;
      this.#worker = undefined;
      this.#settle?.(error);
    };
    worker.on('message', (answer: Answered) => this.#settle?.(answer));
    worker.on('error', gone);
    worker.on('exit', () => gone(new Error('nobody looks for processes any more')));
    // It has nothing to finish.
    worker.unref();
    return worker;
  }

  async #stop(): Promise<void> {
    const worker = this.#worker;
    this.#worker = undefined;
    this.#settle?.(new Error('nobody looks for processes any more'));
    await worker?.terminate();
  }
}

/** One question at a time: the next is asked when the one before is answered. `idleMs`: how long the thread waits for another. */
export const procFinder = (idleMs = IDLE_MS): ProcessFinder => new ProcFinder(idleMs);
