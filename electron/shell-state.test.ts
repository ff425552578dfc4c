import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { placeOn, readShellState, type ShellState, writeShellState } from './shell-state.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sluice-shell-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const DEFAULTS: ShellState = { maximized: false, theme: 'system' };

describe('what the shell remembers', () => {
  it('comes back as it was, for its user alone, also in a folder that is not there yet', async () => {
    const file = join(folder, 'new', 'window.json');
    const state: ShellState = {
      bounds: { x: -5, y: 7, width: 800, height: 600 },
      maximized: true,
      theme: 'dark',
    };
    writeShellState(file, state);
    expect(readShellState(file)).toEqual(state);
    if (process.platform !== 'win32') expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  it.each([
    '',
    '{',
    '[]',
    'null',
    '{"bounds":{"x":"1"}}',
    '{"theme":"pink"}',
    '{"bounds":{"x":0,"y":0,"width":-1,"height":1}}',
  ])('counts a damaged file as none: %s', async (text) => {
    const file = join(folder, 'window.json');
    await writeFile(file, text);
    expect(readShellState(file)).toEqual(DEFAULTS);
  });

  it('does without a file, and without being able to write one', async () => {
    expect(readShellState(join(folder, 'none.json'))).toEqual(DEFAULTS);
    await writeFile(join(folder, 'file'), 'x');
    writeShellState(join(folder, 'file', 'window.json'), DEFAULTS);
    expect(await readFile(join(folder, 'file'), 'utf8')).toBe('x');
  });
});

describe('placeOn', () => {
  const area = { x: 0, y: 0, width: 1920, height: 1080 };
  const second = { x: 1920, y: 0, width: 1280, height: 1024 };

  it('puts the window back where its title bar can be reached, on any screen', () => {
    for (const bounds of [
      { x: 100, y: 100, width: 800, height: 600 },
      { x: 2000, y: 10, width: 800, height: 600 },
      { x: -600, y: 0, width: 800, height: 600 },
    ]) {
      expect(placeOn([area, second], bounds)).toEqual(bounds);
    }
  });

  it.each([
    ['on a screen that is gone', { x: 2000, y: 10, width: 800, height: 600 }],
    ['with its title bar above the screen', { x: 10, y: -100, width: 800, height: 600 }],
    ['below the screen', { x: 10, y: 1070, width: 800, height: 600 }],
    ['all but a sliver to the left', { x: -790, y: 10, width: 800, height: 600 }],
  ])('keeps the size alone of a window %s', (_, bounds) => {
    expect(placeOn([area], bounds)).toEqual({ width: 800, height: 600 });
  });

  it('never makes a window larger than the screen it puts it on', () => {
    expect(placeOn([{ x: 0, y: 0, width: 1024, height: 700 }], undefined)).toEqual({
      width: 1024,
      height: 700,
    });
    expect(placeOn([], undefined)).toEqual({ width: 1440, height: 900 });
  });

  it('always leaves something to hold on to', () => {
    const length = fc.integer({ min: 200, max: 4000 });
    const at = fc.integer({ min: -5000, max: 5000 });
    fc.assert(
      fc.property(at, at, length, length, (x, y, width, height) => {
        const placed = placeOn([area], { x, y, width, height });
        if (placed.x === undefined) return;
        expect(x + width).toBeGreaterThan(area.x);
        expect(x).toBeLessThan(area.x + area.width);
        expect(y).toBeGreaterThanOrEqual(area.y);
        expect(y).toBeLessThan(area.y + area.height);
      }),
    );
  });
});
