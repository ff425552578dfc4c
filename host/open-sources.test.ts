import { readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeSession } from '#proxy-core/testing/session-factory.ts';
import { openSource } from './open-sources.ts';
import { temporaryFolder, writtenCapture } from './testing/captures.ts';
import { sluice } from './testing/sluice.ts';

const folders = () =>
  readdirSync(tmpdir())
    .filter((name) => /^sluice-[^-]+$/.test(name))
    .sort();

describe('sources', { timeout: 90_000 }, () => {
  it('are captures, and files of sessions read into one that goes again', async () => {
    using capture = await writtenCapture(makeSession({ id: 1 }), makeSession({ id: 2 }));
    const file = join(capture.folder, 'a.har');
    await sluice('export', capture.path, '--format', 'har', '--out', file);
    const before = folders();
    {
      await using stack = new AsyncDisposableStack();
      const opened = [await openSource(capture.path, stack), await openSource(file, stack)];
      expect(opened.map(({ name }) => name)).toEqual(['test.sluice', 'a.har']);
      for (const { store } of opened) expect((await store.totals()).sessions).toBe(2);
    }
    expect(folders()).toEqual(before);
  });

  it('are refused when they cannot be read, and then leave nothing', async () => {
    using folder = temporaryFolder();
    const nonsense = join(folder.path, 'x.har');
    writeFileSync(nonsense, 'hello');
    const before = folders();
    {
      await using stack = new AsyncDisposableStack();
      await expect(openSource(join(folder.path, 'none'), stack)).rejects.toMatchObject({
        code: 'file-unreadable',
      });
      await expect(openSource(nonsense, stack)).rejects.toHaveProperty('code');
    }
    expect(folders()).toEqual(before);
  });
});
