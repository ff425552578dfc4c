/** For the store's tests: folders that go away afterwards, and the usual questions in short. */
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseFilter } from '#model/filter/parse.ts';
import type { CaptureEvent } from '#model/capture-event.ts';
import type { FullSession } from '#model/session.ts';
import { eventsOf } from '#model/session-events.ts';
import type { Batch } from './batch.ts';
import { BatchPacker } from './batch-packer.ts';
import type { CaptureStore, StoreQuery } from './capture-store.ts';

/** A fresh folder, removed when disposed. */
export function temporaryFolder(): { readonly path: string } & Disposable {
  const path = mkdtempSync(join(tmpdir(), 'sluice-store-'));
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) };
}

/** Every file under a folder (or the one file) with the hash of its bytes; `except` by the end of its name. */
export function treeHash(path: string, except: readonly string[] = []): Record<string, string> {
  if (!statSync(path).isDirectory())
    return { [path]: createHash('sha256').update(readFileSync(path)).digest('hex') };
  const files: [string, string][] = readdirSync(path, { recursive: true, encoding: 'utf8' })
    .filter((name) => statSync(join(path, name)).isFile() && !except.some((end) => name.endsWith(end)))
    .sort()
    .map((name) => [
      name,
      createHash('sha256')
        .update(readFileSync(join(path, name)))
        .digest('hex'),
    ]);
  return Object.fromEntries(files);
}

/** A query by filter text; without more, the first 1,000 in the order of their ids. */
export function ask(filter = '', more: Partial<Omit<StoreQuery, 'filter'>> = {}): StoreQuery {
  const result = parseFilter(filter);
  if (!result.ok) throw new Error(result.problem.message);
  return { order: { by: 'id', descending: false }, offset: 0, limit: 1000, ...more, filter: result.filter };
}

/** Makes batches as the queue of one run does: names that one defines hold in those after it. */
export function batchMaker(nextName = 1): (...events: readonly CaptureEvent[]) => Batch {
  const packer = new BatchPacker(nextName);
  return (...events) => {
    for (const event of events) packer.add(event);
    return packer.take();
  };
}

/** Writes sessions as traffic would, and waits until they are committed. */
export async function record(store: CaptureStore, ...sessions: readonly FullSession[]): Promise<void> {
  for (const session of sessions) {
    for (const event of eventsOf(session)) if (!store.write(event)) await store.drained();
  }
  await store.flush();
}
