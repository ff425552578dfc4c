import { mkdir, mkdtemp, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserWindow } from 'electron';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { NATIVE_CALL_NAMES } from '#model/contract/shell.ts';
import { registerNativeCalls } from './native-calls.ts';
import { type FakeElectron, fakeElectron } from './testing/fake-electron.ts';

const OWN = 'http://127.0.0.1:4321';
const REFUSED = expect.objectContaining({ ok: false, code: 'not-allowed' });

let folder = '';
let data = '';
let fake: FakeElectron;
let themes: string[];
let opened: boolean;
let running: Disposable;
let origin: string | undefined;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sluice-native-'));
  data = join(folder, 'data');
  await mkdir(data);
  fake = fakeElectron();
  themes = [];
  opened = true;
  origin = OWN;
  const window = new fake.api.BrowserWindow({}) as BrowserWindow;
  running = registerNativeCalls(fake.api, {
    window,
    origin: () => origin,
    dataFolder: data,
    platform: 'linux',
    openCapture: async () => opened,
    setTheme: (source) => themes.push(source),
  });
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const call = (name: string, args: unknown = {}) => fake.call(name, args, `${OWN}/`);

describe('who may call', () => {
  it('is the workbench’s own top frame alone', async () => {
    const from = (url: string, frame = {}) => fake.call('app.version', {}, url, frame);
    expect(await from(`${OWN}/`)).toMatchObject({ ok: true });
    expect(await from('https://example.test/')).toEqual(REFUSED);
    expect(await from('http://127.0.0.1:4322/')).toEqual(REFUSED);
    expect(await from('file:///index.html')).toEqual(REFUSED);
    expect(await from('about:blank')).toEqual(REFUSED);
    expect(await from(`blob:${OWN}/1`)).toEqual(REFUSED);
    expect(await from(`${OWN}/`, { parent: {} })).toEqual(REFUSED);
    expect(await from(`${OWN}/`, { sender: {} })).toEqual(REFUSED);
  });

  it('is nobody while no host runs, nor when the window is gone', async () => {
    origin = undefined;
    expect(await call('app.version')).toEqual(REFUSED);
    origin = OWN;
    fake.window().destroyed = true;
    expect(await call('app.version')).toEqual(REFUSED);
  });

  it('has no effect when refused', async () => {
    await fake.call('link.open', { url: 'https://example.test/' }, 'https://evil.test/');
    await fake.call('clipboard.write', { text: 'x' }, 'https://evil.test/');
    expect(fake.external).toEqual([]);
    expect(fake.copied).toEqual([]);
  });
});

describe('what may be called', () => {
  it('is what the contract names, each on its own channel, until disposed of', () => {
    expect([...fake.handlers.keys()].sort()).toEqual(NATIVE_CALL_NAMES.map((name) => `sluice:${name}`));
    running[Symbol.dispose]();
    expect(fake.handlers.size).toBe(0);
  });

  it.each([
    ['clipboard.write', { text: 1 }],
    ['clipboard.write', undefined],
    ['file.reveal', { path: '' }],
    ['file.save', { name: '../evil', data: new Uint8Array(1) }],
    ['file.save', { name: 'a\\b', data: new Uint8Array(1) }],
    ['file.save', { name: 'a\0', data: new Uint8Array(1) }],
    ['file.save', { name: '..', data: new Uint8Array(1) }],
    ['file.save', { name: 'a.txt', data: 'text' }],
    ['keys.encrypt', { text: 'x'.repeat(65_537) }],
    ['link.open', 'https://example.test/'],
    ['theme.set', { source: 'pink' }],
    ['zoom.set', { factor: 100 }],
    ['zoom.set', { factor: Number.NaN }],
  ])('%s refuses %o', async (name, args) => {
    expect(await call(name, args)).toMatchObject({ ok: false, code: 'bad-request' });
    expect(fake.saveDialogs).toEqual([]);
  });
});

