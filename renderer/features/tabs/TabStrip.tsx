/** The tabs: one of them in the tab order, arrows go from one to the next, Alt moves it, F2 names it, Delete closes it. */
import { Plus, X } from 'lucide-react';
import { type DragEvent, type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { isNarrow } from '../../state/scope.ts';
import { useSessions } from '../../state/sessions.ts';
import { MOST_TABS, type Tab, tabName, tabsNow, useTabs } from '../../state/tabs.ts';
import { cx } from '../../ui/cx.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { focusGrid, GRID_ID } from '../sessions/filter-actions.ts';
import styles from './TabStrip.module.css';
import { tabsText } from './text.ts';

const DRAGGED = 'application/x-sluice-tab';
const nameOf = (tab: Tab) =>
  tabName(tab) === '…' || (tabName(tab) === undefined && isNarrow(tab.view.scope))
    ? tabsText.part
    : (tabName(tab) ?? tabsText.all);

export function TabStrip() {
  const state = useTabs();
  const { shown, show, close, move, add, setRenaming, renaming } = state;
  // The name of the tab that is shown follows what it shows.
  useSessions((now) => now.filter);
  const tabs = tabsNow(state);
  const list = useRef<HTMLDivElement>(null);
  const focusing = useRef(false);
  useEffect(() => {
    const tab = list.current?.querySelector<HTMLElement>(`[data-tab="${shown}"]`);
    tab?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    if (focusing.current) tab?.focus();
    focusing.current = false;
  }, [shown]);

  const onKeyDown = (event: KeyboardEvent) => {
    if (renaming !== undefined || event.ctrlKey || event.metaKey) return;
    const at = tabs.findIndex(({ id }) => id === shown);
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    const to = { Home: 0, End: tabs.length - 1 }[event.key] ?? (step === undefined ? undefined : at + step);
    if (step !== undefined && event.altKey) move(shown, step);
    else if (to !== undefined && !event.altKey) {
      focusing.current = true;
      const next = tabs.at(to % tabs.length);
      if (next) show(next.id);
    } else if (event.key === 'Delete') {
      focusing.current = true;
      close(shown);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const onDrop = (event: DragEvent, target: number) => {
    const id = Number(event.dataTransfer.getData(DRAGGED));
    const from = tabs.findIndex((tab) => tab.id === id);
    if (from < 0) return;
    event.preventDefault();
    move(id, tabs.findIndex((tab) => tab.id === target) - from);
  };

  return (
    <div className={styles.strip}>
      <div ref={list} role="tablist" aria-label={tabsText.list} className={styles.list} onKeyDown={onKeyDown}>
        {tabs.map((tab) =>
          tab.id === renaming ? (
            <NameInput key={tab.id} tab={tab} />
          ) : (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the list takes the keys
            <div
              key={tab.id}
              role="tab"
              data-tab={tab.id}
              aria-selected={tab.id === shown}
              aria-controls={GRID_ID}
              tabIndex={tab.id === shown ? 0 : -1}
              title={nameOf(tab)}
              draggable
              className={cx(styles.tab, tab.id === shown && styles.shown)}
              onClick={() => show(tab.id)}
              onDoubleClick={() => setRenaming(tab.id)}
              onAuxClick={(event) => event.button === 1 && close(tab.id)}
              onDragStart={(event) => event.dataTransfer.setData(DRAGGED, String(tab.id))}
              onDragOver={(event) => event.dataTransfer.types.includes(DRAGGED) && event.preventDefault()}
              onDrop={(event) => onDrop(event, tab.id)}
            >
              <span className={styles.name}>{nameOf(tab)}</span>
              {tabs.length > 1 ? (
                // Delete does the same; a button inside of a tab would be none to screen readers.
                <span
                  aria-hidden="true"
                  className={styles.close}
                  title={tabsText.close(nameOf(tab))}
                  onClick={(event) => {
                    event.stopPropagation();
                    close(tab.id);
                  }}
                >
                  <X size={12} />
                </span>
              ) : null}
            </div>
          ),
        )}
      </div>
      <IconButton
        label={tabsText.add}
        shortcut="Alt+T"
        size="small"
        disabled={tabs.length >= MOST_TABS}
        onClick={() => {
          add();
          focusGrid();
        }}
      >
        <Plus size={14} />
      </IconButton>
    </div>
  );
}

function NameInput({ tab }: { readonly tab: Tab }) {
  const { rename, setRenaming } = useTabs();
  const [name, setName] = useState(tabName(tab) ?? '');
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => input.current?.select(), []);
  return (
    <input
      ref={input}
      aria-label={tabsText.name}
      className={styles.input}
      maxLength={60}
      spellCheck={false}
      value={name}
      onChange={(event) => setName(event.target.value)}
      onBlur={() => rename(tab.id, name)}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' && event.key !== 'Escape') return;
        event.preventDefault();
        if (event.key === 'Enter') rename(tab.id, name);
        else setRenaming(undefined);
        focusGrid();
      }}
    />
  );
}
