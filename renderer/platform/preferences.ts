/** The few choices of the window that outlive it, in the browser's storage; where that is refused they last as long as the window. */
const PREFIX = 'sluice.';

export interface Preferences {
  read(key: string): string | undefined;
  write(key: string, value: string): void;
}

/** `storage` is usually `localStorage`, which may throw on any use (private windows, policies). */
export function createPreferences(storage: () => Pick<Storage, 'getItem' | 'setItem'>): Preferences {
  const memory = new Map<string, string>();
  return {
    read(key) {
      try {
        return storage().getItem(PREFIX + key) ?? memory.get(key);
      } catch {
        return memory.get(key);
      }
    },
    write(key, value) {
      memory.set(key, value);
      try {
        storage().setItem(PREFIX + key, value);
      } catch {
        // Kept in memory above.
      }
    },
  };
}
