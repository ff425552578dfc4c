/** Says which files of some folders have changed, a moment after the last of the events that one save is. Folders, because editors replace files. */
import { type FSWatcher, watch } from 'node:fs';
import { join } from 'node:path';

const SETTLE_MS = 50;

export interface FileWatch extends Disposable {
  /** From now on this folder too; again: nothing. One that is not there is not watched. */
  add(folder: string): void;
}

/** @param seen told the path of a file that may have changed, or come or gone */
export function watchFolders(seen: (file: string) => void): FileWatch {
  const watchers = new Map<string, FSWatcher>();
  const timers = new Map<string, NodeJS.Timeout>();
  const settle = (file: string) => {
    clearTimeout(timers.get(file));
    const timer = setTimeout(() => {
      timers.delete(file);
      seen(file);
    }, SETTLE_MS);
    timer.unref();
    timers.set(file, timer);
  };
  return {
    add(folder) {
      if (watchers.has(folder)) return;
      try {
        const watcher = watch(folder, { persistent: false }, (_event, name) => {
          if (name !== null) settle(join(folder, name));
        });
        watcher.on('error', () => {
          watcher.close();
          watchers.delete(folder);
        });
        watchers.set(folder, watcher);
      } catch {
        // Not there yet: whoever makes it adds it.
      }
    },
    [Symbol.dispose]() {
      for (const watcher of watchers.values()) watcher.close();
      for (const timer of timers.values()) clearTimeout(timer);
    },
  };
}
