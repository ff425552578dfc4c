import type { MenuItemConstructorOptions } from 'electron';
import { describe, expect, it, vi } from 'vitest';
import { MENU_ACTION_IDS } from '#model/contract/shell.ts';
import { menuTemplate } from './menu.ts';

function menuOn(platform: NodeJS.Platform, development = false) {
  const asked: string[] = [];
  const openCapture = vi.fn();
  const importHar = vi.fn();
  const exportHar = vi.fn();
  const run = (id: string) => asked.push(id);
  const template = menuTemplate({
    platform,
    development,
    theme: 'dark',
    run,
    openCapture,
    importHar,
    exportHar,
  });
  return { template, items: template.flatMap(flat), asked, openCapture, importHar, exportHar };
}

function flat(item: MenuItemConstructorOptions): MenuItemConstructorOptions[] {
  return [item, ...(Array.isArray(item.submenu) ? item.submenu.flatMap(flat) : [])];
}

const click = (item: MenuItemConstructorOptions | undefined) => (item?.click as (() => void) | undefined)?.();
const roles = (items: readonly MenuItemConstructorOptions[]) => items.map(({ role }) => role);

describe('the application menu', () => {
  it('runs every action of the contract in the workbench, each by its own id', () => {
    const { items, asked } = menuOn('linux');
    for (const id of MENU_ACTION_IDS) click(items.find((item) => item.id === id));
    expect(asked).toEqual([...MENU_ACTION_IDS]);
  });

  it('opens and writes files itself', () => {
    const { items, openCapture, importHar, exportHar, asked } = menuOn('linux');
    click(items.find(({ id }) => id === 'capture.open'));
    click(items.find(({ id }) => id === 'file.import-har'));
    expect(openCapture).toHaveBeenCalledTimes(1);
    click(items.find(({ id }) => id === 'file.export-har'));
    expect(importHar).toHaveBeenCalledTimes(1);
    expect(exportHar).toHaveBeenCalledTimes(1);
    expect(asked).toEqual([]);
  });

  it('shows the workbench’s keys without taking them', () => {
    const { items } = menuOn('linux');
    const toggle = items.find(({ id }) => id === 'capture.toggle');
    expect(toggle).toMatchObject({ accelerator: 'F12', registerAccelerator: false });
    const taken = items.filter(
      (item) => item.accelerator !== undefined && item.registerAccelerator !== false,
    );
    expect(taken.map(({ id }) => id)).toEqual(['capture.open']);
  });

  it('shows the theme in force, and leaves the choice to the workbench, which remembers it', () => {
    const { items, asked } = menuOn('linux');
    const themes = items.filter(({ type }) => type === 'radio');
    expect(themes.map(({ id, checked }) => [id, checked])).toEqual([
      ['theme.system', false],
      ['theme.light', false],
      ['theme.dark', true],
    ]);
    for (const theme of themes) click(theme);
    expect(asked).toEqual(['theme.system', 'theme.light', 'theme.dark']);
  });

  it('has developer tools and reload in development only', () => {
    expect(roles(menuOn('linux', true).items)).toContain('toggleDevTools');
    const shipped = roles(menuOn('linux').items);
    expect(shipped).not.toContain('toggleDevTools');
    expect(shipped).not.toContain('reload');
  });

  it('has the application’s own menu where macOS wants it, and quits from File elsewhere', () => {
    const mac = menuOn('darwin').template;
    expect(mac[0]?.label).toBe('Sluice');
    expect(mac.map(({ role }) => role)).toContain('windowMenu');
    expect(roles(mac.slice(1).flatMap(flat))).not.toContain('quit');
    const [file, ...rest] = menuOn('win32').template;
    expect(file?.label).toBe('&File');
    expect(roles(file ? flat(file) : [])).toContain('quit');
    expect(roles(rest)).not.toContain('windowMenu');
  });

  it('says everything once', () => {
    const labels = menuOn('linux', true).items.flatMap(({ label }) => (label === undefined ? [] : [label]));
    expect(new Set(labels).size).toBe(labels.length);
  });
});
