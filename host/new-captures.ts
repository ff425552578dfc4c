/**
 * Captures that a command makes: each is written beside its place and moved there when all of them are whole, so that stopping or failing
 * leaves nothing. A capture that is there already is never touched.
 */
import { mkdir, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { SluiceError } from '#model/errors.ts';
import type { CaptureStore } from '#store/capture-store.ts';
import { openCapture } from '#store/open-capture.ts';

const exists = (path: string) =>
  stat(path).then(
    () => true,
    () => false,
  );

async function refuseExisting(path: string): Promise<void> {
  if (await exists(path))
    throw new SluiceError('capture-exists', `${path} exists already: name another place.`);
}

export interface NewCaptures {
  /** Writes one; it is closed before the next. @throws SluiceError `capture-exists` */
  add(path: string, write: (store: CaptureStore) => Promise<void>): Promise<void>;
}

/** Runs `work`; what it added appears when it is done. @throws what `work` throws, after removing what was written. */
export async function makeCaptures<T>(work: (captures: NewCaptures) => Promise<T>): Promise<T> {
  const made: { readonly temporary: string; readonly path: string }[] = [];
  try {
    const result = await work({
      async add(path, write) {
        await refuseExisting(path);
        const temporary = `${path}.${process.pid}.part`;
        await mkdir(dirname(path), { recursive: true });
        made.push({ temporary, path });
        await using store = await openCapture(temporary, 'create');
        await write(store);
      },
    });
    // Somebody else may have been there meanwhile.
    for (const { path } of made) await refuseExisting(path);
    for (const { temporary, path } of made) await rename(temporary, path);
    return result;
  } catch (error) {
    for (const { temporary } of made) await rm(temporary, { recursive: true, force: true });
    throw error;
  }
}
