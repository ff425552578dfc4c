/**
 * The system's key storage for the workbench. It says honestly where storage is not safe (Linux without a secret store has a password
 * that is the same on every machine), and it decrypts only what it encrypted itself, so that a page can never have other secrets of this
 * installation, the authority's key above all, opened for it.
 */
import type { SafeStorage } from 'electron';
import type { NativeResult } from '#model/contract/native-calls.ts';
import { SluiceError } from '#model/errors.ts';

/** Stands before every text of the workbench inside the encryption. */
const PURPOSE = 'sluice-workbench\n';
const NOT_SAFE = new Set(['basic_text', 'unknown']);

export interface KeyStorage {
  status(): Promise<NativeResult<'keys.status'>>;
  encrypt(text: string): Promise<NativeResult<'keys.encrypt'>>;
  decrypt(data: Uint8Array): Promise<NativeResult<'keys.decrypt'>>;
}

function backendOf(storage: SafeStorage, platform: NodeJS.Platform): string {
  if (platform === 'darwin') return 'keychain';
  if (platform === 'win32') return 'dpapi';
  return storage.getSelectedStorageBackend();
}

/** Key storage on `platform`. `encrypt` rejects with `not-allowed` where it would not be safe. */
export function createKeyStorage(storage: SafeStorage, platform: NodeJS.Platform): KeyStorage {
  async function status() {
    const available = await storage.isAsyncEncryptionAvailable();
    const backend = available ? backendOf(storage, platform) : 'none';
    return { available, backend, safe: available && !NOT_SAFE.has(backend) };
  }

  return {
    status,
    async encrypt(text) {
      const { safe } = await status();
      if (!safe) {
        throw new SluiceError(
          'not-allowed',
          'This system has no safe key storage: install a secret store such as GNOME Keyring or KWallet.',
        );
      }
      return { data: new Uint8Array(await storage.encryptStringAsync(PURPOSE + text)) };
    },
    async decrypt(data) {
      const opened = await storage.decryptStringAsync(Buffer.from(data)).catch(() => undefined);
      if (!opened?.result.startsWith(PURPOSE)) {
        throw new SluiceError('not-allowed', 'The key storage cannot open this: store the secret again.');
      }
      return { text: opened.result.slice(PURPOSE.length), stale: opened.shouldReEncrypt };
    },
  };
}
