/**
 * The store's client: everything the host calls is a message to a worker thread that owns the capture's files. Calls see all events
 * written before them.
 */
import { Worker } from 'node:worker_threads';
import type { CaptureEvent } from '#model/capture-event.ts';
import { SluiceError } from '#model/errors.ts';
import type { Filter } from '#model/filter/ast.ts';
import type { SessionId } from '#model/session.ts';
import type { Batch } from './batch.ts';
import type { CaptureStore, OpenCapture, OpenMode, StoreChange } from './capture-store.ts';
import { EventQueue, QUEUE_LIMIT } from './event-queue.ts';
import { answeredByIndex } from './filter-sql.ts';
import type { CallName, FromWorker, StoreCalls, ToWorker, WorkerOptions } from './protocol.ts';
import { SEGMENT_BYTES } from './segments.ts';
import { STEP_MS } from './store-parts.ts';

/** How long a look may take, ms. */
const PEEK_MS = 20;

interface Pending {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** For the host, tests and measurements. */
export interface StoreTuning {
  /** A segment that has reached this many bytes is followed by another. */
  readonly segmentBytes?: number;
  /** Bytes of room that the disk is taken to have, whatever it has. */
  readonly room?: number;
  /** Bytes under way above which `write` answers false. */
  readonly queueLimit?: number;
  /** As in WorkerOptions; without one, filters see coded bodies as they were captured. */
  readonly decoder?: string;
}

/** For the worker's short-lived objects: more would only be kept longer. */
const YOUNG_MB = 12;

/** What a capture says when it is open. */
interface Opened {
  readonly lastSessionId: SessionId | 0;
  readonly notices: readonly string[];
}

const gone = () => new SluiceError('internal', 'The capture has been closed.');

/** A running worker with calls under way. */
class Client {
  readonly worker: Worker;
  readonly listeners = new Set<(change: StoreChange) => void>();
  readonly opened: Promise<Opened>;
  readonly #queueLimit: number;
  /** There as soon as the capture is open. */
  #queue: EventQueue | undefined;
  readonly #pending = new Map<number, Pending>();
  #number = 0;
  #end: SluiceError | undefined;
  #closing: Promise<void> | undefined;
  readonly #exited: Promise<void>;

  constructor(options: WorkerOptions, queueLimit: number) {
    const entry = import.meta.url.endsWith('.ts') ? './worker.ts' : './worker.js';
    this.worker = new Worker(new URL(entry, import.meta.url), {
      workerData: options,
      name: 'sluice-store',
      resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB },
    });
    this.#queueLimit = queueLimit;
    this.opened = new Promise((resolve, reject) => {
      this.#pending.set(0, { resolve: (value) => resolve(value as Opened), reject });
    });
    this.worker.on('message', (message: FromWorker) => this.#receive(message));
    this.worker.on('error', (error) =>
      this.#stop(new SluiceError('internal', error.message, { cause: error })),
    );
    this.#exited = new Promise((resolve) => {
      this.worker.once('exit', () => {
        this.#stop(gone());
        resolve();
      });
    });
  }

  write(event: CaptureEvent): boolean {
    if (this.#queue === undefined || this.#end !== undefined || this.#closing !== undefined) return true;
    return this.#queue.write(event);
  }

  async drained(): Promise<void> {
    await this.#queue?.drained();
  }

  async call<K extends CallName>(
    name: K,
    ...args: Parameters<StoreCalls[K]>
  ): Promise<Awaited<ReturnType<StoreCalls[K]>>> {
    if (this.#closing !== undefined && name !== 'close') throw gone();
    if (this.#end !== undefined) throw this.#end;
    this.#queue?.flush();
    this.#number += 1;
    const number = this.#number;
    const answer = new Promise((resolve, reject) => this.#pending.set(number, { resolve, reject }));
    this.#post({ type: 'call', number, name, args });
    return (await answer) as Awaited<ReturnType<StoreCalls[K]>>;
  }

  close(): Promise<void> {
    this.#closing ??= (this.#end === undefined ? this.call('close') : Promise.resolve()).finally(async () => {
      await this.#exited;
      this.listeners.clear();
    });
    return this.#closing;
  }

  /** After a failed opening: resolves when the worker is gone. */
  exited(): Promise<void> {
    return this.#exited;
  }

  #post(message: ToWorker, transfer: readonly ArrayBuffer[] = []): void {
    this.worker.postMessage(message, [...transfer]);
  }

  #receive(message: FromWorker): void {
    switch (message.type) {
      case 'stored':
        this.#queue?.stored(message.buffers);
        return;
      case 'change':
        for (const listener of this.listeners) listener(message.change);
        return;
      case 'ready':
        this.#queue = this.#makeQueue(message.nextName);
        this.#take(0)?.resolve({ lastSessionId: message.lastSessionId, notices: message.notices });
        return;
      case 'failed':
        this.#stop(new SluiceError(message.code, message.message));
        return;
      case 'result':
        this.#take(message.number)?.resolve(message.value);
        return;
      case 'error':
        this.#take(message.number)?.reject(new SluiceError(message.code, message.message));
        return;
    }
  }

  #makeQueue(nextName: number): EventQueue {
    const send = (batch: Batch) =>
      this.#post({ type: 'batch', batch }, [batch.operations.buffer, batch.bytes.buffer]);
    return new EventQueue(send, this.#queueLimit, nextName);
  }

  #take(number: number): Pending | undefined {
    const pending = this.#pending.get(number);
    this.#pending.delete(number);
    return pending;
  }

  #stop(error: SluiceError): void {
    this.#end ??= error;
    this.#queue?.[Symbol.dispose]();
    for (const { reject } of this.#pending.values()) reject(this.#end);
    this.#pending.clear();
  }
}

