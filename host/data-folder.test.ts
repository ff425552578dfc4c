import { mkdirSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  captureNamed,
  dataFolderAt,
  defaultDataFolder,
  latestCapture,
  newCapturePath,
  openDataFolder,
} from './data-folder.ts';
import { temporaryFolder } from './testing/captures.ts';

const mode = (path: string) => statSync(path).mode & 0o777;

describe('the system’s place for application data', () => {
  it.each([
    ['linux', {}, '/home/mia/.local/share/sluice'],
    ['linux', { XDG_DATA_HOME: '/data' }, '/data/sluice'],
    ['linux', { XDG_DATA_HOME: '' }, '/home/mia/.local/share/sluice'],
    ['darwin', { XDG_DATA_HOME: '/data' }, '/home/mia/Library/Application Support/Sluice'],
    ['win32', { APPDATA: '/roaming' }, '/roaming/Sluice'],
    ['win32', {}, '/home/mia/AppData/Roaming/Sluice'],
  ] as const)('on %s with %j is %s', (platform, env, path) => {
    expect(defaultDataFolder(platform, env, '/home/mia')).toBe(path);
  });
});

describe('a data folder', () => {
  it('names its places and makes none of them', () => {
    using folder = temporaryFolder();
    const root = join(folder.path, 'none');
    expect(dataFolderAt(root)).toEqual({
      path: root,
      authority: join(root, 'authority'),
      captures: join(root, 'captures'),
      browsers: join(root, 'browsers'),
      preferences: join(root, 'preferences.json'),
      rules: join(root, 'sluice.rules.yaml'),
      scripts: join(root, 'scripts'),
      findings: join(root, 'sluice.findings.toml'),
    });
    expect(statSync(root, { throwIfNoEntry: false })).toBeUndefined();
  });

  it('is made for its user alone', async () => {
    using folder = temporaryFolder();
    const opened = await openDataFolder(join(folder.path, 'a', 'b'));
    expect([mode(opened.path), mode(opened.captures)]).toEqual([0o700, 0o700]);
    expect(await openDataFolder(opened.path)).toEqual(opened);
  });

  it('keeps the mode that a folder has, and closes what is ours in it', async () => {
    using folder = temporaryFolder();
    const shared = join(folder.path, 'shared');
    mkdirSync(shared, { mode: 0o755 });
    const opened = await openDataFolder(shared);
    expect([mode(opened.path), mode(opened.captures)]).toEqual([0o755, 0o700]);
  });

  it('that cannot be is an error that says what to do', async () => {
    using folder = temporaryFolder();
    const file = join(folder.path, 'file');
    writeFileSync(file, '');
    await expect(openDataFolder(join(file, 'data'))).rejects.toMatchObject({
      code: 'data-folder',
      message: expect.stringContaining('--data'),
    });
  });
});

describe('captures in it', () => {
  const now = new Date(2026, 0, 2, 3, 4, 5);

  it('are named by local date and time, numbered within a second', async () => {
    using folder = temporaryFolder();
    const data = await openDataFolder(folder.path);
    const first = await newCapturePath(data, now);
    expect(first).toBe(join(data.captures, '2026-01-02_03-04-05.sluice'));
    mkdirSync(first);
    const second = await newCapturePath(data, now);
    expect(second).toBe(join(data.captures, '2026-01-02_03-04-05_2.sluice'));
    mkdirSync(second);
    expect(await newCapturePath(data, now)).toMatch(/_3\.sluice$/);
  });

  it('have a latest: the one begun last, whatever was touched since', async () => {
    using folder = temporaryFolder();
    const data = await openDataFolder(folder.path);
    const old = join(data.captures, 'z-old.sluice');
    mkdirSync(old);
    const oldBirth = statSync(old).birthtimeMs;
    const recent = join(data.captures, 'a-new.sluice');
    // File systems tell times in steps.
    do mkdirSync(recent, { recursive: true });
    while (statSync(recent).birthtimeMs === oldBirth && (await remade(recent)));
    writeFileSync(join(data.captures, 'notes.txt'), '');
    utimesSync(old, new Date(), new Date(Date.now() + 60_000));
    expect(await latestCapture(data)).toBe(recent);
    expect(await captureNamed('latest', data)).toBe(recent);
  });

  it('have none when there is none, or no folder', async () => {
    using folder = temporaryFolder();
    const missing = { code: 'capture-missing', message: expect.stringContaining('record one first') };
    await expect(latestCapture(await openDataFolder(folder.path))).rejects.toMatchObject(missing);
    await expect(latestCapture(dataFolderAt(join(folder.path, 'none')))).rejects.toMatchObject(missing);
  });

  it('elsewhere are named by their path', async () => {
    using folder = temporaryFolder();
    const data = dataFolderAt(folder.path);
    expect(await captureNamed('/captures/x.sluice', data)).toBe('/captures/x.sluice');
    expect(await captureNamed('x.sluice', data)).toBe(join(process.cwd(), 'x.sluice'));
  });
});

async function remade(path: string): Promise<true> {
  const { rm } = await import('node:fs/promises');
  await rm(path, { recursive: true });
  return true;
}
