/**
 * A user action as an object: what it is called, which keys it has, when it can be done, and doing it. The toolbar, the context menu,
 * the palette, the keyboard and the tests all share it, so none of them can disagree.
 */
import type { LucideIcon } from 'lucide-react';
import type { App } from '../app.ts';

export const ACTION_GROUPS = ['sessions', 'filter', 'files', 'capture', 'view', 'settings'] as const;
export type ActionGroup = (typeof ACTION_GROUPS)[number];

export interface Action {
  /** "room.verb", stable. */
  readonly id: string;
  /** In sentence case, a verb first. A function where it depends on the state ("Stop capturing"). */
  readonly label: string | (() => string);
  readonly group: ActionGroup;
  /** The first one is shown; see shortcut.ts. Keys that type a character act only while the grid has the focus. */
  readonly shortcuts?: readonly string[];
  /** All its keys act only while the grid has the focus, even those with Ctrl. */
  readonly gridOnly?: boolean;
  readonly icon?: LucideIcon;
  /** A colour of ui/tokens.css shown in the icon's place, for what is known by its colour. */
  readonly swatch?: `--${string}`;
  /** Other words that people call it by; the palette finds it by them. */
  readonly keywords?: readonly string[];
  /** Present: it takes one of a choice, and says whether that one is in force. Reads stores. */
  readonly checked?: () => boolean;
  /** Takes something away for good. */
  readonly danger?: boolean;
  /** Left out of the palette: it makes sense only where it is, as moving a cursor. */
  readonly hidden?: boolean;
  /** Absent: always. Reads stores, does nothing. */
  readonly enabled?: () => boolean;
  readonly run: (app: App) => void | Promise<void>;
}

export function labelOf(action: Action): string {
  return typeof action.label === 'string' ? action.label : action.label();
}

export function isEnabled(action: Action): boolean {
  return action.enabled?.() ?? true;
}
