/**
 * The one window: the workbench, and no more rights than a page in a browser has. What pages may do in general is in guards.ts; here are
 * the window's own defaults, its place on the screen and its colour before the first paint.
 */
import type { BrowserWindow } from 'electron';
import type { ElectronApi } from './api.ts';
import { guardSession, type Origin } from './guards.ts';
import { MIN_SIZE, placeOn, type ShellState } from './shell-state.ts';

/** In memory: neither the token's cookie nor captured content is left in a profile on disk. */
const PARTITION = 'sluice-workbench';
/** The `--bg` of renderer/ui/tokens.css, so that the window does not flash. */
const BACKGROUND = { dark: '#0f1316', light: '#fbfcfc' };

export const backgroundFor = (dark: boolean): string => (dark ? BACKGROUND.dark : BACKGROUND.light);

export interface WindowOptions {
  readonly preload: string;
  readonly origin: Origin;
  readonly state: ShellState;
  readonly development: boolean;
}

/** Makes the window, empty and hidden until it has something to show. */
export async function createWindow(electron: ElectronApi, options: WindowOptions): Promise<BrowserWindow> {
  const { state, origin } = options;
  const session = electron.session.fromPartition(PARTITION);
  await guardSession(session, origin);
  const areas = electron.screen.getAllDisplays().map((display) => display.workArea);
  const window = new electron.BrowserWindow({
    ...placeOn(areas, state.bounds),
    minWidth: MIN_SIZE.width,
    minHeight: MIN_SIZE.height,
    show: false,
    title: 'Sluice',
    backgroundColor: backgroundFor(electron.nativeTheme.shouldUseDarkColors),
    webPreferences: {
      session,
      preload: options.preload,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      navigateOnDragDrop: false,
      webviewTag: false,
      // The spelling checker fetches dictionaries, and what is typed here is other people's traffic.
      spellcheck: false,
      devTools: options.development,
    },
  });
  if (state.maximized) window.maximize();
  window.once('ready-to-show', () => window.show());
  return window;
}

/** Where the window is, to be remembered; where it would be, when it is maximized. */
export function placeOf(window: BrowserWindow): Pick<ShellState, 'bounds' | 'maximized'> {
  return { bounds: window.getNormalBounds(), maximized: window.isMaximized() };
}

/** Brings the window before the user, wherever it is. */
export function focusWindow(window: BrowserWindow): void {
  if (window.isDestroyed()) return;
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}
