import { describe, expect, it } from 'vitest';
import {
  ariaShortcut,
  browserKeeps,
  displayShortcut,
  isPlainKey,
  type KeyPress,
  matchesShortcut,
  shortcutName,
  shortcutOf,
} from './shortcut.ts';

function press(key: string, modifiers = ''): KeyPress {
  return {
    key,
    ctrlKey: modifiers.includes('c'),
    altKey: modifiers.includes('a'),
    shiftKey: modifiers.includes('s'),
    metaKey: modifiers.includes('m'),
  };
}

describe('matchesShortcut', () => {
  it.each([
    ['Ctrl+K', press('k', 'c')],
    ['Ctrl+Shift+P', press('P', 'cs')],
    ['Shift+Del', press('Delete', 's')],
    ['Del', press('Delete')],
    ['r', press('r')],
    ['1', press('1')],
    ['F12', press('F12')],
    ['Ctrl+Enter', press('Enter', 'c')],
    ['?', press('?', 's')],
    ['?', press('?')],
    ['Ctrl+Down', press('ArrowDown', 'c')],
  ])('%s is pressed by %j', (shortcut, event) => {
    expect(matchesShortcut(shortcut, event)).toBe(true);
  });

  it.each([
    ['Ctrl+K', press('k')],
    ['Ctrl+K', press('k', 'cs')],
    ['Ctrl+K', press('k', 'ca')],
    ['Ctrl+K', press('k', 'cm')],
    ['Ctrl+K', press('k', 'm')],
    ['Del', press('Delete', 's')],
    ['Shift+Del', press('Delete')],
    ['r', press('r', 'c')],
    ['r', press('R', 's')],
    ['r', press('t')],
    ['F12', press('F1')],
  ])('%s is not pressed by %j', (shortcut, event) => {
    expect(matchesShortcut(shortcut, event)).toBe(false);
  });

  it('takes Command for Ctrl on a Mac', () => {
    expect(matchesShortcut('Ctrl+K', press('k', 'm'), true)).toBe(true);
    expect(matchesShortcut('Ctrl+K', press('k', 'c'), true)).toBe(false);
  });
});

describe('isPlainKey', () => {
  it.each(['r', '1', 'Del', 'Shift+Del', 'Enter'])('%s is left to the grid', (shortcut) => {
    expect(isPlainKey(shortcut)).toBe(true);
  });
  it.each(['F12', 'Ctrl+K', 'Alt+1'])('%s works everywhere', (shortcut) => {
    expect(isPlainKey(shortcut)).toBe(false);
  });
});

describe('how a shortcut is shown', () => {
  it.each([
    ['Ctrl+Shift+P', 'Ctrl Shift P', '⇧⌘P', 'Control+Shift+P'],
    ['Shift+Del', 'Shift Del', '⇧Del', 'Shift+Delete'],
    ['r', 'R', 'R', 'R'],
    ['Ctrl+Enter', 'Ctrl Enter', '⌘Enter', 'Control+Enter'],
    ['Ctrl+Down', 'Ctrl ↓', '⌘↓', 'Control+ArrowDown'],
  ])('%s', (shortcut, shown, onMac, aria) => {
    expect(displayShortcut(shortcut, false)).toBe(shown);
    expect(displayShortcut(shortcut, true)).toBe(onMac);
    expect(ariaShortcut(shortcut, false)).toBe(aria);
  });
});

describe('a key press as a shortcut', () => {
  it.each([
    [press('k', 'c'), 'Ctrl+K'],
    [press('P', 'cs'), 'Ctrl+Shift+P'],
    [press('r'), 'R'],
    [press('?', 's'), '?'],
    [press('+', 's'), 'Plus'],
    [press('Delete', 's'), 'Shift+Delete'],
    [press('ArrowDown', 'a'), 'Alt+Down'],
    [press(' ', 'c'), 'Ctrl+Space'],
    [press('F8'), 'F8'],
  ])('%j is %s, and that is pressed by it', (event, shortcut) => {
    expect(shortcutOf(event, false)).toBe(shortcut);
    expect(matchesShortcut(shortcut, event)).toBe(true);
  });

  it('is none while only modifiers are down', () => {
    for (const key of ['Control', 'Shift', 'Alt', 'Meta', 'Dead'])
      expect(shortcutOf(press(key, 'c'), false)).toBeUndefined();
    expect(shortcutOf(press('k', 'm'), true)).toBe('Ctrl+K');
  });

  it('has one name, however it is written', () => {
    expect(shortcutName('Ctrl+Del')).toBe(shortcutName('ctrl+delete'));
    expect(shortcutName('Shift+R')).not.toBe(shortcutName('R'));
  });

  it('may be the browser’s own', () => {
    for (const kept of ['Ctrl+W', 'Ctrl+Shift+T', 'F12', 'Ctrl+3'])
      expect(browserKeeps(kept), kept).toBe(true);
    for (const free of ['Ctrl+K', 'R', 'F8', 'Ctrl+Shift+F']) expect(browserKeeps(free), free).toBe(false);
  });
});
