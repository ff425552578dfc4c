/**
 * A stand-in for Electron that records what the shell asks of it, for tests under plain Node. It knows nothing of Chromium: what it shows is
 * that the shell asks for the right things, not that Electron does them.
 */
import { EventEmitter } from 'node:events';
import type {
  BrowserWindowConstructorOptions,
  IpcMainInvokeEvent,
  MenuItemConstructorOptions,
  Rectangle,
} from 'electron';
import type { ElectronApi } from '../api.ts';

type Handler = (event: IpcMainInvokeEvent, args: unknown) => Promise<unknown>;

export class FakeContents extends EventEmitter {
  readonly sent: unknown[][] = [];
  readonly downloads: string[] = [];
  zoom = 1;
  windowOpen: (details: { url: string }) => { action: string } = () => ({ action: 'allow' });

  send(...message: unknown[]): void {
    this.sent.push(message);
  }
  downloadURL(url: string): void {
    this.downloads.push(url);
  }
  setZoomFactor(factor: number): void {
    this.zoom = factor;
  }
  setWindowOpenHandler(handler: (details: { url: string }) => { action: string }): void {
    this.windowOpen = handler;
  }
  /** Emits an event whose default can be prevented; whether it was. */
  prevents(event: string, details: object = {}): boolean {
    return prevented(this, event, details);
  }
}

/** Emits `event`, its one argument made of `details` and preventDefault; whether a listener prevented the default. */
export function prevented(
  emitter: EventEmitter,
  event: string,
  details: object = {},
  ...rest: unknown[]
): boolean {
  let result = false;
  const preventDefault = () => {
    result = true;
  };
  emitter.emit(event, { ...details, preventDefault }, ...rest);
  return result;
}

export class FakeWindow extends EventEmitter {
  readonly webContents = new FakeContents();
  readonly loaded: string[] = [];
  readonly asked: string[] = [];
  readonly options: BrowserWindowConstructorOptions;
  bounds: Rectangle = { x: 10, y: 20, width: 1000, height: 700 };
  minimized = false;
  maximized = false;
  destroyed = false;
  background = '';

  constructor(options: BrowserWindowConstructorOptions) {
    super();
    this.options = options;
  }
  async loadURL(url: string): Promise<void> {
    this.loaded.push(url);
  }
  getNormalBounds = () => this.bounds;
  isMaximized = () => this.maximized;
  isMinimized = () => this.minimized;
  isDestroyed = () => this.destroyed;
  setBackgroundColor(color: string): void {
    this.background = color;
  }
  maximize(): void {
    this.maximized = true;
    this.asked.push('maximize');
  }
  restore = () => this.asked.push('restore');
  show = () => this.asked.push('show');
  focus = () => this.asked.push('focus');
}

type PermissionAnswer = (granted: boolean) => void;

export class FakeSession extends EventEmitter {
  proxy: unknown;
  onPermission: (c: unknown, name: string, answer: PermissionAnswer, details: object) => void = () => {};
  onCheck: (c: unknown, name: string, origin: string, details: object) => boolean = () => true;
  onDevice: () => boolean = () => true;
  onRequest: (details: { url: string }, answer: (response: { cancel?: boolean }) => void) => void = () => {};
  webRequest = {
    onBeforeRequest: (listener: FakeSession['onRequest']) => {
      this.onRequest = listener;
    },
  };
  setPermissionRequestHandler(handler: FakeSession['onPermission']): void {
    this.onPermission = handler;
  }
  setPermissionCheckHandler(handler: FakeSession['onCheck']): void {
    this.onCheck = handler;
  }
  setDevicePermissionHandler(handler: () => boolean): void {
    this.onDevice = handler;
  }
  async setProxy(proxy: unknown): Promise<void> {
    this.proxy = proxy;
  }
  /** Whether a request to `url` would leave. */
  lets(url: string): boolean {
    let cancelled = false;
    this.onRequest({ url }, ({ cancel = false }) => {
      cancelled = cancel;
    });
    return !cancelled;
  }
}

class FakeApp extends EventEmitter {
  readonly asked: unknown[][] = [];
  firstInstance = true;
  isPackaged = false;
  readonly exited = Promise.withResolvers<number>();

