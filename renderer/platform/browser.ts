/** The workbench in a browser tab or a browser's app window: what the web allows, and an honest refusal for the rest. */
import { SluiceError } from '#model/errors.ts';
import { downloadBlob, pickFile } from './dom-files.ts';
import type { Platform } from './platform.ts';

const refuse = async (): Promise<never> => {
  throw new SluiceError('not-allowed', 'A browser cannot do this; use the desktop app.');
};

async function copyText(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
  } catch (cause) {
    throw new SluiceError('not-allowed', 'The browser refused to copy; allow the clipboard for this page.', {
      cause,
    });
  }
}

async function openExternal(text: string): Promise<void> {
  const url = URL.parse(text);
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:') {
    throw new SluiceError('bad-url', 'Only http and https addresses can be opened.');
  }
  window.open(url.href, '_blank', 'noopener,noreferrer');
}

/** The platform of a plain browser. */
export function browserPlatform(): Platform {
  return {
    capabilities: {
      files: false,
      openCapture: false,
      keys: false,
      menu: false,
      zoom: false,
      browserKeepsKeys: true,
    },
    keys: {
      status: async () => ({ available: false, safe: false, backend: 'none' }),
      encrypt: refuse,
      decrypt: refuse,
    },
    copyText,
    openExternal,
    async saveFile(name, data) {
      downloadBlob(name, data);
      return { saved: true };
    },
    pickFile,
    revealFile: refuse,
    openCapture: refuse,
    setTheme: async () => {},
    setZoom: refuse,
    onMenuAction: () => () => {},
  };
}
