/**
 * The client of a capture's search: searches and the index are the work of a thread of their own, which starts with the first thing asked
 * of it and reads the capture beside whoever writes it.
 */
import { Worker } from 'node:worker_threads';
import { SluiceError, toSluiceError } from '#model/errors.ts';
import type { SearchIndexStatus, SearchItem } from '#model/search.ts';
import type { CompiledQuery } from './find.ts';
import type { FromSearch, SearchWorkerOptions, ToSearch } from './protocol.ts';

export interface SearchOptions extends SearchWorkerOptions {
  /** A script that calls `serveSearch`. */
  readonly script: URL;
}

export interface Search extends AsyncDisposable {
  /**
   * Items as they come, until all has been looked at or `signal` is aborted; then it just ends. The worker runs only a little ahead of who
   * reads. @throws SluiceError `bad-request` for what cannot be looked for, and what `OpenCapture` says of the capture
   */
  find(query: CompiledQuery, signal?: AbortSignal): AsyncGenerator<SearchItem>;
  /** In these groups (`groupOf`) sessions have ended, and may be taken into the index. */
  ended(groups: readonly number[]): void;
  /** Sessions were removed. */
  removed(): void;
  /** How many sessions may be taken into the index until this is called again. */
  allow(sessions: number): void;
  /** As it was told last; undefined before the worker has started, and without an index. */
  readonly status: SearchIndexStatus | undefined;
  onStatus(listener: (status: SearchIndexStatus) => void): Disposable;
  /** Puts the index on disk and ends the worker. Idempotent. */
  close(): Promise<void>;
}

const closed = () => new SluiceError('cancelled', 'The capture has been closed.');

interface Asked {
  readonly items: SearchItem[];
  ended: boolean;
  error: SluiceError | undefined;
  wake: () => void;
}

class Client implements Search {
  readonly #options: SearchOptions;
  readonly #asked = new Map<number, Asked>();
  readonly #listeners = new Set<(status: SearchIndexStatus) => void>();
  #worker: Worker | undefined;
  readonly #exits = new Set<Promise<void>>();
  #number = 0;
  #closed = false;
  #failure: SluiceError | undefined;
  status: SearchIndexStatus | undefined;

  constructor(options: SearchOptions) {
    this.#options = options;
  }

  async *find(query: CompiledQuery, signal?: AbortSignal): AsyncGenerator<SearchItem> {
    if (signal?.aborted) return;
    this.#number += 1;
    const search = this.#number;
    const asked: Asked = { items: [], ended: false, error: undefined, wake: () => {} };
    const stop = () => {
      asked.ended = true;
      asked.items.length = 0;
      asked.wake();
    };
    signal?.addEventListener('abort', stop, { once: true });
    this.#asked.set(search, asked);
    try {
      this.#post({ type: 'find', search, query });
      while (true) {
        const item = asked.items.shift();
        if (item !== undefined) {
          yield item;
          if (!asked.ended) this.#post({ type: 'more', search });
        } else if (asked.error !== undefined) throw asked.error;
        else if (asked.ended) return;
        else
          await new Promise<void>((resolve) => {
            asked.wake = resolve;
          });
      }
    } finally {
      signal?.removeEventListener('abort', stop);
      // One that has ended by itself is not there any more.
      if (this.#asked.delete(search)) this.#worker?.postMessage({ type: 'stop', search } satisfies ToSearch);
    }
  }

  ended(groups: readonly number[]): void {
    if (this.#open) this.#post({ type: 'ended', groups });
  }

  removed(): void {
    if (this.#open && this.#worker !== undefined) this.#post({ type: 'removed' });
  }

  allow(sessions: number): void {
    if (this.#open) this.#post({ type: 'allow', sessions });
  }

  onStatus(listener: (status: SearchIndexStatus) => void): Disposable {
    this.#listeners.add(listener);
    return { [Symbol.dispose]: () => this.#listeners.delete(listener) };
  }

  async close(): Promise<void> {
    if (!this.#closed) {
      this.#closed = true;
      this.#worker?.postMessage({ type: 'close' } satisfies ToSearch);
    }
    await Promise.all(this.#exits);
    this.#fail(closed());
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  /** The index is not tried again after a failure: a search says why when it fails too. */
  get #open(): boolean {
    return !this.#closed && this.#failure === undefined;
  }

  #post(message: ToSearch): void {
    if (this.#closed) throw closed();
    this.#started().postMessage(message);
  }

  #started(): Worker {
    if (this.#worker !== undefined) return this.#worker;
    const { script, ...options } = this.#options;
    const worker = new Worker(script, { workerData: options, name: 'sluice-search' });
    this.#worker = worker;
    /** Whatever was asked of this worker has ended; what comes is for another. */
    const leave = (error: SluiceError) => {
      if (this.#worker !== worker) return;
      this.#worker = undefined;
      this.#fail(error);
    };
    worker.on('message', (message: FromSearch) => {
      if (message.type === 'failed') leave(new SluiceError(message.code, message.message));
      else this.#receive(message);
    });
    worker.on('error', (error) => leave(toSluiceError(error)));
    const exited = new Promise<void>((resolve) => {
      worker.once('exit', () => {
        leave(closed());
        this.#exits.delete(exited);
        resolve();
      });
    });
    this.#exits.add(exited);
    return worker;
  }

  #receive(message: Exclude<FromSearch, { type: 'failed' }>): void {
    if (message.type === 'index') {
      this.status = message.status;
      for (const listener of this.#listeners) listener(message.status);
      return;
    }
    const asked = this.#asked.get(message.search);
    if (asked === undefined) return;
    if (message.type === 'item') asked.items.push(message.item);
    else {
      asked.ended = true;
      if (message.type === 'error') asked.error = new SluiceError(message.code, message.message);
      this.#asked.delete(message.search);
    }
    asked.wake();
  }

  /** Ends what is asked now; the next search starts another worker. */
  #fail(error: SluiceError): void {
    this.#failure ??= error;
    for (const asked of this.#asked.values()) {
      asked.error ??= error;
      asked.wake();
    }
    this.#asked.clear();
  }
}

/** A search of the capture in `folder`. Nothing is read before something is asked. */
export const openSearch = (options: SearchOptions): Search => new Client(options);
