import { describe, expect, it } from 'vitest';
import { createPreferences } from './preferences.ts';

function storage() {
  const map = new Map<string, string>();
  return {
    map,
    getItem: (key: string) => map.get(key) ?? null,
    setItem: (key: string, value: string) => map.set(key, value),
  };
}

describe('preferences', () => {
  it('are kept in the storage under a name of ours', () => {
    const store = storage();
    const preferences = createPreferences(() => store);
    expect(preferences.read('theme')).toBeUndefined();
    preferences.write('theme', 'dark');
    expect([...store.map]).toEqual([['sluice.theme', 'dark']]);
    expect(createPreferences(() => store).read('theme')).toBe('dark');
  });

  it('last as long as the window where storage is refused', () => {
    const preferences = createPreferences(() => {
      throw new Error('denied');
    });
    preferences.write('theme', 'light');
    expect(preferences.read('theme')).toBe('light');
    expect(preferences.read('other')).toBeUndefined();
  });
});
