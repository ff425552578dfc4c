/**
 * Menus from data: a list of entries, so that a toolbar's menu, a context menu and the palette can be made from the same action
 * objects. `Menu` opens from a button, `ContextMenu` from a right click (or Shift+F10) on what it wraps.
 */
import { ContextMenu as BaseContext } from '@base-ui/react/context-menu';
import { Menu as Base } from '@base-ui/react/menu';
import { Check } from 'lucide-react';
import type { ReactElement, ReactNode } from 'react';
import { cx } from './cx.ts';
import { Kbd } from './Kbd.tsx';
import styles from './popup.module.css';

export type MenuEntry =
  | {
      readonly id: string;
      readonly label: string;
      readonly icon?: ReactNode;
      readonly shortcut?: string | undefined;
      readonly disabled?: boolean;
      readonly danger?: boolean;
      /** Present: the entry is one of a choice, and this one is or is not taken. */
      readonly checked?: boolean | undefined;
      readonly onSelect: () => void;
    }
  | 'separator';

/** A list may hold separators at its ends or doubled, as when entries are left out: they are dropped. */
function tidy(entries: readonly MenuEntry[]): MenuEntry[] {
  return entries.filter(
    (entry, i) =>
      entry !== 'separator' || (i > 0 && entries[i - 1] !== 'separator' && i < entries.length - 1),
  );
}

function Entries({ entries }: { readonly entries: readonly MenuEntry[] }) {
  return tidy(entries).map((entry, i) =>
    entry === 'separator' ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: separators have no identity of their own
      <Base.Separator key={`separator-${i}`} className={styles.separator} />
    ) : (
      <Base.Item
        key={entry.id}
        disabled={entry.disabled ?? false}
        onClick={entry.onSelect}
        className={cx(styles.item, entry.danger && styles.danger)}
        {...(entry.checked === undefined ? {} : { role: 'menuitemradio', 'aria-checked': entry.checked })}
      >
        <span className={styles.icon}>
          {entry.checked === undefined ? entry.icon : entry.checked && <Check size={14} />}
        </span>
        <span className={styles.text}>{entry.label}</span>
        {entry.shortcut ? (
          <span className={styles.shortcut}>
            <Kbd keys={entry.shortcut} />
          </span>
        ) : null}
      </Base.Item>
    ),
  );
}

export interface MenuProps {
  readonly entries: readonly MenuEntry[];
  readonly align?: 'start' | 'center' | 'end';
  /** The button that opens the menu; it receives the trigger's props. */
  readonly children: ReactElement<Record<string, unknown>>;
}

export function Menu({ entries, align = 'end', children }: MenuProps) {
  return (
    <Base.Root>
      <Base.Trigger render={children} />
      <Base.Portal>
        <Base.Positioner align={align} sideOffset={4} className={styles.positioner}>
          <Base.Popup className={styles.popup}>
            <Entries entries={entries} />
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

export interface ContextMenuProps {
  readonly entries: readonly MenuEntry[];
  readonly onOpenChange?: (open: boolean) => void;
  readonly children: ReactElement<Record<string, unknown>>;
}

export function ContextMenu({ entries, onOpenChange, children }: ContextMenuProps) {
  return (
    <BaseContext.Root {...(onOpenChange ? { onOpenChange } : {})}>
      <BaseContext.Trigger render={children} />
      <BaseContext.Portal>
        <BaseContext.Positioner className={styles.positioner}>
          <BaseContext.Popup className={styles.popup}>
            <Entries entries={entries} />
          </BaseContext.Popup>
        </BaseContext.Positioner>
      </BaseContext.Portal>
    </BaseContext.Root>
  );
}
