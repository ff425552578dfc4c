/**
 * The runner of the checks: jobs go to a worker thread and findings come back. A worker that dies rejects the jobs it had, and the next
 * job starts another; nothing captured ever leaves the process.
 */
import { Worker } from 'node:worker_threads';
import { SluiceError } from '#model/errors.ts';
import type { Finding } from '#model/finding.ts';
import type { CheckJob, CheckRunner } from './check-runner.ts';
import { CHECKS } from './checks/index.ts';
import type { JobMessage, ResultMessage } from './protocol.ts';

/** From source the worker is TypeScript, in a bundle JavaScript. */
const WORKER = new URL(import.meta.url.endsWith('.ts') ? './worker.ts' : './worker.js', import.meta.url);

interface Waiting {
  readonly resolve: (findings: Finding[]) => void;
  readonly reject: (error: SluiceError) => void;
}

class Runner implements CheckRunner {
  readonly checks = CHECKS.map(({ info }) => info);
  readonly #waiting = new Map<number, Waiting>();
  readonly #url: URL;
  #worker: Worker | undefined;
  #number = 0;
  #closed = false;

  constructor(url: URL) {
    this.#url = url;
  }

  get pending(): number {
    return this.#waiting.size;
  }

  check(job: CheckJob): Promise<Finding[]> {
    if (this.#closed)
      return Promise.reject(new SluiceError('cancelled', 'The security checks have been closed.'));
    this.#number += 1;
    const number = this.#number;
    return new Promise((resolve, reject) => {
      this.#waiting.set(number, { resolve, reject });
      this.#start().postMessage({ number, job } satisfies JobMessage);
    });
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#worker?.terminate();
    this.#rejectAll(new SluiceError('cancelled', 'The security checks have been closed.'));
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  #start(): Worker {
    if (this.#worker) return this.#worker;
    const worker = new Worker(this.#url);
    worker.on('message', ({ number, result }: ResultMessage) => {
      this.#waiting.get(number)?.resolve(result.findings);
      this.#waiting.delete(number);
    });
    worker.on('error', (cause) => {
      if (this.#worker === worker) this.#worker = undefined;
      this.#rejectAll(
        new SluiceError('internal', `The security checks stopped: ${cause.message}`, { cause }),
      );
    });
    this.#worker = worker;
    return worker;
  }

  #rejectAll(error: SluiceError): void {
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }
}

/** Opens a runner; its worker starts with the first job. `worker` is another worker script, for tests. */
export const openCheckRunner = async (worker: URL = WORKER): Promise<CheckRunner> => new Runner(worker);
