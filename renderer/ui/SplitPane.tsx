/** Two panes with a divider that drags, and moves with the arrow keys. The sizes are remembered under `id`. */
import type { ReactNode } from 'react';
import { Group, Panel, Separator, useDefaultLayout } from 'react-resizable-panels';
import { layoutStorage } from '../state/preferences.ts';
import { cx } from './cx.ts';
import styles from './SplitPane.module.css';

export interface SplitPaneProps {
  readonly id: string;
  readonly direction?: 'horizontal' | 'vertical';
  readonly first: ReactNode;
  /** Absent: the first pane has all the room. */
  readonly second?: ReactNode;
  /** Size of the second pane at first, in px or as "40%". */
  readonly secondSize?: number | string;
  readonly minFirst?: number | string;
  readonly minSecond?: number | string;
  readonly className?: string;
}

export function SplitPane(props: SplitPaneProps) {
  const { id, direction = 'horizontal', first, second, className } = props;
  const { secondSize = '40%', minFirst = 240, minSecond = 240 } = props;
  const both = second !== undefined && second !== null && second !== false;
  const { defaultLayout, onLayoutChanged } = useDefaultLayout({
    id,
    panelIds: both ? ['first', 'second'] : ['first'],
    storage: layoutStorage,
    onlySaveAfterUserInteractions: true,
  });
  return (
    <Group
      id={id}
      orientation={direction}
      className={cx(styles.group, className)}
      {...(defaultLayout ? { defaultLayout } : {})}
      onLayoutChanged={onLayoutChanged}
    >
      <Panel id="first" minSize={minFirst} className={styles.panel}>
        {first}
      </Panel>
      {both ? (
        <>
          <Separator className={cx(styles.separator, styles[direction])} />
          <Panel
            id="second"
            defaultSize={secondSize}
            minSize={minSecond}
            groupResizeBehavior="preserve-pixel-size"
            className={styles.panel}
          >
            {second}
          </Panel>
        </>
      ) : null}
    </Group>
  );
}