/** Something long, a step at a time: others have their turn between, and it ends when nobody asks on. */
async function* steps<T extends { readonly done: boolean }>(
  step: (begin: boolean) => Promise<T>,
): AsyncGenerator<T> {
  let progress = await step(true);
  yield progress;
  while (!progress.done) {
    progress = await step(false);
    yield progress;
  }
}

/** Opens a capture with settings of its own. Errors as `openCapture`. */
export async function openTunedCapture(
  path: string,
  mode: OpenMode,
  tuning: StoreTuning,
): Promise<CaptureStore> {
  const { room, segmentBytes = SEGMENT_BYTES, decoder } = tuning;
  const options = { path, mode, segmentBytes, decoder, ...(room === undefined ? {} : { room }) };
  const client = new Client(options, tuning.queueLimit ?? QUEUE_LIMIT);
  let opened: Opened;
  try {
    opened = await client.opened;
  } catch (error) {
    await client.exited();
    throw error;
  }
  const close = () => client.close();
  const look = (filter: Filter, first: readonly SessionId[] = []) => client.call('look', filter, first);
  const settle = async (filter: Filter) => {
    while (!(await look(filter)));
  };
  return {
    path,
    ...opened,
    write: (event) => client.write(event),
    drained: () => client.drained(),
    flush: () => client.call('flush'),
    query: async (query) => {
      if (!answeredByIndex(query.filter)) await settle(query.filter);
      let page = await client.call('step', query, STEP_MS);
      while (!page.counted) page = await client.call('step', query, STEP_MS);
      return page;
    },
    peek: async (query) => {
      const answered = answeredByIndex(query.filter) || (await look(query.filter));
      const page = await client.call('step', query, PEEK_MS);
      return answered ? page : { ...page, counted: false };
    },
    ids: async (query) => {
      if (!answeredByIndex(query.filter)) await settle(query.filter);
      return client.call('ids', query);
    },
    look,
    measure: (query) => client.call('measure', query),
    measureThese: (ids, table) => client.call('measureThese', ids, table),
    tree: (open) => client.call('tree', open, PEEK_MS),
    timeline: async (query) => {
      const answered = answeredByIndex(query.filter) || (await look(query.filter));
      const page = await client.call('timeline', query, PEEK_MS);
      return answered ? page : { ...page, counted: false };
    },
    position: async (query, id) => {
      if (!answeredByIndex(query.filter)) await look(query.filter, [id]);
      return client.call('position', query, id);
    },
    get: (id) => client.call('get', id),
    readBody: (id, side, start, end) => client.call('readBody', id, side, start, end),
    messages: (id, from, limit) => client.call('messages', id, from, limit),
    wholeSessions: (ids, mostBytes) => client.call('wholeSessions', ids, mostBytes),
    annotate: (ids, change) => client.call('annotate', ids, change),
    remove: (ids) => client.call('remove', ids),
    putFindings: (id, findings) => client.call('putFindings', id, findings),
    findings: (id) => client.call('findings', id),
    findingGroups: () => client.call('findingGroups'),
    totals: () => client.call('totals'),
    setRetention: (retention) => client.call('setRetention', retention),
    compact: () => steps((begin) => client.call('compact', begin)),
    verify: () => steps((begin) => client.call('verify', begin)),
    onChange: (listener) => {
      client.listeners.add(listener);
      return { [Symbol.dispose]: () => client.listeners.delete(listener) };
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}

/** See `OpenCapture`. A capture opened for reading never calls `onChange`, and ignores writes with an error on the next call. */
export const openCapture: OpenCapture = (path, mode) => openTunedCapture(path, mode, {});
