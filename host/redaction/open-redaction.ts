/**
 * Redaction in a worker thread, one for each export: what it has learnt of secrets goes when the export ends. Closing it in the middle
 * stops it at once, whatever it reads.
 */
import { Worker } from 'node:worker_threads';
import { compilePatterns } from '#formats/redaction/masker.ts';
import { SluiceError, toSluiceError } from '#model/errors.ts';
import type { RedactionOptions, RedactionSummary } from '#model/redaction.ts';
import type { FullSession } from '#model/session.ts';
import { packed } from '#store/whole-sessions.ts';
import type { Answer, Order, Outcome } from './protocol.ts';

/** From source the worker is TypeScript, in a bundle JavaScript. */
const WORKER = new URL(import.meta.url.endsWith('.ts') ? './worker.ts' : './worker.js', import.meta.url);

export interface Redaction extends AsyncDisposable {
  /** Learns the secrets of sessions; nothing is given back. */
  learn(sessions: readonly FullSession[]): Promise<void>;
  /** The sessions with their secrets masked, those of every session that was learnt before too. */
  redact(sessions: readonly FullSession[]): Promise<readonly FullSession[]>;
  /** These texts with the secrets masked that they hold. */
  texts(texts: readonly string[]): Promise<readonly string[]>;
  /** What `redact` has masked so far. */
  summary(): Promise<RedactionSummary>;
  /** Ends the worker; what still waits is rejected with `cancelled`. Idempotent. */
  close(): Promise<void>;
}

interface Waiting {
  readonly resolve: (outcome: Outcome) => void;
  readonly reject: (error: SluiceError) => void;
}

type Asked = Order extends infer O ? (O extends Order ? Omit<O, 'number'> : never) : never;

class WorkerRedaction implements Redaction {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  #number = 0;
  #ended: SluiceError | undefined;

  constructor(options: RedactionOptions) {
    this.#worker = new Worker(WORKER, { workerData: options });
    this.#worker.on('message', (answer: Answer) => this.#answer(answer));
    this.#worker.on('error', (error) => this.#end(toSluiceError(error)));
    this.#worker.on('exit', () => this.#end(new SluiceError('internal', 'The redaction stopped by itself.')));
  }

  async learn(sessions: readonly FullSession[]): Promise<void> {
    await this.#give('learn', sessions);
  }

  async redact(sessions: readonly FullSession[]): Promise<readonly FullSession[]> {
    return (await this.#give('redact', sessions)) as readonly FullSession[];
  }

  async texts(texts: readonly string[]): Promise<readonly string[]> {
    return (await this.#ask({ do: 'texts', texts })) as readonly string[];
  }

  async summary(): Promise<RedactionSummary> {
    return (await this.#ask({ do: 'summary' })) as RedactionSummary;
  }

  async close(): Promise<void> {
    this.#end(new SluiceError('cancelled', 'The redaction was stopped.'));
    await this.#worker.terminate();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  #give(what: 'learn' | 'redact', given: readonly FullSession[]): Promise<Outcome> {
    const { sessions, buffer } = packed(given);
    return this.#ask({ do: what, sessions }, [buffer]);
  }

  #ask(asked: Asked, buffers: ArrayBuffer[] = []): Promise<Outcome> {
    if (this.#ended) return Promise.reject(this.#ended);
    this.#number += 1;
    const number = this.#number;
    return new Promise((resolve, reject) => {
      this.#waiting.set(number, { resolve, reject });
      this.#worker.postMessage({ number, ...asked }, buffers);
    });
  }

  #answer(answer: Answer): void {
    const waiting = this.#waiting.get(answer.number);
    this.#waiting.delete(answer.number);
    if ('outcome' in answer) waiting?.resolve(answer.outcome);
    else waiting?.reject(new SluiceError(answer.error.code, answer.error.message));
  }

  #end(error: SluiceError): void {
    this.#ended ??= error;
    const waiting = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const { reject } of waiting) reject(this.#ended);
  }
}

/** @throws SluiceError `usage` for a pattern that cannot be read. */
export function openRedaction(options: RedactionOptions = {}): Redaction {
  // Here, so that a wrong pattern is a refusal and not a worker that dies.
  compilePatterns(options.patterns ?? []);
  return new WorkerRedaction(options);
}
