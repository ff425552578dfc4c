import type { SafeStorage } from 'electron';
import { describe, expect, it } from 'vitest';
import { createKeyStorage } from './key-storage.ts';
import { fakeElectron } from './testing/fake-electron.ts';

function storageOn(platform: NodeJS.Platform, steer: { backend?: string; available?: boolean } = {}) {
  const { safeStorage } = fakeElectron();
  Object.assign(safeStorage, steer);
  return { keys: createKeyStorage(safeStorage as unknown as SafeStorage, platform), safeStorage };
}

describe('key storage', () => {
  it('gives back what it was given', async () => {
    const { keys } = storageOn('linux');
    const { data } = await keys.encrypt('geheim ☂');
    expect(Buffer.from(data).toString()).not.toContain('geheim');
    expect(await keys.decrypt(data)).toEqual({ text: 'geheim ☂', stale: false });
  });

  it('names its backend on each system', async () => {
    expect(await storageOn('darwin').keys.status()).toEqual({
      available: true,
      safe: true,
      backend: 'keychain',
    });
    expect((await storageOn('win32').keys.status()).backend).toBe('dpapi');
    expect((await storageOn('linux').keys.status()).backend).toBe('gnome_libsecret');
  });

  it.each([{ backend: 'basic_text' }, { backend: 'unknown' }, { available: false }])(
    'K2: calls %o not safe, and does not encrypt with it',
    async (steer) => {
      const { keys } = storageOn('linux', steer);
      expect((await keys.status()).safe).toBe(false);
      await expect(keys.encrypt('secret')).rejects.toMatchObject({ code: 'not-allowed' });
    },
  );

  it('opens nothing that it did not encrypt itself', async () => {
    const { keys, safeStorage } = storageOn('linux');
    const authorityKey = await safeStorage.encryptStringAsync('-----BEGIN PRIVATE KEY-----');
    await expect(keys.decrypt(authorityKey)).rejects.toMatchObject({ code: 'not-allowed' });
    await expect(keys.decrypt(new Uint8Array([1, 2, 3]))).rejects.toMatchObject({ code: 'not-allowed' });
  });
});
