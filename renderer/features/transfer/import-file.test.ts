import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { SluiceError } from '#model/errors.ts';
import type { LossReport } from '#model/loss-report.ts';
import type { uploadFile } from '../../platform/host-files.ts';
import { useFiles } from '../../state/files.ts';
import { toastManager } from '../../ui/toast.ts';
import { filesToOffer, importFile } from './import-file.ts';

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
  (imported: number, losses: Partial<LossReport> = {}): typeof uploadFile =>
  async (_file, { onProgress }) => {
    onProgress?.(0.5);
    onProgress?.(1);
    return { imported, losses: { sessions: imported, lossy: 0, counts: [], losses: [], ...losses } };
  };
const failing =
  (error: unknown): typeof uploadFile =>
  () =>
    Promise.reject(error);

describe('importing a file', () => {
  it('shows how far it is and says how many sessions came', async () => {
    await importFile(file(), answering(86));
    expect(said).toMatchObject([
      { title: 'Importing shop.har' },
      { data: { progress: 0.5 } },
      { data: { progress: null } },
      { title: '86 sessions imported', description: 'From shop.har', type: 'ok' },
    ]);
  });

  it('says so when there was nothing in it', async () => {
    await importFile(file(), answering(0));
    expect(said.at(-1)).toMatchObject({ title: 'There are no sessions in shop.har', type: 'info' });
  });

  it('gives the host’s reason, and says that what came before is there', async () => {
    await importFile(file(), failing(new SluiceError('bad-har', 'Entry 3 has no request.')));
    expect(said.at(-1)).toMatchObject({
      title: 'shop.har could not be imported whole',
      description: 'Entry 3 has no request. Sessions before that place are in the list.',
      type: 'err',
    });
    await importFile(file(), failing(new SluiceError('connection-lost', 'Gone.')));
    expect(said.at(-1)).toMatchObject({ description: 'Gone.' });
  });

  it('takes being stopped for no failure', async () => {
    await importFile(file(), failing(new SluiceError('cancelled', 'x')));
    expect(said.at(-1)).toMatchObject({ type: 'info' });
  });

  it('says when it is no format that the host knows', async () => {
    const error = new SluiceError('unknown-format', 'photo.png is in no format that Sluice reads.');
    await importFile(file('photo.png'), failing(error));
    expect(said.at(-1)).toMatchObject({
      title: 'photo.png was not imported',
      description: 'photo.png is in no format that Sluice reads.',
      type: 'err',
    });
  });

  it('says what was lost, with the details to open', async () => {
    const losses = { lossy: 2, counts: [{ what: 'frames', count: 2 }] };
    await importFile(file('a.saz'), answering(5, losses));
    expect(said.at(-1)).toMatchObject({
      title: '5 sessions imported',
      description: 'From a.saz. 2 sessions lost something.',
      actionProps: { children: 'Details' },
    });
    const { actionProps } = said.at(-1) as { actionProps: { onClick(): void } };
    actionProps.onClick();
    expect(useFiles.getState().losses).toMatchObject(losses);
  });

  it('asks for a password until it is the right one, or none', async () => {
    const given: (string | undefined)[] = [];
    const wrong: boolean[] = [];
    const passwords = ['falsch', 'geheim'];
    const upload: typeof uploadFile = async (one, options) => {
      given.push(options.password);
      if (options.password !== 'geheim') throw new SluiceError('password', 'x');
      return answering(1)(one, options);
    };
    const ask = async (_name: string, again: boolean) => {
      wrong.push(again);
      return passwords.shift();
    };
    await importFile(file('a.saz'), upload, ask);
    expect([given, wrong]).toEqual([
      [undefined, 'falsch', 'geheim'],
      [false, true],
    ]);
    expect(said.at(-1)).toMatchObject({ title: '1 session imported' });
    said = [];
    await importFile(file('a.saz'), upload, async () => undefined);
    expect(said).toMatchObject([{ title: 'Importing a.saz' }]);
  });

  it('offers what can be read, compressed too', () => {
    const formats = [
      { reads: true, extensions: ['.har'] },
      { reads: false, extensions: ['.csv'] },
      { reads: true, extensions: ['.saz'] },
    ];
    expect(filesToOffer(formats)).toBe('.har,.saz,.zhar,.gz,.json');
  });
});
