import { beforeEach, expect, it, vi } from 'vitest';
import { browserPlatform } from '../../platform/browser.ts';
import { usePreferences } from '../../state/preferences.ts';
import { applyAppearance } from './appearance.ts';

beforeEach(() => usePreferences.setState(usePreferences.getInitialState()));

it('follows the choices on the page and tells the surroundings of the theme, once each', () => {
  const setTheme = vi.fn(async () => {});
  const root = { dataset: {} as { theme?: string; density?: string } };
  const stop = applyAppearance({ platform: { ...browserPlatform(), setTheme } }, root);
  expect(root.dataset).toEqual({ density: 'normal' });
  usePreferences.getState().set('theme', 'light');
  usePreferences.getState().set('density', 'compact');
  expect(root.dataset).toEqual({ theme: 'light', density: 'compact' });
  usePreferences.getState().set('theme', 'system');
  expect(root.dataset).toEqual({ density: 'compact' });
  expect(setTheme.mock.calls).toEqual([['system'], ['light'], ['system']]);
  stop();
  usePreferences.getState().set('theme', 'dark');
  expect(root.dataset.theme).toBeUndefined();
});

it('is not stopped by surroundings that refuse', async () => {
  const setTheme = () => Promise.reject(new Error('no'));
  const root = { dataset: {} as { theme?: string } };
  const stop = applyAppearance({ platform: { ...browserPlatform(), setTheme } }, root);
  usePreferences.getState().set('theme', 'dark');
  expect(root.dataset.theme).toBe('dark');
  stop();
});

it('follows the contrast that the system asks for', () => {
  const listeners = new Set<() => void>();
  const media = {
    matches: false,
    addEventListener: (_: 'change', listener: () => void) => void listeners.add(listener),
    removeEventListener: (_: 'change', listener: () => void) => void listeners.delete(listener),
  };
  const root = { dataset: {} as { contrast?: string } };
  const stop = applyAppearance({ platform: browserPlatform() }, root, [media]);
  expect(root.dataset).not.toHaveProperty('contrast');
  media.matches = true;
  for (const tell of listeners) tell();
  expect(root.dataset.contrast).toBe('more');
  media.matches = false;
  for (const tell of listeners) tell();
  expect(root.dataset).not.toHaveProperty('contrast');
  stop();
  expect(listeners.size).toBe(0);
});
