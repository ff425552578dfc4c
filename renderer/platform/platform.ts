/**
 * What surrounds the workbench: a browser tab or the desktop shell. Components ask this one interface, and `capabilities` where the two
 * differ in what they can do; nobody asks which of the two it is. browser.ts and electron.ts each make one, start.ts chooses.
 */
import type { ThemeSource } from '#model/contract/native-calls.ts';
import type { MenuActionId } from '#model/contract/shell.ts';

export interface Capabilities {
  /** `revealFile` works, and `saveFile` answers with a path. */
  readonly files: boolean;
  /** `openCapture` works. */
  readonly openCapture: boolean;
  /** `keys` stores secrets with the system; ask `keys.status()` whether it is safe there. */
  readonly keys: boolean;
  /** There is an application menu, which runs actions through `onMenuAction`. */
  readonly menu: boolean;
  /** `setZoom` works; otherwise the browser's own zoom does. */
  readonly zoom: boolean;
  /** The browser keeps some keys (F12, Ctrl+W, Ctrl+1…9) to itself, so alternates should be shown. */
  readonly browserKeepsKeys: boolean;
}

export interface KeyStorage {
  status(): Promise<{ available: boolean; safe: boolean; backend: string }>;
  encrypt(text: string): Promise<Uint8Array<ArrayBuffer>>;
  decrypt(data: Uint8Array<ArrayBuffer>): Promise<{ text: string; stale: boolean }>;
}

/** Every method rejects with a SluiceError; those a capability rules out reject with `not-allowed`. */
export interface Platform {
  readonly capabilities: Capabilities;
  readonly keys: KeyStorage;
  copyText(text: string): Promise<void>;
  /** Opens an http or https address outside the workbench. */
  openExternal(url: string): Promise<void>;
  /**
   * Saves bytes made in the workbench under the suggested name. `saved` is false when the user cancelled; a browser cannot tell and
   * says true. For what the host writes (a large HAR), let the host stream a download instead.
   */
  saveFile(name: string, data: Blob): Promise<{ saved: boolean; path?: string }>;
  /** A file of the user's choosing, unread; undefined when they cancel. `accept` as in HTML: ".har". */
  pickFile(accept: string): Promise<File | undefined>;
  /** Shows a saved file, or one in the data folder, in the system's file manager. */
  revealFile(path: string): Promise<void>;
  /** Lets the user choose a capture and shows it instead of the present one. */
  openCapture(): Promise<void>;
  /** Tells the surroundings which theme the user chose, for the title bar, native menus and the first paint. */
  setTheme(source: ThemeSource): Promise<void>;
  /** 1 is 100 %; from 0.5 to 3. */
  setZoom(factor: number): Promise<void>;
  /** Actions that the application menu asks for; never called where there is no menu. The answer ends it. */
  onMenuAction(listener: (id: MenuActionId) => void): () => void;
}
