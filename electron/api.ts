/**
 * What the shell needs of the two things it joins, as types: Electron, whose value only main.ts imports so that everything else runs
 * under plain Node with a stand-in, and the host, which it starts like any other program would.
 */
import type * as Electron from 'electron';
import type { Host, HostOptions } from '#host/host-options.ts';

export type ElectronApi = Pick<
  typeof Electron,
  | 'app'
  | 'BrowserWindow'
  | 'clipboard'
  | 'dialog'
  | 'ipcMain'
  | 'Menu'
  | 'nativeTheme'
  | 'safeStorage'
  | 'screen'
  | 'session'
  | 'shell'
>;

/** What the shell uses of a running host. Disposing it flushes the capture and frees its ports. */
export type ShellHost = Pick<Host, 'uiAddress' | keyof AsyncDisposable>;
export type CreateShellHost = (options: HostOptions) => Promise<ShellHost>;

export interface ShellOptions {
  readonly createHost: CreateShellHost;
  /** Path of the built preload script. */
  readonly preload: string;
  /** As the program was called; Chromium's own switches among them. */
  readonly argv: readonly string[];
  /** Where things are kept unless `--data` names another folder. */
  readonly dataFolder: string;
  /** Allows the developer tools. */
  readonly development: boolean;
  readonly platform: NodeJS.Platform;
}
