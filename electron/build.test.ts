/**
 * The built shell under plain Node: the bundle is made in a temporary folder beside a module called `electron` that stands in for the real
 * one, and started. That shows that the tree resolves, that a real host with its workers runs from it, and that it ends. It does not
 * show that Electron runs it.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { runInNewContext } from 'node:vm';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ACTION_CHANNEL, BRIDGE_NAME, NATIVE_CALL_NAMES, type NativeBridge } from '#model/contract/shell.ts';

const ROOT = join(import.meta.dirname, '..');
let folder = '';
let app = '';

/** Answers for the parts of Electron the shell touches; prints what it was asked to load, and quits when told on stdin. */
const STAND_IN = `
import { EventEmitter } from 'node:events';
const say = (what) => process.stdout.write(JSON.stringify(what) + '\\n');
export const app = Object.assign(new EventEmitter(), {
  isPackaged: true, setPath() {}, enableSandbox() {}, requestSingleInstanceLock: () => true,
  whenReady: async () => {}, exit: (code) => process.exit(code),
  quit() { app.emit('before-quit', { preventDefault() {} }); },
});
export class BrowserWindow extends EventEmitter {
  webContents = Object.assign(new EventEmitter(), { send() {} });
  constructor({ webPreferences }) { super(); say({ preload: webPreferences.preload }); }
  async loadURL(url) { say({ url }); }
  isDestroyed() { return false; }
  getNormalBounds() { return { x: 0, y: 0, width: 800, height: 600 }; }
  isMaximized() { return false; }
}
export const session = { fromPartition: () => Object.assign(new EventEmitter(), {
  setPermissionRequestHandler() {}, setPermissionCheckHandler() {}, setDevicePermissionHandler() {},
  async setProxy() {}, webRequest: { onBeforeRequest() {} },
}) };
export const nativeTheme = Object.assign(new EventEmitter(), { shouldUseDarkColors: true });
export const screen = { getAllDisplays: () => [] };
export const ipcMain = { handle() {} };
export const Menu = { buildFromTemplate: (t) => t, setApplicationMenu() {} };
export const dialog = { showErrorBox: (title, text) => say({ title, text }) };
export const clipboard = {}, safeStorage = {}, shell = {};
process.stdin.once('data', () => app.quit());
`;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sluice-shell-build-'));
  app = join(folder, 'app');
  const options = { outDir: app, emptyOutDir: true };
  await build({ configFile: join(ROOT, 'electron/vite.config.ts'), logLevel: 'error', build: options });
  // The real dependencies, found from the folder above; the stand-in beside the bundle is found first.
  await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'), 'junction');
  await mkdir(join(app, 'node_modules/electron'), { recursive: true });
  await writeFile(
    join(app, 'node_modules/electron/package.json'),
    '{"type":"module","exports":"./index.js"}',
  );
  await writeFile(join(app, 'node_modules/electron/index.js'), STAND_IN);
}, 60_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

async function firstLines(output: AsyncIterable<Buffer>, count: number): Promise<Record<string, string>> {
  let got = '';
  for await (const chunk of output) {
    got += chunk;
    const lines = got.split('\n').slice(0, -1);
    if (lines.length >= count) return Object.assign({}, ...lines.map((line) => JSON.parse(line)));
  }
  throw new Error(`the shell ended after saying only: ${got}`);
}

