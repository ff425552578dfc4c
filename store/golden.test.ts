/** Captures of every version of the format that there has been, as the program of that version wrote them. */
import { cpSync, existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeSession } from '#proxy-core/testing/session-factory.ts';
import type { CaptureStore, OpenMode } from './capture-store.ts';
import { CURRENT_VERSION, OLDEST_VERSION } from './migrations/list.ts';
import { openCapture } from './open-capture.ts';
import { GOLDEN_FINDING, goldenSessions, NOTED, REMOVED, writeGolden } from './testing/golden-sessions.ts';
import { ask, record, temporaryFolder, treeHash } from './testing.ts';

const GOLDEN = join(import.meta.dirname, 'testing', 'golden');
const versions = Array.from({ length: CURRENT_VERSION - OLDEST_VERSION + 1 }, (_, i) => OLDEST_VERSION + i);
const folderOf = (version: number) => join(GOLDEN, `version-${version}`);

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder[Symbol.dispose]());

/** Everything a store holds is what was written into it. */
async function holdsAll(store: CaptureStore): Promise<void> {
  const expected = goldenSessions().filter(({ session }) => session.row.id !== REMOVED);
  expect(await store.ids(ask('', { limit: 6 }))).toEqual(expected.map(({ session }) => session.row.id));
  for (const { session, requestBody, responseBody, messages } of expected) {
    const { id } = session.row;
    const found = await store.get(id);
    const noted = id === NOTED.id ? { mark: NOTED.mark, comment: NOTED.comment } : {};
    const checked = id === GOLDEN_FINDING.sessionId ? { findings: 1, severity: 'medium' as const } : {};
    expect(found).toEqual({ ...session, row: { ...session.row, ...noted, ...checked } });
    expect(Buffer.from(await store.readBody(id, 'request', 0, 1e6))).toEqual(Buffer.from(requestBody));
    expect(Buffer.from(await store.readBody(id, 'response', 0, 1e6))).toEqual(Buffer.from(responseBody));
    expect(await store.messages(id, 0, 100)).toEqual(messages);
  }
  expect(await store.findings(GOLDEN_FINDING.sessionId)).toEqual([GOLDEN_FINDING]);
}

describe.each(versions)('a capture of version %i', (version) => {
  it('is there; a new version adds its own with SLUICE_WRITE_GOLDEN=1', async () => {
    const path = folderOf(version);
    if (version === CURRENT_VERSION && process.env.SLUICE_WRITE_GOLDEN === '1' && !existsSync(path)) {
      await using store = await openCapture(path, 'create');
      await writeGolden(store);
    }
    expect(readdirSync(GOLDEN)).toContain(`version-${version}`);
  });

  it('is read as it is, and not a byte of it changes', async () => {
    const path = join(folder.path, 'a.sluice');
    cpSync(folderOf(version), path, { recursive: true });
    const before = treeHash(path);
    const mode: OpenMode = 'read';
    {
      await using store = await openCapture(path, mode);
      expect(store.notices).toEqual([]);
      await holdsAll(store);
      expect(await store.totals()).toMatchObject({ sessions: 6, active: 0, decrypted: 4, findings: 1 });
      for await (const { damage } of store.verify()) expect(damage).toEqual([]);
    }
    expect(treeHash(path)).toEqual(before);
  });

  it('is brought up to date by a writer, goes on, and can be compacted', async () => {
    const path = join(folder.path, 'a.sluice');
    cpSync(folderOf(version), path, { recursive: true });
    {
      await using store = await openCapture(path, 'write');
      await holdsAll(store);
      expect(await store.totals()).toMatchObject({ sessions: 6, active: 0, decrypted: 4, findings: 1 });
      await record(store, makeSession({ id: 8 }));
      await store.annotate([1], { mark: 1 });
      await store.annotate([1], { mark: 0 });
      for await (const { left } of store.compact()) expect(left).toEqual([]);
      await holdsAll(store);
    }
    await using store = await openCapture(path, 'read');
    await holdsAll(store);
    expect((await store.get(8))?.row.id).toBe(8);
    for await (const { done, damage, uncheckedBytes } of store.verify()) {
      expect(damage).toEqual([]);
      // What came from before there were checksums has them now.
      if (done) expect(uncheckedBytes).toBe(0);
    }
  });
});
