import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../testing/captures.ts';
import { withEnvironment } from '../../testing/environment.ts';
import { jsonLines, sluice } from '../../testing/sluice.ts';

/** Runs with a stand-in for Chromium that does `script`, on a machine that could show it. */
async function opened(script: string, ...args: string[]) {
  using folder = temporaryFolder();
  const program = join(folder.path, 'chromium');
  writeFileSync(program, `#!/bin/sh\nprintf '%s\\n' "$@" > "$0.args"\n${script}\n`);
  chmodSync(program, 0o755);
  const ran = await withEnvironment(
    { CHROMIUM: program, DISPLAY: ':0', SLUICE_BROWSER_FLAGS: '--mine' },
    () =>
      // With --json Electron is not looked for, where there is one.
      sluice('open', '--json', '--port', '0', '--data', folder.path, ...args),
  );
  return { ...ran, flags: readFileSync(`${program}.args`, 'utf8').trim().split('\n') };
}

describe('sluice open', () => {
  it('opens a window on the workbench, and ends it with itself', async () => {
    const { code, out, flags } = await opened('exec sleep 60', '--for', '1.5');
    expect(code).toBe(0);
    const [ready, stopped] = jsonLines({ code, out, err: '' });
    const { origin } = new URL(ready.ui);
    expect(flags).toEqual(
      expect.arrayContaining(['--mine', expect.stringMatching(`^--app=${origin}/#token=`)]),
    );
    expect(stopped).toMatchObject({ event: 'stopped' });
  });

  it('C2: puts no token into the window’s command line that is good for more than once', async () => {
    const { out, flags } = await opened('exec sleep 60', '--for', '1.5');
    const token = new URL(jsonLines({ code: 0, out, err: '' })[0].ui).hash;
    expect(flags.join(' ')).not.toContain(token);
  });

  it('ends when its window is closed', async () => {
    const { code, out } = await opened('exec sleep 3.2', '--for', '60');
    expect([code, out]).toEqual([0, expect.stringContaining('"stopped"')]);
  }, 30_000);

  it.runIf(process.platform === 'linux')('says where the workbench is, when no window can be', async () => {
    using folder = temporaryFolder();
    const nothing = { DISPLAY: undefined, WAYLAND_DISPLAY: undefined, SLUICE_BROWSER_FLAGS: undefined };
    const ran = await withEnvironment(nothing, () =>
      sluice('open', '--json', '--port', '0', '--data', folder.path, '--for', '0.1'),
    );
    expect(ran).toMatchObject({
      code: 0,
      err: expect.stringMatching(/No window could be opened here; .*#token=/),
    });
  });
});
