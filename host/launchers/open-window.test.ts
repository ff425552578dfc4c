import { chmodSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Processes } from '../connect/processes.ts';
import { temporaryFolder } from '../testing/captures.ts';
import { defaultBrowserCommand, openWindow, type WindowOptions } from './open-window.ts';

const ADDRESS = 'http://127.0.0.1:1/#token=x';

/** Browsers that start, or do not; what was started. */
function browsers(...failing: string[]) {
  const started: { path: string; args: readonly string[]; exit: (code: number) => void }[] = [];
  const processes: Processes = {
    async start(path, args) {
      if (failing.includes(path)) throw new Error('no display');
      const { promise, resolve } = Promise.withResolvers<number | null>();
      started.push({ path, args, exit: resolve });
      return { pid: 1, exited: promise };
    },
    [Symbol.asyncDispose]: async () => {},
  };
  return { processes, started };
}

function options(processes: Processes, change: Partial<WindowOptions> = {}): WindowOptions {
  const list = [
    { id: 'a', name: 'A', path: '/a' },
    { id: 'b', name: 'B', path: '/b' },
  ];
  return {
    address: () => ADDRESS,
    processes,
    browsersFolder: '/data/browsers',
    flags: [],
    platform: 'linux',
    env: { DISPLAY: ':0' },
    browsers: list,
    ...change,
  };
}

describe('the workbench’s window', () => {
  it('is an application window of the first browser, with a profile of its own', async () => {
    const { processes, started } = browsers();
    expect(await openWindow(options(processes, { flags: ['--x'] }))).toMatchObject({ kind: 'application' });
    expect(started).toMatchObject([{ path: '/a' }]);
    expect(started[0]?.args).toEqual(
      expect.arrayContaining([
        `--user-data-dir=${join('/data/browsers', 'workbench')}`,
        '--x',
        `--app=${ADDRESS}`,
      ]),
    );
  });

  it('is of the next browser when one does not start, with an address of its own', async () => {
    const { processes, started } = browsers('/a');
    let tickets = 0;
    const address = () => {
      tickets += 1;
      return `${ADDRESS}${tickets}`;
    };
    await openWindow(options(processes, { address }));
    expect(started.map(({ path, args }) => [path, args.at(-1)])).toEqual([['/b', `--app=${ADDRESS}2`]]);
  });

  it('that closes at once was handed over to a browser that runs: when it closes cannot be known', async () => {
    const { processes, started } = browsers();
    const window = await openWindow(options(processes));
    started[0]?.exit(0);
    let closed = false;
    void window?.closed.then(() => {
      closed = true;
    });
    await new Promise((resolve) => setImmediate(resolve));
    expect(closed).toBe(false);
  });

  it('is not tried where nothing could show it', async () => {
    const { processes, started } = browsers();
    expect(await openWindow(options(processes, { env: {} }))).toBeUndefined();
    expect(started).toEqual([]);
    for (const change of [
      { env: { WAYLAND_DISPLAY: 'w' } },
      { platform: 'darwin' as const, env: {} },
      { env: {}, flags: ['--headless=new'] },
    ]) {
      expect(await openWindow(options(processes, change))).toBeDefined();
    }
  });
});

describe('the default browser', () => {
  it.each([
    ['linux', ['xdg-open', ADDRESS]],
    ['darwin', ['open', ADDRESS]],
    ['win32', ['rundll32.exe', 'url.dll,FileProtocolHandler', ADDRESS]],
  ] as const)('on %s is opened by %j, through no shell', (platform, command) => {
    expect(defaultBrowserCommand(platform, ADDRESS)).toEqual(command);
  });

  it.each([
    [0, { kind: 'browser' }],
    [3, undefined],
  ])('is tried when no other is there; its opener ended with %d', async (code, opened) => {
    using folder = temporaryFolder();
    const opener = join(folder.path, 'xdg-open');
    writeFileSync(opener, `#!/bin/sh\n[ "$1" = '${ADDRESS}' ] && exit ${code}\nexit 9\n`);
    chmodSync(opener, 0o755);
    const path = process.env.PATH;
    process.env.PATH = [folder.path, path].join(delimiter);
    try {
      const window = await openWindow(options(browsers().processes, { browsers: [] }));
      if (opened === undefined) expect(window).toBeUndefined();
      else expect(window).toMatchObject(opened);
    } finally {
      process.env.PATH = path;
    }
  });

  it('is not there where nothing opens it', async () => {
    const path = process.env.PATH;
    process.env.PATH = '/nowhere';
    try {
      expect(await openWindow(options(browsers().processes, { browsers: [] }))).toBeUndefined();
    } finally {
      process.env.PATH = path;
    }
  });
});
