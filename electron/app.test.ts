import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { HostOptions } from '#host/host-options.ts';
import { SluiceError } from '#model/errors.ts';
import { startApp } from './app.ts';
import { type FakeElectron, fakeElectron, prevented } from './testing/fake-electron.ts';

let folder = '';
let fake: FakeElectron;
let hosts: HostOptions[];
let ended: number;
/** Names what the host refuses to start with, if anything. */
let refuse: (options: HostOptions) => SluiceError | undefined;
let closing: Promise<void>;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sluice-app-'));
  fake = fakeElectron();
  hosts = [];
  ended = 0;
  refuse = () => undefined;
  closing = Promise.resolve();
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const addressOf = (number: number) => `http://127.0.0.1:${4000 + number}/#token=t`;

function start(options: { argv?: string[]; development?: boolean } = {}): Promise<void> {
  return startApp(fake.api, {
    async createHost(given) {
      hosts.push(given);
      const refusal = refuse(given);
      if (refusal) throw refusal;
      return {
        uiAddress: addressOf(hosts.length),
        async [Symbol.asyncDispose]() {
          await closing;
          ended += 1;
        },
      };
    },
    preload: '/app/preload.cjs',
    argv: ['sluice', ...(options.argv ?? [])],
    dataFolder: folder,
    development: options.development ?? false,
    platform: 'linux',
  });
}

const stateFile = () => join(folder, 'desktop', 'window.json');
const state = async () => JSON.parse(await readFile(stateFile(), 'utf8'));
const exits = () => fake.app.asked.filter(([what]) => what === 'exit');

describe('starting', () => {
  it('shows the host’s workbench', async () => {
    await start({ argv: ['--port', '0'] });
    expect(hosts).toEqual([expect.objectContaining({ port: 0, dataFolder: folder })]);
    expect(fake.window().loaded).toEqual([addressOf(1)]);
    expect(fake.menus).toHaveLength(1);
    expect(fake.errors).toEqual([]);
  });

  it('takes the lock in its own folder and the sandbox for all before Electron is ready', async () => {
    await start();
    const before = fake.app.asked.slice(
      0,
      fake.app.asked.findIndex(([what]) => what === 'whenReady'),
    );
    expect(before).toEqual([['setPath', 'userData', join(folder, 'desktop')], ['enableSandbox']]);
  });

  it('gives its page no right that a browser would not', async () => {
    await start();
    expect(fake.window().options).toMatchObject({
      show: false,
      webPreferences: {
        session: fake.session,
        preload: '/app/preload.cjs',
        contextIsolation: true,
        sandbox: true,
        nodeIntegration: false,
        nodeIntegrationInWorker: false,
        nodeIntegrationInSubFrames: false,
        webSecurity: true,
        allowRunningInsecureContent: false,
        webviewTag: false,
        navigateOnDragDrop: false,
        spellcheck: false,
        devTools: false,
      },
    });
    expect(fake.partitions).toHaveLength(1);
    expect(fake.partitions[0]).not.toMatch(/^(persist:|$)/);
  });

  it('guards the page it made, and the session it lives in', async () => {
    await start();
    const { webContents } = fake.window();
    const url = 'https://example.test/';
    expect(webContents.prevents('will-frame-navigate', { url, isMainFrame: true })).toBe(true);
    expect(
      webContents.prevents('will-frame-navigate', { url: 'http://127.0.0.1:4001/', isMainFrame: true }),
    ).toBe(false);
    expect(webContents.prevents('will-attach-webview')).toBe(true);
    expect(webContents.windowOpen({ url })).toEqual({ action: 'deny' });
    expect(fake.external).toEqual([url]);
    expect(fake.session.lets(url)).toBe(false);
  });

  it('allows developer tools in development', async () => {
    await start({ development: true });
    expect(fake.window().options.webPreferences?.devTools).toBe(true);
  });

  it('shows the window when there is something to see', async () => {
    await start();
    expect(fake.window().asked).toEqual([]);
    fake.window().emit('ready-to-show');
    expect(fake.window().asked).toEqual(['show']);
  });

  it('says in a sentence with its code why the host cannot start, and ends', async () => {
    refuse = () => new SluiceError('port-in-use', 'Port 8866 is taken: choose another with --port.');
    await start();
    expect(fake.errors).toEqual([
      ['Sluice could not start', 'Port 8866 is taken: choose another with --port. [port-in-use]'],
    ]);
    expect(exits()).toEqual([['exit', 3]]);
    expect(fake.windows).toEqual([]);
  });

  it('says what is wrong with its options, and with its data folder', async () => {
    await start({ argv: ['--port', 'x'] });
    await writeFile(join(folder, 'file'), '');
    await start({ argv: ['--data', join(folder, 'file')] });
    expect(fake.errors.map(([, text]) => text?.match(/\[.*\]$/)?.[0])).toEqual(['[usage]', '[data-folder]']);
    expect(hosts).toEqual([]);
  });
});

describe('a second instance', () => {
  it('leaves at once, having started nothing', async () => {
    fake.app.firstInstance = false;
    await start();
    expect(fake.app.asked.map(([what]) => what)).toEqual(['setPath', 'quit']);
    expect(hosts).toEqual([]);
    expect(fake.windows).toEqual([]);
  });

  it('brings the window of the first before the user', async () => {
    await start();
    fake.window().minimized = true;
    fake.app.emit('second-instance', {}, ['sluice', '--port', 'nonsense'], folder);
    expect(fake.window().asked).toEqual(['restore', 'show', 'focus']);
    expect(hosts).toHaveLength(1);
  });

  it('has its files opened by the first', async () => {
    await start();
    fake.app.emit('second-instance', {}, ['sluice', 'other.sluice'], folder);
    await vi.waitFor(() => expect(fake.window().loaded).toEqual([addressOf(1), addressOf(2)]));
    expect(hosts[1]?.capture).toBe(join(folder, 'other.sluice'));
    expect(ended).toBe(1);
  });
});