describe('the calls', () => {
  it('tell versions', async () => {
    expect(await call('app.version')).toEqual({
      ok: true,
      value: { app: '1.2.3', electron: '', chrome: '', node: process.versions.node },
    });
  });

  it('copy, theme, zoom and open captures', async () => {
    await call('clipboard.write', { text: 'curl' });
    await call('theme.set', { source: 'light' });
    await call('zoom.set', { factor: 1.5 });
    expect(fake.copied).toEqual(['curl']);
    expect(themes).toEqual(['light']);
    expect(fake.window().webContents.zoom).toBe(1.5);
    expect(await call('capture.open')).toEqual({ ok: true, value: { opened: true } });
    opened = false;
    expect(await call('capture.open')).toEqual({ ok: true, value: { opened: false } });
  });

  it('open web addresses outside, and no other kind', async () => {
    expect(await call('link.open', { url: 'https://example.test/' })).toMatchObject({ ok: true });
    for (const url of ['file:///etc/passwd', 'vscode://x', `${OWN}/`, 'https://a:b@example.test/']) {
      expect(await call('link.open', { url })).toMatchObject({ ok: false, code: 'bad-url' });
    }
    expect(fake.external).toEqual(['https://example.test/']);
  });

  it('keep secrets with the system', async () => {
    expect(await call('keys.status')).toMatchObject({ ok: true, value: { safe: true } });
    const encrypted = await call('keys.encrypt', { text: 'secret' });
    const bytes = (encrypted as { value: { data: Uint8Array } }).value.data;
    expect(await call('keys.decrypt', { data: bytes })).toEqual({
      ok: true,
      value: { text: 'secret', stale: false },
    });
    fake.safeStorage.backend = 'basic_text';
    expect(await call('keys.encrypt', { text: 'secret' })).toEqual(REFUSED);
  });
});

describe('saving', () => {
  const bytes = new Uint8Array([1, 2, 3]);

  it('writes where the user says, for that user alone, and may then show it', async () => {
    const filePath = join(folder, 'chosen.har');
    fake.answers.save = { canceled: false, filePath };
    expect(await call('file.reveal', { path: filePath })).toMatchObject({ code: 'not-found' });
    const saved = await call('file.save', { name: 'capture.har', data: bytes });
    expect(saved).toEqual({ ok: true, value: { path: filePath } });
    expect([...(await readFile(filePath))]).toEqual([1, 2, 3]);
    if (process.platform !== 'win32') expect((await stat(filePath)).mode & 0o077).toBe(0);
    expect(fake.saveDialogs).toEqual([
      expect.objectContaining({
        defaultPath: 'capture.har',
        filters: [{ name: 'HAR', extensions: ['har'] }],
      }),
    ]);
    expect(await call('file.reveal', { path: filePath })).toMatchObject({ ok: true });
    expect(fake.revealed).toEqual([filePath]);
  });

  it('writes nothing when the user cancels', async () => {
    expect(await call('file.save', { name: 'a.har', data: bytes })).toEqual({ ok: true, value: {} });
  });

  it('says so when the place cannot be written', async () => {
    fake.answers.save = { canceled: false, filePath: join(folder, 'missing', 'a.har') };
    expect(await call('file.save', { name: 'a.har', data: bytes })).toMatchObject({
      code: 'file-unwritable',
    });
  });
});

describe('showing a file in its folder', () => {
  it('shows what is in the data folder, and nothing beside it', async () => {
    const inside = join(data, 'root.pem');
    const outside = join(folder, 'data-of-others.txt');
    await writeFile(inside, '');
    await writeFile(outside, '');
    await symlink(outside, join(data, 'link'));
    expect(await call('file.reveal', { path: inside })).toMatchObject({ ok: true });
    for (const path of [outside, join(data, '..', 'data-of-others.txt'), join(data, 'link'), data, '/etc']) {
      expect(await call('file.reveal', { path })).toEqual(REFUSED);
    }
    expect(fake.revealed).toEqual([inside]);
  });
});
