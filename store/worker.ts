/** The store's worker thread: owns the files of one capture so that neither the proxy nor the window waits for a disk. */
import { parentPort, workerData } from 'node:worker_threads';
import { SluiceError } from '#model/errors.ts';
import { ChangeNotice } from './change-notice.ts';
import { fromSystem } from './database.ts';
import type { FromWorker, StoreCalls, ToWorker, WorkerOptions } from './protocol.ts';
import { openStore, type WorkerStore } from './worker-store.ts';

const port = parentPort;
if (port === null) throw new Error('store/worker.ts runs as a worker thread only');
const options = workerData as WorkerOptions;

const post = (message: FromWorker) => port.postMessage(message);
const coded = (error: unknown) => (error instanceof SluiceError ? error : fromSystem(options.path, error));

function serve(store: WorkerStore, notice: ChangeNotice): void {
  /** After a batch that made no sense nothing more is written: what is on disk stays consistent, and every call says why. */
  let broken: SluiceError | undefined;
  let timer: NodeJS.Timeout | undefined;
  /** Sees to it that what can wait is done between calls. */
  const arm = () => {
    const ms = broken === undefined && timer === undefined ? store.nextWork() : undefined;
    if (ms === undefined) return;
    timer = setTimeout(() => {
      timer = undefined;
      try {
        store.work();
      } catch {
        // Tried again with the next call: nothing depends on it.
        return;
      }
      arm();
    }, ms);
  };
  port?.on('message', (message: ToWorker) => {
    if (message.type === 'batch') {
      try {
        if (broken === undefined) store.write(message.batch);
      } catch (error) {
        broken = coded(error);
      }
      const buffers = [message.batch.operations.buffer, message.batch.bytes.buffer];
      port?.postMessage({ type: 'stored', buffers } satisfies FromWorker, buffers);
      arm();
      return;
    }
    const { number, name, args } = message;
    const fail = (error: unknown) => {
      const { code, message: text } = coded(error);
      post({ type: 'error', number, code, message: text });
    };
    try {
      if (name === 'close') {
        notice[Symbol.dispose]();
        clearTimeout(timer);
        broken = undefined;
      }
      if (broken !== undefined) throw broken;
      const call = store.calls[name] as (...args: readonly unknown[]) => ReturnType<StoreCalls[typeof name]>;
      const value = call(...args);
      if (name === 'flush' || name === 'close') notice.flush();
      if (value instanceof Promise)
        value.then((later) => post({ type: 'result', number, value: later }), fail);
      else post({ type: 'result', number, value });
    } catch (error) {
      fail(error);
    }
    if (name === 'close') port.close();
    else arm();
  });
  arm();
}

try {
  let notice: ChangeNotice | undefined;
  const store = openStore(options, (change) => notice?.add(change));
  notice = new ChangeNotice(
    () => store.calls.totals(),
    (change) => post({ type: 'change', change }),
  );
  serve(store, notice);
  post({
    type: 'ready',
    lastSessionId: store.lastSessionId,
    nextName: store.nextName,
    notices: store.notices,
  });
} catch (error) {
  const { code, message } = coded(error);
  post({ type: 'failed', code, message });
  port.close();
}
