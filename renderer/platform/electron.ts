/** The workbench in the desktop shell: every call goes over the preload script's bridge to the shell's main process, which checks it. */
import type { NativeBridge, NativeReply } from '#model/contract/shell.ts';
import { SluiceError } from '#model/errors.ts';
import { pickFile } from './dom-files.ts';
import type { Platform } from './platform.ts';

async function value<T>(reply: Promise<NativeReply<T>>): Promise<T> {
  const answer = await reply;
  if (answer.ok) return answer.value;
  throw new SluiceError(answer.code, answer.message);
}

/** The platform behind `bridge`. */
export function electronPlatform({ calls, onAction }: NativeBridge): Platform {
  return {
    capabilities: {
      files: true,
      openCapture: true,
      keys: true,
      menu: true,
      zoom: true,
      browserKeepsKeys: false,
    },
    keys: {
      status: () => value(calls['keys.status']({})),
      encrypt: async (text) => (await value(calls['keys.encrypt']({ text }))).data,
      decrypt: (data) => value(calls['keys.decrypt']({ data })),
    },
    async copyText(text) {
      await value(calls['clipboard.write']({ text }));
    },
    async openExternal(url) {
      await value(calls['link.open']({ url }));
    },
    async saveFile(name, blob) {
      const data = new Uint8Array(await blob.arrayBuffer());
      const { path } = await value(calls['file.save']({ name, data }));
      return path === undefined ? { saved: false } : { saved: true, path };
    },
    pickFile,
    async revealFile(path) {
      await value(calls['file.reveal']({ path }));
    },
    async openCapture() {
      await value(calls['capture.open']({}));
    },
    async setTheme(source) {
      await value(calls['theme.set']({ source }));
    },
    async setZoom(factor) {
      await value(calls['zoom.set']({ factor }));
    },
    onMenuAction: onAction,
  };
}
