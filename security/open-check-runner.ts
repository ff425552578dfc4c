/**
 * The runner of the checks: jobs go to a worker thread and what the checks say comes back. A check that does not end in its budget, or takes
 * the worker with it, is told as failed on that session, and everything else is done again without it. Nothing captured ever leaves
 * the process.
 */
import { Worker } from 'node:worker_threads';
import { SluiceError } from '#model/errors.ts';
import type { Message } from '#model/session.ts';
import {
  type CheckFailure,
  type CheckJob,
  type CheckResult,
  type CheckRunner,
  MAX_CHECKED_BYTES,
  MAX_CHECKED_MESSAGE_BYTES,
  MAX_CHECKED_MESSAGES,
} from './check-runner.ts';
import { CHECKS } from './checks/index.ts';
import { startCpuWatch } from './cpu-watch.ts';
import { Progress } from './progress.ts';
import type { JobMessage, ResultMessage, WorkerOptions } from './protocol.ts';

/** From source the worker is TypeScript, in a bundle JavaScript. */
const WORKER = new URL(import.meta.url.endsWith('.ts') ? './worker.ts' : './worker.js', import.meta.url);
/** Processor time for one check of one session: some hundred times what a large one takes. */
const BUDGET_MS = 10_000;

/** For the worker's short-lived objects: more would only be kept longer. */
const YOUNG_MB = 12;

export interface RunnerOptions {
  /** Another worker script, for tests. */
  readonly script?: URL;
  readonly budgetMs?: number;
}

interface Waiting {
  readonly job: CheckJob;
  readonly failures: CheckFailure[];
  readonly resolve: (result: CheckResult) => void;
  readonly reject: (error: SluiceError) => void;
}

interface Running {
  readonly worker: Worker;
  readonly progress: Progress;
  readonly watch: Disposable;
}

const closedError = () => new SluiceError('cancelled', 'The security checks have been closed.');

/** The beginning of a body in a buffer of its own, so that it can be handed over while the caller keeps his. */
const handedOver = (body: Uint8Array, limit: number) => new Uint8Array(body.subarray(0, limit));

/** The same of messages: the first ones, and of the last of them what there is room for. */
function firstMessages(messages: readonly Message[]): { kept: Message[]; cut: boolean } {
  const kept: Message[] = [];
  let room = MAX_CHECKED_MESSAGE_BYTES;
  for (const message of messages) {
    if (kept.length >= MAX_CHECKED_MESSAGES || room <= 0) return { kept, cut: true };
    const data = handedOver(message.data, room);
    kept.push({ ...message, data });
    room -= data.length;
    if (data.length < message.data.length) return { kept, cut: true };
  }
  return { kept, cut: false };
}

class Runner implements CheckRunner {
  readonly checks = CHECKS.map(({ info }) => info);
  /** In the order of their numbers, which is the order in which they are done. */
  readonly #waiting = new Map<number, Waiting>();
  readonly #script: URL;
  readonly #budgetMs: number;
  #running: Running | undefined;
  #number = 0;
  #closed = false;

  constructor({ script = WORKER, budgetMs = BUDGET_MS }: RunnerOptions) {
    this.#script = script;
    this.#budgetMs = budgetMs;
  }

  get pending(): number {
    return this.#waiting.size;
  }

  check(job: CheckJob): Promise<CheckResult> {
    if (this.#closed) return Promise.reject(closedError());
    this.#number += 1;
    const number = this.#number;
    return new Promise((resolve, reject) => {
      const waiting: Waiting = { job, failures: [], resolve, reject };
      this.#waiting.set(number, waiting);
      this.#post(number, waiting);
    });
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#running?.worker.terminate();
    this.#rejectAll(closedError());
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  #post(number: number, { job, failures }: Waiting): void {
    const requestBody = handedOver(job.requestBody, MAX_CHECKED_BYTES);
    const responseBody = handedOver(job.responseBody, MAX_CHECKED_BYTES);
    const { kept, cut } = firstMessages(job.messages);
    const message: JobMessage = {
      number,
      skip: failures.map(({ checkId }) => checkId),
      job: {
        session: job.session,
        requestBody,
        requestTruncated: job.requestTruncated || job.requestBody.length > requestBody.length,
        responseBody,
        responseTruncated: job.responseTruncated || job.responseBody.length > responseBody.length,
        messages: kept,
        messagesTruncated: job.messagesTruncated || cut,
      },
    };
    const buffers = [requestBody, responseBody, ...kept.map(({ data }) => data)].map(({ buffer }) => buffer);
    this.#started().postMessage(message, buffers);
  }

  #started(): Worker {
    if (this.#running) return this.#running.worker;
    const progress = new Progress();
    const worker = new Worker(this.#script, {
      workerData: { progress: progress.buffer } satisfies WorkerOptions,
      resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB },
    });
    let reason: string | undefined;
    const watch = startCpuWatch(worker, progress, this.#budgetMs, () => {
      reason = `it was stopped after ${this.#budgetMs / 1000} s of processor time`;
      void worker.terminate();
    });
    const running: Running = { worker, progress, watch };
    worker.on('message', (message: ResultMessage) => this.#answer(message));
    worker.on('error', (error) => {
      reason = error instanceof Error ? error.message : String(error);
    });
    // Comes after `error`, and alone when the worker ended itself or was stopped.
    worker.on('exit', () => {
      watch[Symbol.dispose]();
      if (this.#running !== running) return;
      this.#running = undefined;
      if (!this.#closed) this.#goOn(progress, reason ?? 'the worker ended');
    });
    this.#running = running;
    return worker;
  }

  /** After a worker's end: without the check that ended it, where that is known. */
  #goOn(progress: Progress, reason: string): void {
    const { job, check } = progress.read();
    const stricken = this.#waiting.get(job);
    const culprit = this.checks[check];
    if (stricken === undefined || culprit === undefined) {
      this.#rejectAll(new SluiceError('internal', `The security checks stopped: ${reason}.`));
      return;
    }
    stricken.failures.push({ checkId: culprit.id, message: reason });
    for (const [number, waiting] of this.#waiting) this.#post(number, waiting);
  }

  #answer({ number, result }: ResultMessage): void {
    const waiting = this.#waiting.get(number);
    if (waiting === undefined) return;
    this.#waiting.delete(number);
    waiting.resolve({ ...result, failures: [...waiting.failures, ...result.failures] });
  }

  #rejectAll(error: SluiceError): void {
    const waiting = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const { reject } of waiting) reject(error);
  }
}

/** Opens a runner; its worker starts with the first job and ends with `close()`. Of long bodies the beginning is looked at. */
export const openCheckRunner = async (options: RunnerOptions = {}): Promise<CheckRunner> =>
  new Runner(options);
