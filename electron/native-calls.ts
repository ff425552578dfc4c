/**
 * Answers the native calls of the contract. Each has an IPC channel of its own; before its handler runs, the sender must be the top frame
 * of our window at the workbench's origin, and the arguments must be those of the contract. Nothing else is listened to.
 */
import { realpath, writeFile } from 'node:fs/promises';
import { extname, isAbsolute, relative, resolve } from 'node:path';
import type { BrowserWindow, IpcMainInvokeEvent } from 'electron';
import {
  type NativeArgs,
  type NativeResult,
  nativeCalls,
  type ThemeSource,
} from '#model/contract/native-calls.ts';
import {
  NATIVE_CALL_NAMES,
  type NativeCallName,
  type NativeReply,
  nativeChannel,
} from '#model/contract/shell.ts';
import { SluiceError, toSluiceError } from '#model/errors.ts';
import { externalAddress, isOwnPage } from './addresses.ts';
import type { ElectronApi } from './api.ts';
import type { Origin } from './guards.ts';
import { createKeyStorage } from './key-storage.ts';

type Handlers = {
  readonly [K in NativeCallName]: (args: NativeArgs<K>) => Promise<NativeResult<K>>;
};

export interface NativeCallOptions {
  readonly window: BrowserWindow;
  readonly origin: Origin;
  readonly dataFolder: string;
  readonly platform: NodeJS.Platform;
  /** Lets the user choose a capture and shows it; false when they cancel. */
  readonly openCapture: () => Promise<boolean>;
  readonly setTheme: (source: ThemeSource) => void;
}

/** Whether the call comes from the workbench's own page: not from a frame inside it, nor from a page of another origin. */
export function isTrustedSender(event: IpcMainInvokeEvent, window: BrowserWindow, origin: Origin): boolean {
  const { senderFrame: frame } = event;
  const own = origin();
  if (frame === null || own === undefined || window.isDestroyed()) return false;
  return event.sender === window.webContents && frame.parent === null && isOwnPage(frame.url, own);
}

/** Starts answering; disposing stops. */
export function registerNativeCalls(electron: ElectronApi, options: NativeCallOptions): Disposable {
  const handlers = handlersOf(electron, options);
  for (const name of NATIVE_CALL_NAMES) {
    electron.ipcMain.handle(nativeChannel(name), (event, args: unknown) =>
      isTrustedSender(event, options.window, options.origin)
        ? answer(name, handlers, args)
        : refusal(new SluiceError('not-allowed', 'Only the workbench may call the desktop shell.')),
    );
  }
  return {
    [Symbol.dispose]() {
      for (const name of NATIVE_CALL_NAMES) electron.ipcMain.removeHandler(nativeChannel(name));
    },
  };
}

const refusal = ({ code, message }: SluiceError): NativeReply<never> => ({ ok: false, code, message });

async function answer<K extends NativeCallName>(
  name: K,
  handlers: Handlers,
  args: unknown,
): Promise<NativeReply<NativeResult<K>>> {
  const parsed = nativeCalls[name].params.safeParse(args);
  if (!parsed.success)
    return refusal(new SluiceError('bad-request', `${name} was called with wrong arguments.`));
  try {
    // The contract ties parameters to name; TypeScript cannot follow that through an index.
    return { ok: true, value: await handlers[name](parsed.data as NativeArgs<K>) };
  } catch (error) {
    return refusal(toSluiceError(error));
  }
}

function handlersOf(electron: ElectronApi, options: NativeCallOptions): Handlers {
  const { window, origin } = options;
  const keys = createKeyStorage(electron.safeStorage, options.platform);
  /** Files the user had saved in this run. */
  const saved = new Set<string>();

  return {
    'app.version': async () => ({
      app: electron.app.getVersion(),
      electron: process.versions.electron ?? '',
      chrome: process.versions.chrome ?? '',
      node: process.versions.node,
    }),
    'capture.open': async () => ({ opened: await options.openCapture() }),
    async 'clipboard.write'({ text }) {
      electron.clipboard.writeText(text);
      return {};
    },
    async 'file.reveal'({ path }) {
      const found = await realpath(path).catch(() => undefined);
      if (found === undefined) throw new SluiceError('not-found', 'The file is no longer there.');
      if (!saved.has(resolve(path)) && !isInside(found, await realpath(options.dataFolder))) {
        throw new SluiceError('not-allowed', 'Only files of Sluice or of your choosing can be shown.');
      }
      electron.shell.showItemInFolder(found);
      return {};
    },
    async 'file.save'({ name, data }) {
      const extension = extname(name).slice(1);
      const { canceled, filePath } = await electron.dialog.showSaveDialog(window, {
        defaultPath: name,
        filters: extension === '' ? [] : [{ name: extension.toUpperCase(), extensions: [extension] }],
        properties: ['createDirectory', 'showOverwriteConfirmation'],
      });
      if (canceled || filePath === '') return {};
      try {
        // What is saved is captured traffic: for this user's eyes.
        await writeFile(filePath, data, { mode: 0o600 });
      } catch (cause) {
        throw new SluiceError('file-unwritable', `${filePath} cannot be written: choose another place.`, {
          cause,
        });
      }
      saved.add(resolve(filePath));
      return { path: filePath };
    },
    'keys.status': () => keys.status(),
    'keys.encrypt': ({ text }) => keys.encrypt(text),
    'keys.decrypt': ({ data }) => keys.decrypt(data),
    async 'link.open'({ url }) {
      const address = externalAddress(url, origin());
      if (address === undefined) {
        throw new SluiceError('bad-url', 'Only http and https addresses can be opened.');
      }
      await electron.shell.openExternal(address);
      return {};
    },
    async 'theme.set'({ source }) {
      options.setTheme(source);
      return {};
    },
    async 'zoom.set'({ factor }) {
      window.webContents.setZoomFactor(factor);
      return {};
    },
  };
}

function isInside(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way !== '' && way !== '..' && !/^\.\.[/\\]/.test(way) && !isAbsolute(way);
}
