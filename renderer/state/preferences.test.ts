import { beforeEach, describe, expect, it, vi } from 'vitest';
import { PreferenceName } from '#model/contract/contract.ts';
import {
  densityOf,
  layoutStorage,
  recentActionsOf,
  rememberAction,
  themeOf,
  usePreferences,
} from './preferences.ts';

beforeEach(() => usePreferences.setState(usePreferences.getInitialState()));

describe('preferences', () => {
  it('are in force at once and handed on to be kept, a choice already made is not', () => {
    const keep = vi.fn();
    usePreferences.setState({ keep });
    usePreferences.getState().set('theme', 'dark');
    usePreferences.getState().set('theme', 'dark');
    expect(themeOf(usePreferences.getState())).toBe('dark');
    expect(keep.mock.calls).toEqual([['theme', 'dark']]);
  });

  it('follow the host without telling it its own words', () => {
    const keep = vi.fn();
    usePreferences.setState({ keep });
    usePreferences.getState().receive({ theme: 'light', density: 'compact' });
    expect(themeOf(usePreferences.getState())).toBe('light');
    expect(densityOf(usePreferences.getState())).toBe('compact');
    expect(keep).not.toHaveBeenCalled();
  });

  it('that mean nothing count as none', () => {
    for (const value of ['', 'solarized', 'Dark']) {
      expect(themeOf({ values: { theme: value } })).toBe('system');
      expect(densityOf({ values: { density: value } })).toBe('normal');
    }
    expect(recentActionsOf({ values: {} })).toEqual([]);
  });
});

describe('recent actions', () => {
  it('come newest first, each once, and no more than eight', () => {
    for (const id of 'abcdefghij') rememberAction(id);
    rememberAction('d');
    expect(recentActionsOf(usePreferences.getState())).toEqual(['d', 'j', 'i', 'h', 'g', 'f', 'e', 'c']);
  });
});

describe('layouts', () => {
  it('are remembered under names that the host takes, whatever the key', () => {
    const keep = vi.fn();
    usePreferences.setState({ keep });
    for (const key of ['react-resizable-panels:sessions', `Key with ${'x'.repeat(90)} é`]) {
      expect(layoutStorage.getItem(key)).toBeNull();
      layoutStorage.setItem(key, '[1,2]');
      expect(layoutStorage.getItem(key)).toBe('[1,2]');
    }
    for (const [name] of keep.mock.calls) expect(PreferenceName.safeParse(name).success).toBe(true);
  });
});
