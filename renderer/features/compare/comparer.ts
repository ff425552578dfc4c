/**
 * Asks the worker that compares, one question after the other. A question that takes too long costs the worker, never the window; the next
 * one gets a new worker.
 */
import type { CallContent, Fields } from '#formats/compare/call-fields.ts';
import { SluiceError } from '#model/errors.ts';
import type { LineRows } from './line-rows.ts';
import type { CompareAnswer, CompareQuestion, CompareResult, TypedBody } from './protocol.ts';
import { compareText } from './text.ts';

/** Longest time one question may take, in ms. */
export const COMPARE_LIMIT_MS = 10_000;

/** What is needed of a Worker; tests give one of their own. */
export interface CompareWorker {
  onmessage: ((event: MessageEvent<CompareAnswer>) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
  postMessage(question: CompareQuestion): void;
  terminate(): void;
}

const spawn = (): CompareWorker => new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });

export class Comparer implements Disposable {
  readonly #make: () => CompareWorker;
  readonly #limitMs: number;
  #worker: CompareWorker | undefined;
  #before: Promise<unknown> = Promise.resolve();
  #ended = false;
  #fail: ((error: SluiceError) => void) | undefined;

  constructor(make: () => CompareWorker = spawn, limitMs = COMPARE_LIMIT_MS) {
    this.#make = make;
    this.#limitMs = limitMs;
  }

  /** @throws SluiceError `too-large` when it takes too long, `cancelled` after the end */
  async fields(call: CallContent): Promise<Fields> {
    const result = await this.#ask({ kind: 'fields', call });
    if (result.kind !== 'fields') throw new SluiceError('internal', compareText.stopped);
    return result.fields;
  }

  /** The same errors. */
  async lines(
    a: TypedBody,
    b: TypedBody,
    pretty: boolean,
  ): Promise<{ readonly lines: LineRows; readonly pretty: boolean }> {
    const result = await this.#ask({ kind: 'lines', a, b, pretty });
    if (result.kind !== 'lines') throw new SluiceError('internal', compareText.stopped);
    return result;
  }

  #ask(question: CompareQuestion): Promise<CompareResult> {
    const answer = this.#before.then(() => this.#one(question));
    this.#before = answer.catch(() => undefined);
    return answer;
  }

  #one(question: CompareQuestion): Promise<CompareResult> {
    return new Promise((resolve, reject) => {
      const cancelled = new SluiceError('cancelled', compareText.stopped);
      if (this.#ended) return reject(cancelled);
      this.#worker ??= this.#make();
      const worker = this.#worker;
      const end = () => {
        clearTimeout(timer);
        this.#fail = undefined;
      };
      const fail = (error: SluiceError) => {
        end();
        this.#drop();
        reject(error);
      };
      const timer = setTimeout(
        () => fail(new SluiceError('too-large', compareText.tooLong(this.#limitMs / 1000))),
        this.#limitMs,
      );
      this.#fail = fail;
      worker.onmessage = ({ data }) => {
        end();
        if (data.ok) resolve(data.result);
        else reject(new SluiceError('internal', data.message));
      };
      worker.onerror = () => fail(new SluiceError('internal', compareText.stopped));
      worker.postMessage(question);
    });
  }

  #drop(): void {
    this.#worker?.terminate();
    this.#worker = undefined;
  }

  [Symbol.dispose](): void {
    this.#ended = true;
    this.#fail?.(new SluiceError('cancelled', compareText.stopped));
    this.#drop();
  }
}
