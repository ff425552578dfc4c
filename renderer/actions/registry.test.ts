import { describe, expect, it } from 'vitest';
import type { Action } from './action.ts';
import { isEnabled, labelOf } from './action.ts';
import { createRegistry } from './registry.ts';

const press = (key: string, ctrlKey = false) => ({
  key,
  ctrlKey,
  metaKey: false,
  altKey: false,
  shiftKey: false,
});
const action = (id: string, more: Partial<Action> = {}): Action => ({
  id,
  label: id,
  group: 'view',
  run: () => {},
  ...more,
});
const inGrid = { inGrid: true, isMac: false };
const outside = { inGrid: false, isMac: false };

describe('the registry', () => {
  it('keeps the order of its lists and finds by id', () => {
    const registry = createRegistry([action('b')], [action('a')]);
    expect(registry.all.map(({ id }) => id)).toEqual(['b', 'a']);
    expect(registry.get('a').id).toBe('a');
  });

  it('refuses doubles and unknown ids', () => {
    expect(() => createRegistry([action('a')], [action('a')])).toThrow('two actions');
    expect(() => createRegistry([]).get('a')).toThrow('no action');
  });

  it('gives single letters to the grid alone', () => {
    const registry = createRegistry([action('replay', { shortcuts: ['r'] })]);
    expect(registry.forKey(press('r'), inGrid)?.id).toBe('replay');
    expect(registry.forKey(press('r'), outside)).toBeUndefined();
  });

  it('keeps other keys to the grid too when the action says so', () => {
    const registry = createRegistry([action('all', { shortcuts: ['Ctrl+A'], gridOnly: true })]);
    expect(registry.forKey(press('a', true), inGrid)?.id).toBe('all');
    expect(registry.forKey(press('a', true), outside)).toBeUndefined();
  });

  it('finds by any of the shortcuts, everywhere', () => {
    const registry = createRegistry([action('palette', { shortcuts: ['Ctrl+K', 'F1'] })]);
    expect(registry.forKey(press('k', true), outside)?.id).toBe('palette');
    expect(registry.forKey(press('F1'), outside)?.id).toBe('palette');
    expect(registry.forKey(press('F2'), outside)).toBeUndefined();
  });

  it('passes over what is not enabled', () => {
    const registry = createRegistry([
      action('off', { shortcuts: ['F5'], enabled: () => false }),
      action('on', { shortcuts: ['F5'], enabled: () => true }),
    ]);
    expect(registry.forKey(press('F5'), outside)?.id).toBe('on');
  });
});

describe('an action', () => {
  it('may compute its label, and is enabled unless it says otherwise', () => {
    expect(labelOf(action('a', { label: () => 'Now' }))).toBe('Now');
    expect(labelOf(action('a'))).toBe('a');
    expect(isEnabled(action('a'))).toBe(true);
  });
});
