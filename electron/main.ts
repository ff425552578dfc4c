/** Electron's entry, and the only file that imports Electron itself: joins it with the host and starts the shell. */

import { fileURLToPath } from 'node:url';
import {
  app,
  BrowserWindow,
  clipboard,
  dialog,
  ipcMain,
  Menu,
  nativeTheme,
  safeStorage,
  screen,
  session,
  shell,
} from 'electron';
import { createHost } from '#host/create-host.ts';
import { defaultDataFolder } from '#host/data-folder.ts';
import { startApp } from './app.ts';

// Not awaited: Electron becomes ready only after this module has been evaluated, and startApp waits for that. It never rejects.
void startApp(
  { app, BrowserWindow, clipboard, dialog, ipcMain, Menu, nativeTheme, safeStorage, screen, session, shell },
  {
    createHost,
    preload: fileURLToPath(new URL('preload.cjs', import.meta.url)),
    argv: process.argv,
    dataFolder: defaultDataFolder(),
    development: !app.isPackaged,
    platform: process.platform,
  },
);
