/**
 * Captures and files of sessions as the same thing: a file (HAR and what else is imported) becomes a capture in a temporary folder, which
 * goes with the rest. For commands that take several of either.
 */
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { SluiceError } from '#model/errors.ts';
import type { CaptureStore } from '#store/capture-store.ts';
import { importSessions } from './import-sessions.ts';
import { fileSource } from './import-source.ts';
import { openCapture } from './open-capture.ts';

export interface Source {
  /** The last part of its path, for people. */
  readonly name: string;
  readonly store: CaptureStore;
}

async function imported(
  file: string,
  stack: AsyncDisposableStack,
  signal: AbortSignal | undefined,
): Promise<CaptureStore> {
  const folder = await mkdtemp(join(tmpdir(), 'sluice-'));
  stack.defer(() => rm(folder, { recursive: true, force: true }));
  const store = stack.use(await openCapture(join(folder, 'imported.sluice'), 'create'));
  let last = 0;
  await using source = await fileSource(file);
  await importSessions(store, source, () => {
    signal?.throwIfAborted();
    last += 1;
    return last;
  });
  await store.flush();
  return store;
}

/**
 * Opens a capture for reading or a file by reading it in, until `signal` says to stop; `stack` closes it.
 * @throws SluiceError `file-unreadable`, `bad-har`, …, or the signal's reason
 */
export async function openSource(
  path: string,
  stack: AsyncDisposableStack,
  signal?: AbortSignal,
): Promise<Source> {
  const found = await stat(path).catch((cause) => {
    throw new SluiceError('file-unreadable', `${path} cannot be read: check the path.`, { cause });
  });
  const store = found.isDirectory()
    ? stack.use(await openCapture(path, 'read'))
    : await imported(path, stack, signal);
  return { name: basename(path), store };
}
