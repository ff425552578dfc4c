/** The one list of actions: refuses two with the same id, finds by id and by key press. Built once from each feature's own list. */
import { type Action, isEnabled } from './action.ts';
import { keysOf } from './keys.ts';
import { isPlainKey, type KeyPress, matchesShortcut } from './shortcut.ts';

export interface ActionRegistry {
  readonly all: readonly Action[];
  /** Throws for an id nobody registered: that is a mistake in the code, never in the data. */
  get(id: string): Action;
  /** The enabled action of a key press. `inGrid` says whether the grid has the focus. */
  forKey(press: KeyPress, where: { readonly inGrid: boolean; readonly isMac: boolean }): Action | undefined;
}

export function createRegistry(...lists: readonly (readonly Action[])[]): ActionRegistry {
  const all = lists.flat();
  const byId = new Map<string, Action>();
  for (const action of all) {
    if (byId.has(action.id)) throw new Error(`two actions are called ${action.id}`);
    byId.set(action.id, action);
  }
  return {
    all,
    get(id) {
      const action = byId.get(id);
      if (!action) throw new Error(`no action is called ${id}`);
      return action;
    },
    forKey(press, { inGrid, isMac }) {
      return all.find(
        (action) =>
          keysOf(action).some(
            (shortcut) =>
              (inGrid || !(action.gridOnly || isPlainKey(shortcut))) &&
              matchesShortcut(shortcut, press, isMac),
          ) && isEnabled(action),
      );
    },
  };
}
