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
import type { CheckFailure } from './run-checks.ts';

/** From source the worker is TypeScript, in a bundle JavaScript. */
const WORKER = new URL(import.meta.url.endsWith('.ts') ? './worker.ts' : './worker.js', import.meta.url);

/** What is looked at of each body. Secrets and personal data stand in text, and text beyond this is an export, not an answer. */
export const MAX_CHECKED_BYTES = 4 * 1024 * 1024;

/** Told of each check that failed on a session; the findings of the others arrive all the same. */
export type OnCheckFailure = (failure: CheckFailure, session: CheckJob['session']) => void;

interface Waiting {
  readonly session: CheckJob['session'];
  readonly resolve: (findings: Finding[]) => void;
  readonly reject: (error: SluiceError) => void;
}

const closedError = () => new SluiceError('cancelled', 'The security checks have been closed.');

/** The beginning of a body in a buffer of its own, so that it can be handed over while the caller keeps his. */
const handedOver = (body: Uint8Array) => new Uint8Array(body.subarray(0, MAX_CHECKED_BYTES));

class Runner implements CheckRunner {
  readonly checks = CHECKS.map(({ info }) => info);
  readonly #waiting = new Map<number, Waiting>();
  readonly #script: URL;
  readonly #onFailure: OnCheckFailure | undefined;
  #worker: Worker | undefined;
  #number = 0;
  #closed = false;

  constructor(script: URL, onFailure: OnCheckFailure | undefined) {
    this.#script = script;
    this.#onFailure = onFailure;
  }

  get pending(): number {
    return this.#waiting.size;
  }

  check(job: CheckJob): Promise<Finding[]> {
    if (this.#closed) return Promise.reject(closedError());
    this.#number += 1;
    const number = this.#number;
    const requestBody = handedOver(job.requestBody);
    const responseBody = handedOver(job.responseBody);
    const message: JobMessage = {
      number,
      job: {
        session: job.session,
        requestBody,
        requestTruncated: job.requestTruncated || job.requestBody.length > requestBody.length,
        responseBody,
        responseTruncated: job.responseTruncated || job.responseBody.length > responseBody.length,
      },
    };
    return new Promise((resolve, reject) => {
      this.#waiting.set(number, { session: job.session, resolve, reject });
      this.#started().postMessage(message, [requestBody.buffer, responseBody.buffer]);
    });
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#worker?.terminate();
    this.#rejectAll(closedError());
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  #started(): Worker {
    if (this.#worker) return this.#worker;
    const worker = new Worker(this.#script);
    worker.on('message', (message: ResultMessage) => this.#answer(message));
    let cause: unknown;
    worker.on('error', (error) => {
      cause = error;
    });
    // Comes after `error`, and alone when the worker ended itself.
    worker.on('exit', () => {
      if (this.#worker !== worker) return;
      this.#worker = undefined;
      const reason = cause instanceof Error ? cause.message : 'the worker ended';
      this.#rejectAll(
        this.#closed
          ? closedError()
          : new SluiceError('internal', `The security checks stopped: ${reason}.`, { cause }),
      );
    });
    this.#worker = worker;
    return worker;
  }

  #answer({ number, result }: ResultMessage): void {
    const waiting = this.#waiting.get(number);
    if (waiting === undefined) return;
    this.#waiting.delete(number);
    for (const failure of result.failures) this.#onFailure?.(failure, waiting.session);
    waiting.resolve(result.findings);
  }

  #rejectAll(error: SluiceError): void {
    const waiting = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const { reject } of waiting) reject(error);
  }
}

/**
 * Opens a runner; its worker starts with the first job and ends with `close()`. Bodies are copied, at most MAX_CHECKED_BYTES of each.
 * @param script another worker script, for tests
 */
export const openCheckRunner = async (
  script: URL = WORKER,
  onFailure?: OnCheckFailure,
): Promise<CheckRunner> => new Runner(script, onFailure);
