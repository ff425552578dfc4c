/** Ctrl-C in commands that make or read several captures: nothing of theirs is left, neither where it should go nor in temporary folders. */
import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { makeSession } from '#proxy-core/testing/session-factory.ts';
import { temporaryFolder, writtenCapture } from '../../testing/captures.ts';
import { sluice } from '../../testing/sluice.ts';

const stack = new DisposableStack();
let capture: string;
let har: string;
beforeAll(async () => {
  const at = stack.use(
    await writtenCapture(
      ...Array.from({ length: 1500 }, (_, i) => makeSession({ id: i + 1, responseBody: 'x'.repeat(20_000) })),
    ),
  );
  capture = at.path;
  har = join(at.folder, 'a.har');
  expect((await sluice('export', capture, '--to', har, '--no-redact')).code).toBe(0);
}, 60_000);
afterAll(() => stack.dispose());

/** Runs a command and stops it as soon as `folder` has something in it; answers what is then in it. */
async function stoppedIn(folder: string, ...args: string[]) {
  const running = sluice(...args);
  await vi.waitUntil(() => readdirSync(folder).length > 0, { timeout: 30_000, interval: 2 });
  process.emit('SIGINT');
  const { code, out, err } = await running;
  return { code, out, err, left: readdirSync(folder) };
}

const STOPPED = { code: 3, out: '', err: expect.stringContaining('[cancelled]'), left: [] };

describe('a command that is stopped', { timeout: 60_000 }, () => {
  it('leaves no half of a merged capture', async () => {
    using folder = temporaryFolder();
    const out = join(folder.path, 'merged.sluice');
    expect(await stoppedIn(folder.path, 'merge', out, capture, capture)).toMatchObject(STOPPED);
  });

  it('leaves none of the parts of a split one, however many are whole', async () => {
    using folder = temporaryFolder();
    const out = join(folder.path, 'parts');
    mkdirSync(out);
    expect(await stoppedIn(out, 'split', capture, '--by', '500', '--out', out)).toMatchObject(STOPPED);
  });

  it.each(['diff', 'merge'])(
    'leaves nothing of a file that %s reads in, and does not read on',
    async (command) => {
      using folder = temporaryFolder();
      using temporary = temporaryFolder();
      const args = command === 'diff' ? [har, capture] : [join(folder.path, 'm.sluice'), har];
      vi.stubEnv('TMPDIR', temporary.path);
      try {
        expect(await stoppedIn(temporary.path, command, ...args)).toMatchObject(STOPPED);
      } finally {
        vi.unstubAllEnvs();
      }
      expect(readdirSync(folder.path)).toEqual([]);
    },
  );
});
