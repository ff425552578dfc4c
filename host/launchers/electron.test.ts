import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../testing/captures.ts';
import { findElectron, runElectron } from './electron.ts';

/** A checkout with these files. */
function checkout(files: Readonly<Record<string, string>>) {
  const folder = temporaryFolder();
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(folder.path, name, '..'), { recursive: true });
    writeFileSync(join(folder.path, name), text, { mode: 0o755 });
  }
  return folder;
}
const BINARY = { 'node_modules/electron/path.txt': 'electron\n', 'node_modules/electron/dist/electron': '' };
const SHELL = { 'electron/dist/main.js': '' };

describe('Electron', () => {
  it('is found where its binary and the built shell are', () => {
    using root = checkout({ ...BINARY, ...SHELL });
    expect(findElectron(root.path)).toBe(join(root.path, 'node_modules/electron/dist/electron'));
  });

  it.each([
    ['its package alone, without the binary', { 'node_modules/electron/path.txt': 'electron', ...SHELL }],
    ['no package', SHELL],
    ['no built shell', BINARY],
    ['nothing', {}],
  ])('is not where there is %s', (_, files) => {
    using root = checkout(files);
    expect(findElectron(root.path)).toBeUndefined();
  });

  it('gets the checkout and the arguments, and its exit code is ours', async () => {
    using root = checkout({
      shell:
        '#!/bin/sh\n[ "$1" = "$(dirname "$0")" ] && [ "$2" = --port ] && [ "$3" = 0 ] && exit 4\nexit 1\n',
    });
    expect(await runElectron(join(root.path, 'shell'), root.path, ['--port', '0'])).toBe(4);
  });

  it('ended by a signal is a failure, and one that cannot be run an error', async () => {
    using root = checkout({ shell: '#!/bin/sh\nkill -9 $$\n' });
    expect(await runElectron(join(root.path, 'shell'), root.path, [])).toBe(3);
    await expect(runElectron(join(root.path, 'none'), root.path, [])).rejects.toThrow('ENOENT');
  });

  it('is told to end when we are', async () => {
    using root = checkout({
      shell: '#!/bin/sh\ntrap "exit 5" TERM\nkill -TERM $PPID\nwhile :; do sleep 0.05; done\n',
    });
    expect(await runElectron(join(root.path, 'shell'), root.path, [])).toBe(5);
  });
});
