/** A main pane with a narrow one at its left that can be absent; the divider between them drags, and moves with the arrow keys. */
import type { ReactNode } from 'react';
import { Group, Panel, Separator, useDefaultLayout } from 'react-resizable-panels';
import { layoutStorage } from '../state/preferences.ts';
import { cx } from './cx.ts';
import styles from './SplitPane.module.css';

export interface SidePaneProps {
  readonly id: string;
  /** Absent: the main pane has all the room, and stays what it was. */
  readonly side?: ReactNode;
  /** px at first, and within what. */
  readonly size: number;
  readonly min: number;
  readonly max: number;
  readonly children: ReactNode;
}

export function SidePane({ id, side, size, min, max, children }: SidePaneProps) {
  const both = side !== undefined;
  const { defaultLayout, onLayoutChanged } = useDefaultLayout({
    id,
    panelIds: both ? ['side', 'main'] : ['main'],
    storage: layoutStorage,
    onlySaveAfterUserInteractions: true,
  });
  return (
    <Group
      id={id}
      className={styles.group}
      {...(defaultLayout ? { defaultLayout } : {})}
      onLayoutChanged={onLayoutChanged}
    >
      {both ? (
        <Panel
          key="side"
          id="side"
          defaultSize={size}
          minSize={min}
          maxSize={max}
          groupResizeBehavior="preserve-pixel-size"
          className={styles.panel}
        >
          {side}
        </Panel>
      ) : null}
      {both ? <Separator key="separator" className={cx(styles.separator, styles.horizontal)} /> : null}
      <Panel key="main" id="main" className={styles.panel}>
        {children}
      </Panel>
    </Group>
  );
}
