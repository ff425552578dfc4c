/** The inspector's tabs; those that do not fit are in a menu at the end of the row, and none is ever cut off. */
import { ChevronsRight } from 'lucide-react';
import { type ReactNode, useLayoutEffect, useRef, useState } from 'react';
import type { InspectorTab } from '../../state/inspector.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { Menu } from '../../ui/Menu.tsx';
import { Tabs } from '../../ui/Tabs.tsx';
import styles from './Inspector.module.css';
import { type ApplicableTab, fittingTabs } from './tabs.ts';
import { inspectorText, TAB_LABELS } from './text.ts';

/** The list's own padding, and the room that the menu's button takes, in px. */
const LIST_PADDING = 24;
const MORE_WIDTH = 30;

export interface OverflowTabsProps {
  readonly tabs: readonly ApplicableTab[];
  readonly value: InspectorTab;
  readonly onChange: (tab: InspectorTab) => void;
  readonly children: (tab: InspectorTab) => ReactNode;
}

export function OverflowTabs({ tabs, value, onChange, children }: OverflowTabsProps) {
  const measure = useRef<HTMLDivElement>(null);
  const [shown, setShown] = useState<readonly number[]>([]);
  const active = tabs.findIndex((tab) => tab.id === value);
  const key = tabs.map((tab) => `${tab.id}${tab.count ?? ''}`).join();

  // biome-ignore lint/correctness/useExhaustiveDependencies: `key` says what the tabs look like
  useLayoutEffect(() => {
    const element = measure.current;
    const room = element?.parentElement;
    if (!element || !room) return;
    const refit = () => {
      const widths = [...element.children].map((child) => child.getBoundingClientRect().width + 2);
      setShown(fittingTabs(widths, room.clientWidth - LIST_PADDING, MORE_WIDTH, active));
    };
    refit();
    const observer = new ResizeObserver(refit);
    observer.observe(room);
    void document.fonts.ready.then(refit);
    return () => observer.disconnect();
  }, [key, active]);

  const visible = tabs.filter((_, i) => shown.includes(i) || i === active);
  const rest = tabs.filter((tab) => !visible.includes(tab));
  return (
    <>
      <div ref={measure} className={styles.measure} aria-hidden="true">
        {tabs.map(({ id, count }) => (
          <span key={id} className={styles.measured}>
            {TAB_LABELS[id]}
            {count === undefined ? null : <span className={styles.count}>{count}</span>}
          </span>
        ))}
      </div>
      <Tabs
        label={inspectorText.tabs}
        tabs={visible.map(({ id, count }) => ({ id, label: TAB_LABELS[id], count }))}
        value={value}
        onChange={onChange}
        className={styles.tabs ?? ''}
        trailing={
          rest.length === 0 ? null : (
            <Menu
              entries={rest.map(({ id, count }) => ({
                id,
                label: count === undefined ? TAB_LABELS[id] : `${TAB_LABELS[id]} (${count})`,
                onSelect: () => onChange(id),
              }))}
            >
              <IconButton label={inspectorText.moreTabs} size="small">
                <ChevronsRight size={15} />
              </IconButton>
            </Menu>
          )
        }
      >
        {children}
      </Tabs>
    </>
  );
}
