/**
 * The desktop app in real Electron: that it starts a host, shows its workbench with no more rights than a page has, and ends in time. Runs
 * where Electron's binary is installed; elsewhere it says, once and in one line, what is missing.
 */
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { _electron, type ElectronApplication, expect, test } from '@playwright/test';
import { BRIDGE_NAME, NATIVE_CALL_NAMES } from '#model/contract/shell.ts';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const PACKAGE = join(ROOT, 'node_modules', 'electron');

/** Looked for without loading the package, which would try to fetch it. */
function findBinary(): string | undefined {
  const name = join(PACKAGE, 'path.txt');
  const binary = existsSync(name) ? join(PACKAGE, 'dist', readFileSync(name, 'utf8').trim()) : '';
  return existsSync(binary) && binary !== '' ? binary : undefined;
}

function whatIsMissing(binary: string | undefined): string | undefined {
  if (!binary) return 'its binary is not installed (npx install-electron)';
  if (!existsSync(join(ROOT, 'electron/dist/main.js')))
    return 'the shell is not built (npm run build:electron)';
  const { DISPLAY, WAYLAND_DISPLAY } = process.env;
  if (process.platform === 'linux' && !DISPLAY && !WAYLAND_DISPLAY) return 'there is no display';
  return undefined;
}

const binary = findBinary();
const missing = whatIsMissing(binary);
// Playwright loads this file in its main process and again in each worker; only the first says it.
if (missing && process.env.TEST_WORKER_INDEX === undefined) {
  process.stdout.write(`Not tested in real Electron: ${missing}.\n`);
}

let data = '';
let app: ElectronApplication;

test.describe('the desktop app in Electron', () => {
  test.skip(missing !== undefined, missing);

  test.beforeEach(async () => {
    data = await mkdtemp(join(tmpdir(), 'sluice-electron-'));
    const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
    app = await _electron.launch({
      ...(binary ? { executablePath: binary } : {}),
      args: [...asRoot, ROOT, '--port', '0', '--data', data],
    });
  });
  test.afterEach(async () => {
    await app.close().catch(() => undefined);
    await rm(data, { recursive: true, force: true });
  });

  test('shows the workbench, its token gone from the address', async () => {
    const page = await app.firstWindow();
    await expect(page.getByRole('grid')).toBeVisible();
    expect(page.url()).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/);
  });

  test('gives the page the native calls and nothing of Node', async () => {
    const page = await app.firstWindow();
    const seen = await page.evaluate((name) => {
      const scope = globalThis as Record<string, unknown>;
      const bridge = scope[name] as { calls: object } | undefined;
      return {
        calls: Object.keys(bridge?.calls ?? {}).sort(),
        node: ['require', 'process', 'module', 'Buffer'].filter((word) => word in scope),
      };
    }, BRIDGE_NAME);
    expect(seen).toEqual({ calls: [...NATIVE_CALL_NAMES].sort(), node: [] });
    const preferences = await app.evaluate(({ webContents }) => {
      const [contents] = webContents.getAllWebContents();
      const used = contents as unknown as { getLastWebPreferences(): Record<string, unknown> };
      return used.getLastWebPreferences();
    });
    expect(preferences).toMatchObject({ contextIsolation: true, sandbox: true, nodeIntegration: false });
  });

  test('goes nowhere else', async () => {
    const page = await app.firstWindow();
    const home = page.url();
    await page.evaluate(() => {
      location.href = 'http://127.0.0.1:9/';
    });
    const opened = await page.evaluate(() => window.open('about:blank') === null);
    expect(opened).toBe(true);
    expect(app.windows()).toHaveLength(1);
    expect(page.url()).toBe(home);
  });

  test('ends within its two seconds', async () => {
    await app.firstWindow();
    const began = performance.now();
    await app.close();
    expect(performance.now() - began).toBeLessThan(4000);
  });
});
