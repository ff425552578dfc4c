/**
 * A search worker's side: runs the searches that are asked for, a piece of each in turn, and between them brings the index up to date as
 * far as it is allowed to. Searches come first. The host's worker script calls this, because it is the one who knows how to decode bodies.
 */
import type { MessagePort } from 'node:worker_threads';
import { SluiceError } from '#model/errors.ts';
import type { SearchItem } from '#model/search.ts';
import { fromSystem } from '../database.ts';
import { type CompiledQuery, find, type SearchIndex } from './find.ts';
import { GroupFile } from './group-file.ts';
import { Indexer } from './indexer.ts';
import type { ContentDecoder } from './parts.ts';
import type { FromSearch, SearchWorkerOptions, ToSearch } from './protocol.ts';
import { SearchCapture } from './search-capture.ts';

/** Items a client is sent before it asks for more. */
export const FIRST_CREDIT = 4;
/** Indexing between two looks at what was asked, in ms. */
const SLICE_MS = 10;
/** A group that is being filled is put on disk this long after it has changed, in ms. */
const SAVE_MS = 20_000;
const STATUS_MS = 200;

interface Running {
  readonly items: AsyncGenerator<SearchItem>;
  credit: number;
}

class Server {
  readonly #port: MessagePort;
  readonly #capture: SearchCapture;
  readonly #indexer: Indexer | undefined;
  readonly #index: SearchIndex;
  readonly #searches = new Map<number, Running>();
  #allowed = 0;
  #working = false;
  /** Something was asked since it was last looked for something to do. */
  #asked = false;
  #toldAt = Number.NEGATIVE_INFINITY;
  #saving: NodeJS.Timeout | undefined;
  #closing = false;

  constructor(port: MessagePort, { folder, index, maxBytes }: SearchWorkerOptions, decode: ContentDecoder) {
    this.#port = port;
    this.#capture = new SearchCapture({ folder, decode, ...(maxBytes === undefined ? {} : { maxBytes }) });
    this.#indexer = index ? new Indexer(this.#capture) : undefined;
    // Without the right to change it, an index that cannot be trusted is left where it is.
    const stored = { bits: (group: number) => GroupFile.open(folder, group), distrust: () => {} };
    this.#index = this.#indexer ?? stored;
    this.#tellIndex();
  }

  receive(message: ToSearch): void {
    switch (message.type) {
      case 'find':
        this.#begin(message.search, message.query);
        break;
      case 'more': {
        const running = this.#searches.get(message.search);
        if (running) running.credit += 1;
        break;
      }
      case 'stop':
        this.#searches.delete(message.search);
        break;
      case 'ended':
        this.#indexer?.ended(message.groups);
        break;
      case 'removed':
        this.#indexer?.removed();
        break;
      case 'allow':
        // What was taken in excess of a number below 1 is made up for first.
        this.#allowed = Math.min(this.#allowed, 0) + message.sessions;
        break;
      case 'close':
        this.#closing = true;
        break;
    }
    this.#asked = true;
    void this.#work();
  }

  #post(message: FromSearch): void {
    this.#port.postMessage(message);
  }

  #begin(search: number, query: CompiledQuery): void {
    this.#searches.set(search, { items: find(this.#capture, this.#index, query), credit: FIRST_CREDIT });
  }

  /** One at a time: works for as long as there is something to do, and lets messages in after every piece. */
  async #work(): Promise<void> {
    if (this.#working) return;
    this.#working = true;
    while (!this.#closing) {
      this.#asked = false;
      const ready = [...this.#searches].filter(([, { credit }]) => credit > 0);
      for (const [search, running] of ready) await this.#advance(search, running);
      // What is asked while a slice is under way may be more to do.
      if (ready.length === 0 && !(await this.#indexSlice()) && !this.#asked) break;
      await new Promise((resolve) => setImmediate(resolve));
    }
    this.#working = false;
    if (this.#closing) this.#close();
  }

  async #advance(search: number, running: Running): Promise<void> {
    running.credit -= 1;
    try {
      const { value, done } = await running.items.next();
      if (!this.#searches.has(search)) return;
      if (!done) return this.#post({ type: 'item', search, item: value });
      this.#post({ type: 'end', search });
    } catch (error) {
      const { code, message } = coded(this.#capture.folder, error);
      this.#post({ type: 'error', search, code, message });
    }
    this.#searches.delete(search);
  }

  /** Answers whether anything is left that may be done now. */
  async #indexSlice(): Promise<boolean> {
    const indexer = this.#indexer;
    if (indexer === undefined || this.#allowed <= 0) return false;
    this.#capture.refresh();
    const until = performance.now() + SLICE_MS;
    let more = true;
    while (more && this.#allowed > 0 && performance.now() < until) {
      more = await indexer.step();
      if (more) this.#allowed -= 1;
    }
    this.#saving ??= setTimeout(() => {
      this.#saving = undefined;
      indexer.save();
    }, SAVE_MS);
    this.#saving.unref();
    if (!more || performance.now() - this.#toldAt >= STATUS_MS) this.#tellIndex();
    return more && this.#allowed > 0;
  }

  #tellIndex(): void {
    if (this.#indexer === undefined) return;
    this.#toldAt = performance.now();
    this.#post({ type: 'index', status: this.#indexer.status() });
  }

  #close(): void {
    clearTimeout(this.#saving);
    this.#searches.clear();
    this.#indexer?.save();
    this.#capture[Symbol.dispose]();
    this.#port.close();
  }
}

const coded = (folder: string, error: unknown) =>
  error instanceof SluiceError ? error : fromSystem(folder, error);

/** Serves `port` until it is asked to close. Whatever keeps it from opening the capture is posted as `failed`. */
export function serveSearch(port: MessagePort, options: SearchWorkerOptions, decode: ContentDecoder): void {
  try {
    const server = new Server(port, options, decode);
    port.on('message', (message: ToSearch) => server.receive(message));
  } catch (error) {
    const { code, message } = coded(options.folder, error);
    port.postMessage({ type: 'failed', code, message } satisfies FromSearch);
    port.close();
  }
}
