/** The list of sessions: rows by windows from the host, one cursor, a selection, and the newest rows in sight while the user is there. */
import { type KeyboardEvent, type MouseEvent, useEffect, useState } from 'react';
import { cursorAfterKey } from '../../state/selection.ts';
import { useSessions } from '../../state/sessions.ts';
import { sessionsText } from '../../text/sessions.ts';
import { Button } from '../../ui/Button.tsx';
import { GridHeader } from './GridHeader.tsx';
import { GridRow } from './GridRow.tsx';
import {
  canvasHeight,
  nextWindow,
  ROW_HEIGHT,
  type RowWindow,
  revealRow,
  visibleRange,
} from './grid-math.ts';
import styles from './SessionGrid.module.css';
import { useCursor } from './use-cursor.ts';
import { useRows } from './use-rows.ts';
import { useScroll } from './use-scroll.ts';

const OVERSCAN = 6;

function growthOf(by: string, descending: boolean) {
  if (by !== 'id') return 'anywhere' as const;
  return descending ? ('start' as const) : ('end' as const);
}

export function SessionGrid() {
  const { matched, order, filter, selection } = useSessions();
  const [window, setWindow] = useState<RowWindow>({ offset: 0, limit: 320 });
  const cache = useRows(window);
  const list = JSON.stringify([filter, order]);
  const scroll = useScroll(matched, growthOf(order.by, order.descending), list);
  const moveTo = useCursor(cache);
  const { geometry, virtual, physical } = scroll;
  const [first, end] = visibleRange(virtual, geometry, OVERSCAN);

  useEffect(() => {
    setWindow((current) => nextWindow(current, [first, end], matched));
  }, [first, end, matched]);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const page = Math.max(1, Math.floor(geometry.viewport / ROW_HEIGHT) - 1);
    const to = cursorAfterKey(event.key, selection.cursor, matched, page);
    if (to === undefined) return;
    event.preventDefault();
    moveTo(to, event.shiftKey && event.key.length > 1 ? 'range' : 'one');
    scroll.scrollTo(revealRow(to, virtual, geometry));
  };
  const onClick = (event: MouseEvent) => {
    const row = event.target instanceof Element ? event.target.closest('[data-index]') : null;
    if (!(row instanceof HTMLElement)) return;
    const mode = event.shiftKey ? 'range' : event.ctrlKey || event.metaKey ? 'toggle' : 'one';
    moveTo(Number(row.dataset.index), mode);
  };

  const rows = Array.from({ length: end - first }, (_, i) => first + i);
  return (
    <div
      role="grid"
      aria-label={sessionsText.grid}
      aria-rowcount={matched + 1}
      aria-multiselectable="true"
      aria-activedescendant={selection.cursor >= 0 ? `session-row-${selection.cursor}` : undefined}
      tabIndex={0}
      data-grid-keys=""
      className={styles.grid}
      onKeyDown={onKeyDown}
    >
      <GridHeader />
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the grid around it takes the keys */}
      <div
        role="rowgroup"
        ref={scroll.scroller}
        className={styles.scroller}
        onScroll={scroll.onScroll}
        onClick={onClick}
      >
        <div role="presentation" className={styles.canvas} style={{ height: canvasHeight(geometry) }}>
          {rows.map((index) => {
            const row = cache.rowAt(index);
            return (
              <GridRow
                key={index}
                row={row}
                index={index}
                top={index * ROW_HEIGHT - virtual + physical}
                selected={row !== undefined && selection.ids.has(row.id)}
                cursor={index === selection.cursor}
              />
            );
          })}
        </div>
      </div>
      {scroll.unseen > 0 ? (
        <Button size="small" className={styles.newest} onClick={scroll.scrollToNewest}>
          {sessionsText.newBelow(scroll.unseen)} ↓
        </Button>
      ) : null}
    </div>
  );
}