  setPath = (...what: unknown[]) => this.asked.push(['setPath', ...what]);
  enableSandbox = () => this.asked.push(['enableSandbox']);
  requestSingleInstanceLock = () => this.firstInstance;
  whenReady = async () => {
    this.asked.push(['whenReady']);
  };
  getVersion = () => '1.2.3';
  quit(): void {
    this.asked.push(['quit']);
    if (!prevented(this, 'before-quit')) this.exited.resolve(0);
  }
  exit(code: number): void {
    this.asked.push(['exit', code]);
    this.exited.resolve(code);
  }
}

/** Encrypts by turning the text round, after a mark of its own. */
class FakeSafeStorage {
  backend = 'gnome_libsecret';
  available = true;
  isAsyncEncryptionAvailable = async () => this.available;
  getSelectedStorageBackend = () => this.backend;
  encryptStringAsync = async (text: string) => Buffer.from(`fake:${[...text].reverse().join('')}`);
  async decryptStringAsync(data: Buffer): Promise<{ result: string; shouldReEncrypt: boolean }> {
    const text = data.toString();
    if (!text.startsWith('fake:')) throw new Error('not encrypted here');
    return { result: [...text.slice(5)].reverse().join(''), shouldReEncrypt: false };
  }
}

/** A fresh stand-in; `api` is what the shell gets, the rest is for looking and steering. */
export function fakeElectron() {
  const app = new FakeApp();
  const session = new FakeSession();
  const safeStorage = new FakeSafeStorage();
  const handlers = new Map<string, Handler>();
  const windows: FakeWindow[] = [];
  const errors: string[][] = [];
  const external: string[] = [];
  const revealed: string[] = [];
  const copied: string[] = [];
  const menus: MenuItemConstructorOptions[][] = [];
  const nativeTheme = Object.assign(new EventEmitter(), { themeSource: 'system', shouldUseDarkColors: true });
  const answers = {
    save: { canceled: true, filePath: '' },
    open: { canceled: true, filePaths: [''].slice(1) },
  };
  const saveDialogs: unknown[] = [];
  const openDialogs: unknown[] = [];
  const partitions: string[] = [];

  class Window extends FakeWindow {
    constructor(options: BrowserWindowConstructorOptions) {
      super(options);
      windows.push(this);
      app.emit('web-contents-created', {}, this.webContents);
    }
  }

  const api = {
    app,
    BrowserWindow: Window,
    clipboard: { writeText: (text: string) => void copied.push(text) },
    dialog: {
      showErrorBox: (...text: string[]) => void errors.push(text),
      showSaveDialog: async (_window: unknown, options: unknown) => {
        saveDialogs.push(options);
        return answers.save;
      },
      showOpenDialog: async (_window: unknown, options: unknown) => {
        openDialogs.push(options);
        return answers.open;
      },
    },
    ipcMain: {
      handle: (channel: string, handler: Handler) => void handlers.set(channel, handler),
      removeHandler: (channel: string) => void handlers.delete(channel),
    },
    Menu: {
      buildFromTemplate: (template: MenuItemConstructorOptions[]) => template,
      setApplicationMenu: (template: MenuItemConstructorOptions[]) => void menus.push(template),
    },
    nativeTheme,
    safeStorage,
    screen: { getAllDisplays: () => [{ workArea: { x: 0, y: 0, width: 1920, height: 1080 } }] },
    session: {
      fromPartition: (name: string) => {
        partitions.push(name);
        return session;
      },
    },
    shell: {
      openExternal: async (url: string) => void external.push(url),
      showItemInFolder: (path: string) => void revealed.push(path),
    },
  } as unknown as ElectronApi;

  return {
    api,
    app,
    session,
    safeStorage,
    nativeTheme,
    handlers,
    windows,
    errors,
    external,
    revealed,
    copied,
    menus,
    answers,
    saveDialogs,
    openDialogs,
    partitions,
    /** The one window. */
    window(): FakeWindow {
      const [window] = windows;
      if (!window) throw new Error('no window was made');
      return window;
    },
    /** Calls as the page at `url` would; `frame` tells of the sending frame. */
    call(
      name: string,
      args: unknown,
      url: string,
      frame: { parent?: object; sender?: object } = {},
    ): unknown {
      const handler = handlers.get(`sluice:${name}`);
      if (!handler) throw new Error(`nobody handles ${name}`);
      const event = {
        sender: frame.sender ?? windows[0]?.webContents,
        senderFrame: { url, parent: frame.parent ?? null },
      };
      return handler(event as unknown as IpcMainInvokeEvent, args);
    },
  };
}

export type FakeElectron = ReturnType<typeof fakeElectron>;
