import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { SluiceError } from '#model/errors.ts';
import type { uploadHar } from '../../platform/host-files.ts';
import { toastManager } from '../../ui/toast.ts';
import { importHar, looksLikeHar } from './import-har.ts';

let said: unknown[] = [];
beforeEach(() => {
  said = [];
  vi.spyOn(toastManager, 'add').mockImplementation((options) => {
    said.push(options);
    return 'id';
  });
  vi.spyOn(toastManager, 'update').mockImplementation((_id, options) => void said.push(options));
  vi.spyOn(toastManager, 'close').mockImplementation(() => undefined);
});
afterEach(() => vi.restoreAllMocks());

const file = (name = 'shop.har') => new File(['{}'], name);
const answering =
  (imported: number): typeof uploadHar =>
  async (_file, _signal, onProgress) => {
    onProgress?.(0.5);
    onProgress?.(1);
    return imported;
  };
const failing =
  (error: unknown): typeof uploadHar =>
  () =>
    Promise.reject(error);

describe('importing a HAR', () => {
  it('shows how far it is and says how many sessions came', async () => {
    await importHar(file(), answering(86));
    expect(said).toMatchObject([
      { title: 'Importing shop.har' },
      { data: { progress: 0.5 } },
      { data: { progress: null } },
      { title: '86 sessions imported', description: 'From shop.har', type: 'ok' },
    ]);
  });

  it('says so when there was nothing in it', async () => {
    await importHar(file(), answering(0));
    expect(said.at(-1)).toMatchObject({ title: 'There are no sessions in shop.har', type: 'info' });
  });

  it('gives the host’s reason, and says that what came before is there', async () => {
    await importHar(file(), failing(new SluiceError('bad-har', 'Entry 3 has no request.')));
    expect(said.at(-1)).toMatchObject({
      title: 'shop.har could not be imported whole',
      description: 'Entry 3 has no request. Sessions before that place are in the list.',
      type: 'err',
    });
    await importHar(file(), failing(new SluiceError('connection-lost', 'Gone.')));
    expect(said.at(-1)).toMatchObject({ description: 'Gone.' });
  });

  it('takes being stopped for no failure', async () => {
    await importHar(file(), failing(new SluiceError('cancelled', 'x')));
    expect(said.at(-1)).toMatchObject({ type: 'info' });
  });

  it('refuses other files before sending them anywhere', async () => {
    const upload = vi.fn();
    await importHar(file('photo.png'), upload);
    expect(upload).not.toHaveBeenCalled();
    expect(said).toMatchObject([{ title: expect.stringContaining('photo.png is not a HAR file') }]);
    expect(['a.har', 'A.HAR', 'b.json', 'har', 'x.har.zip'].map(looksLikeHar)).toEqual([
      true,
      true,
      true,
      false,
      false,
    ]);
  });
});
