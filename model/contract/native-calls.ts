/**
 * The native calls of the desktop shell: name to arguments and result. The shell's main process validates the arguments by this map and
 * must implement each name (a missing handler is a compile error); the workbench reaches them through renderer/platform alone.
 */
import * as z from 'zod';
import { type Call, call } from './define.ts';
import type { NativeCallName } from './shell.ts';

const Nothing = z.object({});
const Bytes = z.instanceof(Uint8Array<ArrayBuffer>);

/** Largest file the workbench may hand over to be saved; anything larger is the host's to write. */
export const MAX_SAVED_BYTES = 256 * 1024 * 1024;
/** Key material, not documents. */
const MAX_SECRET_CHARACTERS = 64 * 1024;

/** A plain file name: no folder, no control character, nothing a file system would read as a path. */
const FileName = z
  .string()
  .min(1)
  .max(200)
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused.
  .regex(/^(?!\.{1,2}$)[^/\\:\u0000-\u001f\u007f]+$/, 'a file name without a folder');

export const ThemeSource = z.enum(['system', 'light', 'dark']);
export type ThemeSource = z.infer<typeof ThemeSource>;

export const nativeCalls = {
  'app.version': call(
    Nothing,
    z.object({ app: z.string(), electron: z.string(), chrome: z.string(), node: z.string() }),
  ),
  /** Lets the user choose a capture and shows it instead of the present one, on a page loaded anew. `opened` is false when they cancel. */
  'capture.open': call(Nothing, z.object({ opened: z.boolean() })),
  'clipboard.write': call(z.object({ text: z.string().max(MAX_SAVED_BYTES) }), Nothing),
  /** Shows a file in the system's file manager: one saved in this run, or one in the data folder. */
  'file.reveal': call(z.object({ path: z.string().min(1).max(4096) }), Nothing),
  /** Asks where to save, and writes. No path when the user cancels. */
  'file.save': call(
    z.object({
      name: FileName,
      data: Bytes.refine((data) => data.byteLength <= MAX_SAVED_BYTES, 'too large to save from the window'),
    }),
    z.object({ path: z.string().optional() }),
  ),
  /** Opens an http or https address in the default browser. */
  'link.open': call(z.object({ url: z.string().min(1).max(8192) }), Nothing),
  'keys.status': call(
    Nothing,
    z.object({
      available: z.boolean(),
      /** False where what is "encrypted" could be read by anyone with the file (Linux without a secret store). */
      safe: z.boolean(),
      /** As Electron names it: "keychain", "dpapi", "gnome_libsecret", "basic_text", … */
      backend: z.string(),
    }),
  ),
  /** Refuses where the storage is not safe. */
  'keys.encrypt': call(z.object({ text: z.string().max(MAX_SECRET_CHARACTERS) }), z.object({ data: Bytes })),
  /** Only what keys.encrypt gave. `stale`: encrypt it again, the system's key has changed. */
  'keys.decrypt': call(
    z.object({ data: Bytes.refine((data) => data.byteLength <= 8 * MAX_SECRET_CHARACTERS) }),
    z.object({ text: z.string(), stale: z.boolean() }),
  ),
  'theme.set': call(z.object({ source: ThemeSource }), Nothing),
  /** 1 is 100 %. */
  'zoom.set': call(z.object({ factor: z.number().min(0.5).max(3) }), Nothing),
} as const satisfies Record<NativeCallName, Call>;

export type NativeArgs<K extends NativeCallName> = z.infer<(typeof nativeCalls)[K]['params']>;
export type NativeResult<K extends NativeCallName> = z.infer<(typeof nativeCalls)[K]['result']>;
