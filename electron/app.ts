/**
 * The desktop shell: one instance, one window around the host's workbench, and an orderly end. It decides what happens when; how each
 * thing is done is in the files it calls. It has no state of the user's but where the window was.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { BrowserWindow } from 'electron';
import type { ThemeSource } from '#model/contract/native-calls.ts';
import { ACTION_CHANNEL, type MenuActionId } from '#model/contract/shell.ts';
import { SluiceError, toSluiceError } from '#model/errors.ts';
import type { ElectronApi, ShellOptions } from './api.ts';
import { isCapture, isImportable, readArguments, type ShellArguments } from './arguments.ts';
import { guardAllContents } from './guards.ts';
import { createHostKeeper } from './host-keeper.ts';
import { menuTemplate } from './menu.ts';
import { registerNativeCalls } from './native-calls.ts';
import { readShellState, writeShellState } from './shell-state.ts';
import { backgroundFor, createWindow, focusWindow, placeOf } from './window.ts';

/** Quitting waits this long for the host; DESIGN gives closing 2 s. */
const CLOSE_WITHIN_MS = 2000;
const FAILURE = 3;
/** The host's route for everything as HAR. */
const HAR_EXPORT = '/api/export?format=har&download=sluice.har';

/** Runs the shell; resolves when the workbench is loading, or when this is not the first instance. Never rejects. */
export async function startApp(electron: ElectronApi, options: ShellOptions): Promise<void> {
  try {
    await start(electron, options);
  } catch (error) {
    showError(electron, 'Sluice could not start', error);
    electron.app.exit(FAILURE);
  }
}

function showError(electron: ElectronApi, title: string, error: unknown): void {
  const { code, message } = toSluiceError(error);
  electron.dialog.showErrorBox(title, `${message} [${code}]`);
}

/** Chromium's own files, and with them the lock of a single instance, belong to the data folder. */
function claimFolder(electron: ElectronApi, dataFolder: string): string {
  const folder = join(dataFolder, 'desktop');
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  } catch (cause) {
    const message = `The data folder ${dataFolder} cannot be used: name another with --data.`;
    throw new SluiceError('data-folder', message, { cause });
  }
  electron.app.setPath('userData', folder);
  return folder;
}

async function start(electron: ElectronApi, options: ShellOptions): Promise<void> {
  const { app, dialog, Menu, nativeTheme, shell } = electron;
  const given: ShellArguments = readArguments(options.argv, process.cwd());
  const dataFolder = given.host.dataFolder ?? options.dataFolder;
  const folder = claimFolder(electron, dataFolder);
  if (!app.requestSingleInstanceLock()) return app.quit();
  app.enableSandbox();

  const keeper = createHostKeeper(options.createHost, { ...given.host, dataFolder });
  const stateFile = join(folder, 'window.json');
  let state = readShellState(stateFile);
  let window: BrowserWindow | undefined;
  /** What to open once there is a window. */
  const waiting = [...given.files];

  const failed = (title: string) => (error: unknown) => showError(electron, title, error);
  const remember = (change: Partial<typeof state>) => {
    state = { ...state, ...change };
    writeShellState(stateFile, state);
  };
  const load = async (address: string) => {
    if (window && !window.isDestroyed()) await window.loadURL(address);
  };

  async function openFile(path: string): Promise<void> {
    if (!window) {
      waiting.push(path);
      return;
    }
    focusWindow(window);
    if (isImportable(path)) return keeper.importHar(path);
    if (!isCapture(path)) {
      throw new SluiceError(
        'capture-missing',
        'Choose a folder whose name ends in .sluice, or a .har or .saz file.',
      );
    }
    await load(await keeper.exchange(path, failed('The capture could not be opened')));
  }
  const open = (path: string) => openFile(path).catch(failed('The file could not be opened'));

  async function choose(name: string, extensions: string[], folders: boolean): Promise<string | undefined> {
    if (!window) return undefined;
    // A capture is a folder, which macOS shows as a file.
    const properties: ('openFile' | 'openDirectory')[] = folders ? ['openDirectory'] : ['openFile'];
    if (folders && options.platform === 'darwin') properties.push('openFile');
    const filters = [{ name, extensions }];
    const { filePaths } = await dialog.showOpenDialog(window, { properties, filters });
    return filePaths[0];
  }
  async function chooseAndOpen(name: string, extensions: string[], folders: boolean): Promise<boolean> {
    const path = await choose(name, extensions, folders);
    if (path === undefined) return false;
    await openFile(path);
    return true;
  }
  const openCapture = () => chooseAndOpen('Captures', ['sluice'], true);
  const importHar = () => chooseAndOpen('HTTP archives', ['har', 'zhar', 'saz'], false);

  const openExternal = (url: string) => {
    shell.openExternal(url).catch(failed('The address could not be opened'));
  };
  guardAllContents(app, keeper.origin, openExternal);
  app.on('second-instance', (_event, argv, cwd) => {
    if (window) focusWindow(window);
    // Its options are not ours: this instance keeps those it was started with.
    for (const path of filesOf(argv, cwd)) void open(path);
  });
  app.on('open-file', (event, path) => {
    event.preventDefault();
    void open(path);
  });
  // On macOS too: a proxy that nobody sees must not go on listening.
  app.on('window-all-closed', () => app.quit());
  let closing: Promise<void> | undefined;
  app.on('before-quit', (event) => {
    event.preventDefault();
    if (closing) return;
    if (window && !window.isDestroyed()) remember(placeOf(window));
    closing = keeper.close(CLOSE_WITHIN_MS).then(() => app.exit(0));
  });

  await app.whenReady();
  nativeTheme.themeSource = state.theme;
  const first = waiting.findIndex(isCapture);
  const address = await keeper.start(first < 0 ? undefined : waiting.splice(first, 1)[0]);
  if (closing) return;
  window = await createWindow(electron, { ...options, origin: keeper.origin, state });
  const shown = window;
  shown.on('close', () => remember(placeOf(shown)));
  const paint = () => {
    if (!shown.isDestroyed()) shown.setBackgroundColor(backgroundFor(nativeTheme.shouldUseDarkColors));
  };
  nativeTheme.on('updated', paint);
  const showMenu = () => Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(menuOptions())));
  const setTheme = (source: ThemeSource) => {
    nativeTheme.themeSource = source;
    remember({ theme: source });
    showMenu();
  };
  const fromMenu = (work: () => Promise<unknown>) => () => {
    work().catch(failed('The file could not be opened'));
  };
  const menuOptions = () => ({
    platform: options.platform,
    development: options.development,
    theme: state.theme,
    run(id: MenuActionId) {
      if (!shown.isDestroyed()) shown.webContents.send(ACTION_CHANNEL, id);
    },
    openCapture: fromMenu(openCapture),
    importHar: fromMenu(importHar),
    exportHar() {
      const origin = keeper.origin();
      // A download asks where to save, and streams however large it is.
      if (origin !== undefined && !shown.isDestroyed())
        shown.webContents.downloadURL(`${origin}${HAR_EXPORT}`);
    },
  });
  const { platform } = options;
  registerNativeCalls(electron, {
    window: shown,
    origin: keeper.origin,
    dataFolder,
    platform,
    openCapture,
    setTheme,
  });
  showMenu();
  await load(address);
  for (const path of waiting.splice(0)) await open(path);
}

function filesOf(argv: readonly string[], cwd: string): readonly string[] {
  try {
    return readArguments(argv, cwd).files;
  } catch {
    return [];
  }
}
