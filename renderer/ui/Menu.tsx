/**
 * Menus from data: a list of entries, so that a toolbar's menu and a context menu can be made from the same action objects. `Menu` opens
 * from a button, `PointMenu` at a point of the page.
 */
import { Menu as Base } from '@base-ui/react/menu';
import { Check, ChevronRight } from 'lucide-react';
import type { ReactElement, ReactNode } from 'react';
import { cx } from './cx.ts';
import { Kbd } from './Kbd.tsx';
import styles from './popup.module.css';

interface Named {
  readonly id: string;
  readonly label: string;
  readonly icon?: ReactNode;
}
export type MenuEntry =
  | (Named & {
      readonly shortcut?: string | undefined;
      readonly disabled?: boolean;
      readonly danger?: boolean;
      /** Present: the entry is one of a choice, and this one is or is not taken. */
      readonly checked?: boolean | undefined;
      readonly onSelect: () => void;
    })
  | (Named & { readonly entries: readonly MenuEntry[] })
  | 'separator';

/** A list may hold separators at its ends or doubled, as when entries are left out: they are dropped. */
function tidy(entries: readonly MenuEntry[]): MenuEntry[] {
  return entries.filter(
    (entry, i) =>
      entry !== 'separator' || (i > 0 && entries[i - 1] !== 'separator' && i < entries.length - 1),
  );
}

/** A function is asked when the menu opens, for what depends on the moment. */
export type MenuEntries = readonly MenuEntry[] | (() => readonly MenuEntry[]);

function Entries({ entries }: { readonly entries: MenuEntries }) {
  return tidy(typeof entries === 'function' ? entries() : entries).map((entry, i) => {
    if (entry === 'separator')
      // biome-ignore lint/suspicious/noArrayIndexKey: separators have no identity of their own
      return <Base.Separator key={`separator-${i}`} className={styles.separator} />;
    if ('entries' in entry) return <Submenu key={entry.id} {...entry} />;
    return (
      <Base.Item
        key={entry.id}
        disabled={entry.disabled ?? false}
        onClick={entry.onSelect}
        className={cx(styles.item, entry.danger && styles.danger)}
        {...(entry.checked === undefined ? {} : { role: 'menuitemradio', 'aria-checked': entry.checked })}
      >
        <span className={styles.icon}>{entry.icon ?? (entry.checked && <Check size={14} />)}</span>
        <span className={styles.text}>{entry.label}</span>
        {entry.checked && entry.icon ? <Check size={14} aria-hidden="true" /> : null}
        {entry.shortcut ? (
          <span className={styles.shortcut}>
            <Kbd keys={entry.shortcut} />
          </span>
        ) : null}
      </Base.Item>
    );
  });
}

function Submenu({ label, icon, entries }: Named & { readonly entries: readonly MenuEntry[] }) {
  return (
    <Base.SubmenuRoot>
      <Base.SubmenuTrigger className={styles.item}>
        <span className={styles.icon}>{icon}</span>
        <span className={styles.text}>{label}</span>
        <ChevronRight size={14} className={styles.more} aria-hidden="true" />
      </Base.SubmenuTrigger>
      <Base.Portal>
        <Base.Positioner sideOffset={2} alignOffset={-5} className={styles.positioner}>
          <Base.Popup className={styles.popup}>
            <Entries entries={entries} />
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.SubmenuRoot>
  );
}

export interface MenuProps {
  readonly entries: MenuEntries;
  readonly align?: 'start' | 'center' | 'end';
  /** The button that opens the menu; it receives the trigger's props. */
  readonly children: ReactElement<Record<string, unknown>>;
}

export function Menu({ entries, align = 'end', children }: MenuProps) {
  return (
    <Base.Root>
      <Base.Trigger render={children} />
      <Base.Portal>
        <Base.Positioner align={align} sideOffset={4} collisionPadding={8} className={styles.positioner}>
          <Base.Popup className={styles.popup}>
            <Entries entries={entries} />
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface PointMenuProps {
  /** The menu's name: nothing else says what it is of. */
  readonly label: string;
  /** In CSS px from the window's corner; undefined: closed. */
  readonly at: Point | undefined;
  readonly entries: MenuEntries;
  readonly onClose: () => void;
}

export function PointMenu({ label, at, entries, onClose }: PointMenuProps) {
  const anchor = { getBoundingClientRect: () => DOMRect.fromRect({ x: at?.x ?? 0, y: at?.y ?? 0 }) };
  return (
    <Base.Root open={at !== undefined} onOpenChange={(open) => !open && onClose()}>
      <Base.Portal>
        <Base.Positioner
          anchor={anchor}
          align="start"
          sideOffset={2}
          collisionPadding={8}
          className={styles.positioner}
        >
          <Base.Popup aria-label={label} className={styles.popup}>
            <Entries entries={entries} />
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
