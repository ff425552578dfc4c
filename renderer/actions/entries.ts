/** Menu entries from actions: what a menu shows and does is what the palette and the keys do. */
import { createElement } from 'react';
import type { App } from '../app.ts';
import type { MenuEntry } from '../ui/Menu.tsx';
import { ActionIcon } from './ActionIcon.tsx';
import { type Action, isEnabled, labelOf } from './action.ts';
import { keysOf } from './keys.ts';
import { runAction } from './run.ts';

/** An action's id, a line, or a menu within the menu. */
export type MenuItem = string | 'separator' | { readonly label: string; readonly items: readonly MenuItem[] };

export function actionEntry(app: App, action: Action): MenuEntry {
  return {
    id: action.id,
    label: labelOf(action),
    disabled: !isEnabled(action),
    shortcut: keysOf(action)[0],
    checked: action.checked?.(),
    onSelect: () => void runAction(app, action),
    ...(action.danger ? { danger: true } : {}),
    ...(action.icon || action.swatch ? { icon: createElement(ActionIcon, { action, size: 14 }) } : {}),
  };
}

/** Entries in the order given. Actions are looked up and asked now: call it when the menu opens. */
export function menuEntries(app: App, items: readonly MenuItem[]): MenuEntry[] {
  return items.map((item) => {
    if (item === 'separator') return item;
    if (typeof item === 'string') return actionEntry(app, app.actions.get(item));
    return { id: item.label, label: item.label, entries: menuEntries(app, item.items) };
  });
}
