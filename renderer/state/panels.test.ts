import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { isPanelShown, PANELS, togglePanel } from './panels.ts';
import { usePreferences } from './preferences.ts';

beforeEach(() => usePreferences.setState(usePreferences.getInitialState()));
afterEach(() => vi.unstubAllGlobals());
const shown = () => PANELS.filter((panel) => isPanelShown(panel, usePreferences.getState()));

it('the tree is there where there is room, until somebody chooses', () => {
  expect(shown()).toEqual([]);
  vi.stubGlobal('innerWidth', 1600);
  expect(shown()).toEqual(['tree']);
  togglePanel('tree');
  togglePanel('timeline');
  expect(shown()).toEqual(['timeline']);
  vi.stubGlobal('innerWidth', 900);
  togglePanel('tree');
  expect(shown()).toEqual(['tree', 'timeline']);
});
