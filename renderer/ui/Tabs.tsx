/** Tabs with an underline; panels of tabs not shown are not mounted. A `count` stands small beside the label. */
import { Tabs as Base } from '@base-ui/react/tabs';
import type { ReactNode } from 'react';
import { cx } from './cx.ts';
import styles from './Tabs.module.css';

export interface Tab<T extends string> {
  readonly id: T;
  readonly label: string;
  readonly count?: number | undefined;
  readonly disabled?: boolean;
}

export interface TabsProps<T extends string> {
  readonly label: string;
  readonly tabs: readonly Tab<T>[];
  readonly value: T;
  readonly onChange: (id: T) => void;
  /** What stands at the right end of the list. */
  readonly trailing?: ReactNode;
  readonly className?: string;
  /** Renders the panel of the tab shown. */
  readonly children: (id: T) => ReactNode;
}

export function Tabs<T extends string>(props: TabsProps<T>) {
  const { label, tabs, value, onChange, trailing, className, children } = props;
  return (
    <Base.Root className={cx(styles.root, className)} value={value} onValueChange={(id) => onChange(id as T)}>
      <div className={styles.bar}>
        <Base.List className={styles.list} aria-label={label} activateOnFocus>
          {tabs.map((tab) => (
            <Base.Tab key={tab.id} value={tab.id} disabled={tab.disabled ?? false} className={styles.tab}>
              {tab.label}
              {tab.count === undefined ? null : <span className={styles.count}>{tab.count}</span>}
            </Base.Tab>
          ))}
        </Base.List>
        {trailing}
      </div>
      <Base.Panel key={value} value={value} className={styles.panel}>
        {children(value)}
      </Base.Panel>
    </Base.Root>
  );
}
