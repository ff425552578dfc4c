import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../testing/captures.ts';
import { findBrowsers, type Surroundings, thisMachine } from './browsers.ts';

/** A machine with these programs. */
const machine = (platform: NodeJS.Platform, env: NodeJS.ProcessEnv, ...programs: string[]): Surroundings => ({
  platform,
  env,
  isProgram: (path) => programs.includes(path),
});
const found = (...given: Parameters<typeof machine>) =>
  findBrowsers(machine(...given)).map(({ id, path }) => [id, path]);

describe('on Linux browsers', () => {
  const env = { PATH: '/usr/local/bin:/usr/bin' };

  it('are commands on the PATH, one of each kind', () => {
    expect(
      found('linux', env, '/usr/bin/chromium', '/usr/local/bin/chromium', '/usr/bin/google-chrome'),
    ).toEqual([
      ['chromium', '/usr/local/bin/chromium'],
      ['chrome', '/usr/bin/google-chrome'],
    ]);
    expect(found('linux', env, '/usr/bin/chromium-browser')).toEqual([
      ['chromium', '/usr/bin/chromium-browser'],
    ]);
  });

  it('are none off the PATH, or without one', () => {
    expect(found('linux', env, '/opt/chromium')).toEqual([]);
    expect(found('linux', {}, '/usr/bin/chromium')).toEqual([]);
    expect(found('linux', { PATH: ':' }, '/chromium', 'chromium')).toEqual([]);
  });

  it('are what $CHROMIUM names first, if that is a program', () => {
    const named = { ...env, CHROMIUM: '/opt/chrome/chrome' };
    expect(found('linux', named, '/opt/chrome/chrome', '/usr/bin/chromium')).toEqual([
      ['chromium', '/opt/chrome/chrome'],
    ]);
    expect(found('linux', named, '/usr/bin/chromium')).toEqual([['chromium', '/usr/bin/chromium']]);
  });
});

it('on macOS they are applications of everyone or of the user', () => {
  const chrome = 'Google Chrome.app/Contents/MacOS/Google Chrome';
  expect(
    found('darwin', { HOME: '/Users/mia' }, `/Applications/${chrome}`, `/Users/mia/Applications/${chrome}`),
  ).toEqual([['chrome', `/Applications/${chrome}`]]);
  expect(found('darwin', { HOME: '/Users/mia' }, `/Users/mia/Applications/${chrome}`)).toHaveLength(1);
  expect(found('darwin', {}, `/Users/mia/Applications/${chrome}`)).toEqual([]);
});

it('on Windows they are in the folders of programs', () => {
  const env = { ProgramFiles: 'C:\\Program Files', LOCALAPPDATA: 'C:\\Users\\mia\\AppData\\Local' };
  const edge = 'C:\\Program Files\\Microsoft\\Edge\\Application\\msedge.exe';
  const chromium = 'C:\\Users\\mia\\AppData\\Local\\Chromium\\Application\\chrome.exe';
  expect(found('win32', env, edge, chromium)).toEqual([
    ['chromium', chromium],
    ['edge', edge],
  ]);
  expect(found('win32', {}, edge)).toEqual([]);
});

describe('a program of this machine', () => {
  it('is a file that may be run', () => {
    using folder = temporaryFolder();
    const at = (name: string) => join(folder.path, name);
    writeFileSync(at('program'), '', { mode: 0o755 });
    writeFileSync(at('text'), '');
    chmodSync(at('text'), 0o644);
    mkdirSync(at('folder'));
    expect(['program', 'text', 'folder', 'none'].map((name) => thisMachine.isProgram(at(name)))).toEqual([
      true,
      false,
      false,
      false,
    ]);
  });
});
