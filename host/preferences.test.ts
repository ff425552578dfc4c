import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '#store/testing.ts';
import { openPreferences } from './preferences.ts';

describe('preferences', () => {
  it('outlive the program, for the user alone', async () => {
    using folder = temporaryFolder();
    const file = join(folder.path, 'preferences.json');
    const first = await openPreferences(file);
    expect(first.now()).toEqual({});
    await first.set('theme', 'dark');
    await first.set('density', 'compact');
    expect(statSync(file).mode & 0o077).toBe(0);
    const second = await openPreferences(file);
    expect(second.now()).toEqual({ theme: 'dark', density: 'compact' });
  });

  it('tell of a change once, and not of a choice that was in force already', async () => {
    using folder = temporaryFolder();
    const preferences = await openPreferences(join(folder.path, 'p.json'));
    const { version } = preferences.changes;
    await preferences.set('theme', 'light');
    await preferences.set('theme', 'light');
    expect(preferences.changes.version).toBe(version + 1);
  });

  it('end with the last of many choices made at once', async () => {
    using folder = temporaryFolder();
    const file = join(folder.path, 'p.json');
    const preferences = await openPreferences(file);
    await Promise.all(Array.from({ length: 20 }, (_, i) => preferences.set('density', String(i))));
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({ density: '19' });
  });

  it.each(['', '{', '[]', '{"theme":1}', '{"No Name":"x"}'])(
    'take a damaged file for none: %j',
    async (text) => {
      using folder = temporaryFolder();
      const file = join(folder.path, 'p.json');
      writeFileSync(file, text);
      const preferences = await openPreferences(file);
      expect(preferences.now()).toEqual({});
      await preferences.set('theme', 'dark');
      expect((await openPreferences(file)).now()).toEqual({ theme: 'dark' });
    },
  );

  it('are limited in number, and a known one can still change', async () => {
    using folder = temporaryFolder();
    const preferences = await openPreferences(join(folder.path, 'p.json'));
    for (let i = 0; i < 200; i++) await preferences.set(`p${i}`, '1');
    await expect(preferences.set('one-more', '1')).rejects.toMatchObject({ code: 'too-large' });
    await preferences.set('p7', '2');
    expect(preferences.now()).toMatchObject({ p7: '2' });
  });

  it('hold for the run when the disk refuses, and say so', async () => {
    using folder = temporaryFolder();
    const file = join(folder.path, 'p.json');
    const preferences = await openPreferences(file);
    mkdirSync(file);
    await expect(preferences.set('theme', 'dark')).rejects.toMatchObject({ code: 'file-unwritable' });
    expect(preferences.now()).toEqual({ theme: 'dark' });
  });
});