describe('opening files', () => {
  it('starts with a capture that was double-clicked', async () => {
    await start({ argv: [join(folder, 'a.sluice')] });
    expect(hosts).toEqual([expect.objectContaining({ capture: join(folder, 'a.sluice') })]);
  });

  it('takes macOS’s word for it too', async () => {
    await start();
    expect(prevented(fake.app, 'open-file', {}, join(folder, 'b.sluice'))).toBe(true);
    await vi.waitFor(() => expect(hosts[1]?.capture).toBe(join(folder, 'b.sluice')));
  });

  it('shows why a capture cannot be opened and goes on with a new one', async () => {
    refuse = ({ capture }) =>
      capture?.endsWith('bad.sluice') ? new SluiceError('capture-damaged', 'Damaged.') : undefined;
    await start();
    fake.app.emit('second-instance', {}, ['sluice', 'bad.sluice'], folder);
    await vi.waitFor(() => expect(fake.window().loaded).toEqual([addressOf(1), addressOf(3)]));
    expect(fake.errors).toEqual([['The capture could not be opened', 'Damaged. [capture-damaged]']]);
  });

  it('opens the folder the user chose, if it is a capture', async () => {
    await start();
    const openCapture = () => fake.call('capture.open', {}, 'http://127.0.0.1:4001/');
    expect(await openCapture()).toEqual({ ok: true, value: { opened: false } });
    fake.answers.open = { canceled: false, filePaths: [join(folder, 'holiday pictures')] };
    expect(await openCapture()).toMatchObject({ ok: false, code: 'capture-missing' });
    expect(hosts).toHaveLength(1);
    fake.answers.open.filePaths = [join(folder, 'c.sluice')];
    expect(await openCapture()).toEqual({ ok: true, value: { opened: true } });
    expect(hosts[1]?.capture).toBe(join(folder, 'c.sluice'));
    expect(fake.openDialogs[0]).toMatchObject({ properties: ['openDirectory'] });
  });
});

describe('while it runs', () => {
  it('sends the menu’s actions to the workbench', async () => {
    await start();
    const items = fake.menus.flat().flatMap(({ submenu }) => (Array.isArray(submenu) ? submenu : []));
    const toggle = items.find(({ id }) => id === 'capture.toggle');
    (toggle?.click as (() => void) | undefined)?.();
    expect(fake.window().webContents.sent).toEqual([['sluice:action', 'capture.toggle']]);
  });

  it('exports all as a download from its own host', async () => {
    await start();
    const items = fake.menus.flat().flatMap(({ submenu }) => (Array.isArray(submenu) ? submenu : []));
    (items.find(({ id }) => id === 'file.export-har')?.click as (() => void) | undefined)?.();
    const url = 'http://127.0.0.1:4001/api/export?format=har&download=sluice.har';
    expect(fake.window().webContents.downloads).toEqual([url]);
    expect(prevented(fake.session, 'will-download', {}, { getURL: () => url })).toBe(false);
  });

  it('follows the theme, and remembers it', async () => {
    await start();
    expect(fake.window().options.backgroundColor).toBe('#0f1316');
    await fake.call('theme.set', { source: 'light' }, 'http://127.0.0.1:4001/');
    expect(fake.nativeTheme.themeSource).toBe('light');
    expect(await state()).toMatchObject({ theme: 'light' });
    expect(JSON.stringify(fake.menus.at(-1))).toContain(
      '"id":"theme.light","label":"Light","type":"radio","checked":true',
    );
    fake.nativeTheme.shouldUseDarkColors = false;
    fake.nativeTheme.emit('updated');
    expect(fake.window().background).toBe('#fbfcfc');
  });
});

describe('quitting', () => {
  it('closes the host first', async () => {
    await start();
    fake.app.quit();
    expect(await fake.app.exited.promise).toBe(0);
    expect(ended).toBe(1);
  });

  it('closes it once, however often it is asked', async () => {
    await start();
    fake.app.quit();
    fake.app.quit();
    await fake.app.exited.promise;
    expect(ended).toBe(1);
    expect(exits()).toEqual([['exit', 0]]);
  });

  it('waits two seconds for a host that does not close, and no longer', async () => {
    const gate = Promise.withResolvers<void>();
    closing = gate.promise;
    await start();
    const began = performance.now();
    fake.app.quit();
    await fake.app.exited.promise;
    const waited = performance.now() - began;
    expect(waited).toBeGreaterThan(1900);
    expect(waited).toBeLessThan(2500);
    expect(ended).toBe(0);
    gate.resolve();
  });

  it('comes with closing the last window', async () => {
    await start();
    fake.window().emit('close');
    fake.window().destroyed = true;
    fake.app.emit('window-all-closed');
    await fake.app.exited.promise;
    expect(ended).toBe(1);
  });

  it('remembers where the window was, and the next start puts it there', async () => {
    await start();
    fake.window().bounds = { x: 30, y: 40, width: 900, height: 650 };
    fake.window().maximized = true;
    fake.app.quit();
    await fake.app.exited.promise;
    fake = fakeElectron();
    await start();
    expect(fake.window().options).toMatchObject({ x: 30, y: 40, width: 900, height: 650 });
    expect(fake.window().asked).toEqual(['maximize']);
    expect(existsSync(stateFile())).toBe(true);
  });
});
