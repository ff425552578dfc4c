import { describe, expect, it } from 'vitest';
import { ACTION_GROUPS, labelOf } from '../actions/action.ts';
import { isPlainKey } from '../actions/shortcut.ts';
import { ALL_ACTIONS } from './all-actions.ts';

describe('the actions', () => {
  it('are each called something, in a group, and once', () => {
    const ids = ALL_ACTIONS.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const action of ALL_ACTIONS) {
      expect(action.id).toMatch(/^[a-z]+\.[a-zA-Z0-9-]+$/);
      expect(labelOf(action)).toMatch(/^[A-Z]/);
      expect(ACTION_GROUPS).toContain(action.group);
    }
    const labels = ALL_ACTIONS.map(labelOf);
    expect(new Set(labels).size).toBe(labels.length);
  });

  it('share no key', () => {
    const keys = ALL_ACTIONS.flatMap(({ shortcuts = [] }) => shortcuts.map((key) => key.toLowerCase()));
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('leave to the browser what is its own, and have another key where it keeps one', () => {
    for (const { shortcuts = [] } of ALL_ACTIONS) {
      for (const kept of ['F5', 'Ctrl+R', 'Ctrl+T', 'Ctrl+W', 'Ctrl+N'])
        expect(shortcuts).not.toContain(kept);
      if (shortcuts.includes('F12')) expect(shortcuts.length).toBeGreaterThan(1);
    }
  });

  it('act on single letters in the list alone', () => {
    const letters = ALL_ACTIONS.flatMap(({ shortcuts = [] }) => shortcuts).filter((key) => key.length === 1);
    expect(letters.length).toBeGreaterThan(10);
    expect(letters.every(isPlainKey)).toBe(true);
  });

  it('that take something away for good say so, and ask first', () => {
    for (const action of ALL_ACTIONS.filter(({ danger }) => danger)) expect(labelOf(action)).toMatch(/…$/);
  });
});
