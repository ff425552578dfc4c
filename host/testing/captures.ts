/** Captures for tests of the host: made in a folder that goes away, written as traffic would. */
import { join } from 'node:path';
import type { FullSession } from '#model/session.ts';
import type { CaptureStore, OpenMode } from '#store/capture-store.ts';
import { record, temporaryFolder } from '#store/testing.ts';
import { openCapture } from '../open-capture.ts';

export { temporaryFolder } from '#store/testing.ts';

export interface TestCapture extends AsyncDisposable {
  /** A folder of its own, with the capture in it. */
  readonly folder: string;
  readonly path: string;
  readonly store: CaptureStore;
}

/** A capture of these sessions, open for writing. */
export async function openTestCapture(...sessions: FullSession[]): Promise<TestCapture> {
  const folder = temporaryFolder();
  const path = join(folder.path, 'test.sluice');
  const store = await openCapture(path, 'create');
  await record(store, ...sessions);
  return {
    folder: folder.path,
    path,
    store,
    async [Symbol.asyncDispose]() {
      await store.close();
      folder[Symbol.dispose]();
    },
  };
}

/** The same, closed again, for commands that open it themselves. */
export async function writtenCapture(
  ...sessions: FullSession[]
): Promise<Disposable & Omit<TestCapture, 'store' | typeof Symbol.asyncDispose>> {
  const capture = await openTestCapture(...sessions);
  await capture.store.close();
  const { folder, path } = capture;
  return { folder, path, [Symbol.dispose]: () => void capture[Symbol.asyncDispose]() };
}

/** What is in a capture, read by `use`. */
export async function inCapture<T>(
  path: string,
  use: (store: CaptureStore) => Promise<T>,
  mode: OpenMode = 'read',
): Promise<T> {
  await using store = await openCapture(path, mode);
  return await use(store);
}
