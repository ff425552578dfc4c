import { beforeEach, describe, expect, it } from 'vitest';
import { usePreferences } from '../state/preferences.ts';
import type { Action } from './action.ts';
import { chooseKeys, chosenKeysOf, keysOf, moveKey, ownerOf, resetKeys } from './keys.ts';
import { createRegistry } from './registry.ts';

const action = (id: string, ...shortcuts: string[]): Action => ({
  id,
  label: id,
  group: 'view',
  shortcuts,
  run: () => {},
});
const replay = action('replay', 'R');
const edit = action('edit', 'E', 'Ctrl+E');
const ALL = [replay, edit];

beforeEach(() => usePreferences.setState(usePreferences.getInitialState()));

describe('the keys of an action', () => {
  it('are those that it brings, until others are chosen', () => {
    expect(keysOf(edit)).toEqual(['E', 'Ctrl+E']);
    expect(chooseKeys(edit, ['X'])).toBe(true);
    expect(keysOf(edit)).toEqual(['X']);
    expect(usePreferences.getState().values.keys).toBe('{"edit":["X"]}');
    chooseKeys(edit, []);
    expect(keysOf(edit)).toEqual([]);
  });

  it('are no choice when they are what it brings, and all go back at once', () => {
    chooseKeys(edit, ['X']);
    chooseKeys(edit, ['E', 'Ctrl+E']);
    expect(chosenKeysOf(usePreferences.getState())).toEqual({});
    chooseKeys(edit, ['X']);
    chooseKeys(replay, ['Y']);
    resetKeys();
    expect(ALL.map((one) => keysOf(one))).toEqual([['R'], ['E', 'Ctrl+E']]);
  });

  it('are what they were where the preference cannot be read', () => {
    for (const text of ['{', '[]', '{"edit":"X"}', '{"edit":[1]}'])
      expect(keysOf(edit, { values: { keys: text } }), text).toEqual(['E', 'Ctrl+E']);
  });

  it('act as they are chosen', () => {
    const registry = createRegistry(ALL);
    const press = (key: string) => ({ key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false });
    const by = (key: string) => registry.forKey(press(key), { inGrid: true, isMac: false })?.id;
    expect(by('e')).toBe('edit');
    chooseKeys(edit, ['X']);
    expect([by('e'), by('x')]).toEqual([undefined, 'edit']);
  });
});

describe('a key that another action has', () => {
  it('is told, however it is written', () => {
    expect(ownerOf(ALL, 'ctrl+e', 'replay')?.id).toBe('edit');
    expect(ownerOf(ALL, 'Ctrl+E', 'edit')).toBeUndefined();
    expect(ownerOf(ALL, 'Q', 'edit')).toBeUndefined();
  });

  it('moves from one to the other', () => {
    expect(moveKey(ALL, replay, 'Ctrl+E')).toBe(true);
    expect([keysOf(replay), keysOf(edit)]).toEqual([['Ctrl+E'], ['E']]);
    moveKey(ALL, edit, 'Q');
    expect(keysOf(edit)).toEqual(['Q']);
  });
});