describe('the built shell', () => {
  it('starts a real host with its workers, serves the workbench, and ends when asked', async () => {
    const data = join(folder, 'data');
    const args = [join(app, 'main.js'), '--port', '0', '--data', data];
    const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'pipe'] });
    const complaints = text(child.stderr);
    const exited = once(child, 'exit');
    const { url = '', preload } = await firstLines(child.stdout.iterator({ destroyOnReturn: false }), 2);
    expect(preload).toBe(join(app, 'preload.cjs'));
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/#token=./);

    const page = await fetch(url);
    expect(page.status).toBe(200);
    expect(page.headers.get('content-security-policy')).toContain("script-src 'self'");
    expect(await page.text()).toBe(await readFile(join(app, 'renderer/dist/index.html'), 'utf8'));

    const token = new URLSearchParams(new URL(url).hash.slice(1)).get('token');
    const har = await fetch(new URL('/api/export', url), {
      headers: { Authorization: `Bearer ${token}` },
    });
    expect(await har.json()).toMatchObject({ log: { version: '1.2', entries: [] } });

    const began = performance.now();
    child.stdin.end('quit');
    expect(await exited).toEqual([0, null]);
    expect(performance.now() - began).toBeLessThan(2500);
    expect(await complaints).toBe('');
  }, 30_000);

  it('names its entry where package.json says', async () => {
    const { main } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8'));
    expect(main).toBe('electron/dist/main.js');
    const { type, version } = JSON.parse(await readFile(join(app, 'package.json'), 'utf8'));
    expect({ type, version }).toEqual({ type: 'module', version: expect.stringMatching(/^\d/) });
  });
});

describe('the built preload script', () => {
  /** Runs it as Electron does: one CommonJS script that may require `electron` and nothing else. */
  async function runPreload() {
    const invoked: unknown[][] = [];
    const heard = new Map<string, (event: unknown, id: unknown) => void>();
    const exposed = new Map<string, NativeBridge>();
    const electron = {
      contextBridge: { exposeInMainWorld: (name: string, value: NativeBridge) => exposed.set(name, value) },
      ipcRenderer: {
        invoke: async (...call: unknown[]) => invoked.push(call),
        on: (channel: string, listener: (event: unknown, id: unknown) => void) =>
          heard.set(channel, listener),
        off: (channel: string) => heard.delete(channel),
      },
    };
    const required: string[] = [];
    const require = (name: string) => {
      required.push(name);
      return electron;
    };
    runInNewContext(await readFile(join(app, 'preload.cjs'), 'utf8'), { require, exports: {}, module: {} });
    const bridge = exposed.get(BRIDGE_NAME);
    if (!bridge) throw new Error('nothing was exposed');
    return { bridge, exposed, invoked, heard, required };
  }

  it('requires Electron alone and exposes the calls of the contract alone', async () => {
    const { bridge, exposed, required } = await runPreload();
    expect(new Set(required)).toEqual(new Set(['electron']));
    expect([...exposed.keys()]).toEqual([BRIDGE_NAME]);
    expect(Object.keys(bridge).sort()).toEqual(['calls', 'onAction']);
    expect(Object.keys(bridge.calls).sort()).toEqual([...NATIVE_CALL_NAMES].sort());
  });

  it('passes each call to its own channel', async () => {
    const { bridge, invoked } = await runPreload();
    await bridge.calls['zoom.set']({ factor: 2 });
    expect(invoked).toEqual([['sluice:zoom.set', { factor: 2 }]]);
  });

  it('lets through actions it knows, until told to stop', async () => {
    const { bridge, heard } = await runPreload();
    const ids: string[] = [];
    const end = bridge.onAction((id) => ids.push(id));
    for (const id of ['capture.toggle', 'constructor', { id: 'x' }]) heard.get(ACTION_CHANNEL)?.({}, id);
    expect(ids).toEqual(['capture.toggle']);
    end();
    expect(heard.size).toBe(0);
  });
});

describe('the sources', () => {
  it('have Electron’s value in the entry and the preload script alone', async () => {
    const { globSync } = await import('node:fs');
    const files = globSync('electron/*.ts', { cwd: ROOT }).filter((file) => !file.endsWith('.test.ts'));
    const importing: string[] = [];
    for (const file of files) {
      const source = await readFile(join(ROOT, file), 'utf8');
      if (/^(import|export) (?!type )[^;]*from 'electron'/m.test(source)) importing.push(file);
    }
    expect(importing.map((file) => file.replaceAll('\\', '/')).sort()).toEqual([
      'electron/main.ts',
      'electron/preload.ts',
    ]);
    expect(
      createRequire(import.meta.url).cache[join(ROOT, 'node_modules/electron/index.js')],
    ).toBeUndefined();
  });
});
