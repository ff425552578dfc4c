/**
 * Opens the workbench's window when Sluice runs without Electron: in a Chromium-family browser as an application window of its own, else
 * in the default browser, else not at all, and the caller prints the address. Both get an address that works once.
 */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { type Browser, findBrowsers } from '../connect/browsers.ts';
import { baseFlags } from '../connect/chromium-flags.ts';
import type { Processes } from '../connect/processes.ts';

/** A window that closes sooner was handed over to a browser that runs already, and tells nothing. */
const HANDED_OVER_MS = 3000;

export interface OpenedWindow {
  readonly kind: 'application' | 'browser';
  /** Resolves when the user closed the window; never where that cannot be known. */
  readonly closed: Promise<void>;
}

export interface WindowOptions {
  readonly address: () => string;
  readonly processes: Processes;
  readonly browsersFolder: string;
  readonly flags: readonly string[];
  readonly platform?: NodeJS.Platform;
  readonly env?: NodeJS.ProcessEnv;
  readonly browsers?: readonly Browser[];
}

const never = new Promise<void>(() => undefined);

const hasDisplay = (platform: NodeJS.Platform, env: NodeJS.ProcessEnv) =>
  platform !== 'linux' || Boolean(env.DISPLAY || env.WAYLAND_DISPLAY);

/** The command that opens an address in the default browser. */
export function defaultBrowserCommand(platform: NodeJS.Platform, address: string): [string, ...string[]] {
  if (platform === 'win32') return ['rundll32.exe', 'url.dll,FileProtocolHandler', address];
  return [platform === 'darwin' ? 'open' : 'xdg-open', address];
}

function openDefaultBrowser(platform: NodeJS.Platform, address: string): Promise<boolean> {
  const [command, ...args] = defaultBrowserCommand(platform, address);
  const child = spawn(command, args, { stdio: 'ignore' });
  return new Promise((resolve) => {
    child.once('error', () => resolve(false));
    child.once('exit', (code) => resolve(code === 0));
  });
}

async function openApplication(browser: Browser, options: WindowOptions): Promise<OpenedWindow> {
  const flags = baseFlags({
    profile: join(options.browsersFolder, 'workbench'),
    isRoot: process.getuid?.() === 0,
    extra: options.flags,
  });
  const began = performance.now();
  const { exited } = await options.processes.start(browser.path, [...flags, `--app=${options.address()}`]);
  const closed = exited.then(() => (performance.now() - began < HANDED_OVER_MS ? never : undefined));
  return { kind: 'application', closed };
}

/** Opens a window; undefined when this machine has no way to. */
export async function openWindow(options: WindowOptions): Promise<OpenedWindow | undefined> {
  const { platform = process.platform, env = process.env, browsers = findBrowsers() } = options;
  const headless = options.flags.some((flag) => flag.startsWith('--headless'));
  if (!headless && !hasDisplay(platform, env)) return undefined;
  for (const browser of browsers) {
    const opened = await openApplication(browser, options).catch(() => undefined);
    if (opened) return opened;
  }
  const opened = await openDefaultBrowser(platform, options.address());
  return opened ? { kind: 'browser', closed: never } : undefined;
}
