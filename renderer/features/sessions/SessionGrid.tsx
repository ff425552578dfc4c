/** The list of sessions: rows by windows from the host, one cursor, a selection, and the newest rows in sight while the user is there. */
import { ArrowDown, ArrowUp } from 'lucide-react';
import { type CSSProperties, type KeyboardEvent, type MouseEvent, useEffect, useRef, useState } from 'react';
import { runAction } from '../../actions/run.ts';
import { useApp } from '../../app.ts';
import { densityOf, usePreferences } from '../../state/preferences.ts';
import { cursorAfterKey } from '../../state/selection.ts';
import { useSessions } from '../../state/sessions.ts';
import { sessionsText } from '../../text/sessions.ts';
import { Button } from '../../ui/Button.tsx';
import { GRID_ID } from './filter-actions.ts';
import { GridHeader } from './GridHeader.tsx';
import { GridRow } from './GridRow.tsx';
import {
  canvasHeight,
  NEWEST_ROWS,
  nextWindow,
  ROW_HEIGHTS,
  type RowWindow,
  revealRow,
  visibleRange,
} from './grid-math.ts';
import { RowMenu, useRowMenu } from './RowMenu.tsx';
import styles from './SessionGrid.module.css';
import { useColumns } from './use-columns.ts';
import { useCursor } from './use-cursor.ts';
import { useOwnCells } from './use-own-cells.ts';
import { listName, useRows } from './use-rows.ts';
import { useScroll } from './use-scroll.ts';
import { useSpan } from './use-span.ts';
import { useWidth } from './use-width.ts';

const OVERSCAN = 6;

function growthOf(by: string, descending: boolean) {
  if (by !== 'id') return 'anywhere' as const;
  return descending ? ('start' as const) : ('end' as const);
}

/** Index of the row that an event happened on. */
function indexAt(event: MouseEvent): number | undefined {
  const row = event.target instanceof Element ? event.target.closest('[data-index]') : null;
  return row instanceof HTMLElement ? Number(row.dataset.index) : undefined;
}

export function SessionGrid() {
  const app = useApp();
  const { matched, order, filter, selection, moves } = useSessions();
  const rowHeight = ROW_HEIGHTS[usePreferences(densityOf)];
  const [window, setWindow] = useState<RowWindow>(NEWEST_ROWS);
  const cache = useRows(window);
  const list = listName({ filter, order });
  const growth = growthOf(order.by, order.descending);
  const scroll = useScroll({ count: matched, rowHeight, growth, list });
  const moveTo = useCursor(cache);
  const grid = useRef<HTMLDivElement>(null);
  const { columns, template } = useColumns(useWidth(grid));
  const { geometry, virtual, physical } = scroll;
  const [first, end] = visibleRange(virtual, geometry, OVERSCAN);

  const atEnd = growth === 'end' && scroll.following;
  useEffect(() => {
    setWindow((current) => (atEnd ? NEWEST_ROWS : nextWindow(current, [first, end], matched)));
  }, [atEnd, first, end, matched]);

  const shown = useRef(useSessions.getState().moves);
  const loaded = cache.shows(list);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the cursor comes into sight when somebody moved it, once, as soon as its list is there
  useEffect(() => {
    if (shown.current === moves || !loaded || selection.cursor < 0 || selection.cursor >= matched) return;
    shown.current = moves;
    scroll.scrollTo(revealRow(selection.cursor, virtual, geometry));
  }, [moves, loaded, matched, selection.cursor]);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const page = Math.max(1, Math.floor(geometry.viewport / rowHeight) - 1);
    const to = cursorAfterKey(event.key, selection.cursor, matched, page);
    if (to === undefined) return;
    event.preventDefault();
    moveTo(to, event.shiftKey && event.key.length > 1 ? 'range' : 'one');
  };
  const onClick = (event: MouseEvent) => {
    const index = indexAt(event);
    if (index === undefined) return;
    moveTo(index, event.shiftKey ? 'range' : event.ctrlKey || event.metaKey ? 'toggle' : 'one');
  };
  const onDoubleClick = (event: MouseEvent) => {
    if (indexAt(event) !== undefined) void runAction(app, app.actions.get('sessions.inspect'));
  };

  const menu = useRowMenu((index) => {
    const row = cache.rowAt(index);
    if (row && !selection.ids.has(row.id)) moveTo(index, 'one');
  });

  const rows = Array.from({ length: end - first }, (_, i) => first + i);
  const span = useSpan(columns, rows, cache);
  const own = useOwnCells(
    columns,
    rows.map((index) => cache.rowAt(index)),
  );
  const NewestIcon = growth === 'start' ? ArrowUp : ArrowDown;
  return (
    <>
      <div
        ref={grid}
        role="grid"
        id={GRID_ID}
        aria-label={sessionsText.grid}
        aria-rowcount={matched + 1}
        aria-multiselectable="true"
        aria-activedescendant={selection.cursor >= 0 ? `session-row-${selection.cursor}` : undefined}
        tabIndex={0}
        data-grid-keys=""
        className={styles.grid}
        style={{ '--columns': template } as CSSProperties}
        onKeyDown={onKeyDown}
        onContextMenu={menu.onContextMenu}
      >
        <GridHeader columns={columns} />
        {/* biome-ignore lint/a11y/useKeyWithClickEvents: the grid around it takes the keys */}
        <div
          role="rowgroup"
          ref={scroll.scroller}
          className={styles.scroller}
          onScroll={scroll.onScroll}
          onClick={onClick}
          onDoubleClick={onDoubleClick}
        >
          <div role="presentation" className={styles.canvas} style={{ height: canvasHeight(geometry) }}>
            {rows.map((index) => {
              const row = cache.rowAt(index);
              return (
                <GridRow
                  key={index}
                  row={row}
                  index={index}
                  top={index * rowHeight - virtual + physical}
                  selected={row !== undefined && selection.ids.has(row.id)}
                  cursor={index === selection.cursor}
                  columns={columns}
                  span={span}
                  own={row && own.get(row.id)}
                />
              );
            })}
          </div>
        </div>
        {scroll.unseen > 0 ? (
          <Button size="small" className={styles.newest} onClick={scroll.scrollToNewest}>
            {sessionsText.newBelow(scroll.unseen)}
            <NewestIcon size={13} aria-hidden="true" />
          </Button>
        ) : null}
      </div>
      <RowMenu at={menu.at} onClose={menu.onClose} />
    </>
  );
}
