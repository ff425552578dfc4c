/** A store in this thread, for tests of what happens inside the worker: no messages, no waiting. */
import { join } from 'node:path';
import type { CaptureEvent } from '#model/capture-event.ts';
import type { FullSession } from '#model/session.ts';
import { eventsOf } from '#proxy-core/testing/session-factory.ts';
import type { Batch } from '../batch.ts';
import type { OpenMode } from '../capture-store.ts';
import { batchMaker, temporaryFolder } from '../testing.ts';
import { type Change, openStore, type WorkerStore } from '../worker-store.ts';

export interface TestStore extends Disposable {
  readonly path: string;
  /** What it told since it was opened. */
  readonly changes: Change[];
  readonly store: WorkerStore;
  write(...events: readonly CaptureEvent[]): void;
  /** Each session as a batch of its own. */
  record(...sessions: readonly FullSession[]): void;
  /** Closes it and opens it again. */
  reopen(mode?: OpenMode): void;
  /** Does what can wait, until nothing does. */
  workOn(): void;
}

export interface TestStoreOptions {
  readonly segmentBytes?: number;
  readonly room?: number;
}

/** A new capture in a folder that goes away. */
export function newStore({ segmentBytes = 1e6, room }: TestStoreOptions = {}): TestStore {
  const folder = temporaryFolder();
  const path = join(folder.path, 'a.sluice');
  const changes: Change[] = [];
  let make: (...events: readonly CaptureEvent[]) => Batch;
  const open = (mode: OpenMode): WorkerStore => {
    const options = { path, mode, segmentBytes, ...(room === undefined ? {} : { room }) };
    const store = openStore(options, (change) => changes.push(change));
    make = batchMaker(store.nextName);
    return store;
  };
  let store = open('create');
  let closed = false;
  return {
    path,
    changes,
    get store() {
      return store;
    },
    write: (...events) => store.write(make(...events)),
    record(...sessions) {
      for (const session of sessions) this.write(...eventsOf(session));
    },
    reopen(mode = 'write') {
      if (!closed) store.calls.close();
      closed = true;
      changes.length = 0;
      store = open(mode);
      closed = false;
    },
    workOn() {
      for (let i = 0; store.nextWork() !== undefined; i++) {
        if (i > 10_000) throw new Error('there is no end to the work');
        store.work();
      }
    },
    [Symbol.dispose]() {
      if (!closed) store.calls.close();
      folder[Symbol.dispose]();
    },
  };
}
