/**
 * Column headers: sort by a click, resize at the edge, move by dragging, choose columns by the menu. One of them is in the tab order; arrow keys
 * reach the others, with Shift they resize, with Alt they move.
 */
import { ArrowDown, ArrowUp } from 'lucide-react';
import { type DragEvent, type KeyboardEvent, type MouseEvent, useState } from 'react';
import { useSessions } from '../../state/sessions.ts';
import { sessionsText } from '../../text/sessions.ts';
import { cx } from '../../ui/cx.ts';
import type { Point } from '../../ui/Menu.tsx';
import { SeverityIcon } from '../../ui/SeverityIcon.tsx';
import { toast } from '../../ui/toast.ts';
import { ColumnMenu } from './ColumnMenu.tsx';
import { moved, nudged, resized, type ShownColumn } from './column-layout.ts';
import { type Column, type ColumnId, fieldOf, isOwn } from './columns.ts';
import { ResizeHandle } from './ResizeHandle.tsx';
import styles from './SessionGrid.module.css';
import { arrange, columnLayout } from './use-columns.ts';

/** px for a press of an arrow key. */
const STEP = 8;
const DRAGGED = 'application/x-sluice-column';

export interface GridHeaderProps {
  readonly columns: readonly ShownColumn[];
}

/** How wide a header stands now, px. */
const widthOf = (button: Element) => button.parentElement?.getBoundingClientRect().width ?? 0;

export function GridHeader({ columns }: GridHeaderProps) {
  const [focused, setFocused] = useState<ColumnId>('id');
  const [target, setTarget] = useState<ColumnId | undefined>(undefined);
  const [menu, setMenu] = useState<Point | undefined>(undefined);
  const order = useSessions((state) => state.order);
  const sortBy = useSessions((state) => state.sortBy);
  const inOrder = columns.some(({ id }) => id === focused) ? focused : columns[0]?.id;

  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const step = { ArrowLeft: -1 as const, ArrowRight: 1 as const }[event.key];
    const button = event.target instanceof Element ? event.target.closest('button') : null;
    if (step === undefined || button === null || inOrder === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.shiftKey) arrange(resized(columnLayout(), inOrder, widthOf(button) + step * STEP));
    else if (event.altKey) arrange(nudged(columnLayout(), inOrder, step));
    else {
      const buttons = [...event.currentTarget.querySelectorAll('button')];
      buttons[buttons.indexOf(button) + step]?.focus();
    }
  };
  const onContextMenu = (event: MouseEvent<HTMLElement>) => {
    event.preventDefault();
    event.stopPropagation();
    const { left, bottom } = (event.target as Element).getBoundingClientRect();
    // From the keyboard there is no pointer.
    setMenu(event.clientX > 0 ? { x: event.clientX, y: event.clientY } : { x: left, y: bottom });
  };
  const onDrop = (event: DragEvent, before: ColumnId) => {
    const id = columns.find((one) => one.id === event.dataTransfer.getData(DRAGGED))?.id;
    setTarget(undefined);
    if (id === undefined) return;
    event.preventDefault();
    const after = columns.findIndex((one) => one.id === id) < columns.findIndex((one) => one.id === before);
    const next = columns[columns.findIndex((one) => one.id === before) + 1]?.id;
    arrange(moved(columnLayout(), id, after ? next : before));
  };

  return (
    <div role="rowgroup" className={styles.headGroup}>
      <div
        role="row"
        aria-rowindex={1}
        className={styles.head}
        onKeyDown={onKeyDown}
        onContextMenu={onContextMenu}
      >
        {columns.map((column) => {
          const sorted = column.sort !== undefined && order.by === column.sort;
          const direction = order.descending ? 'descending' : 'ascending';
          // The order of arrival is how a list is; only another one is worth showing.
          const shown = sorted && (column.sort !== 'id' || order.descending);
          const { sort, id } = column;
          return (
            <span
              key={id}
              role="columnheader"
              aria-sort={sorted ? direction : 'none'}
              className={cx(styles[id], column.numeric && styles.number, target === id && styles.target)}
              onDragOver={(event) => {
                if (!event.dataTransfer.types.includes(DRAGGED)) return;
                event.preventDefault();
                setTarget(id);
              }}
              onDragLeave={() => setTarget(undefined)}
              onDrop={(event) => onDrop(event, id)}
            >
              <button
                type="button"
                draggable
                className={shown ? styles.sorted : undefined}
                tabIndex={id === inOrder ? 0 : -1}
                title={
                  sort
                    ? sessionsText.sortHint(sessionsText.columnNames[id] ?? column.label)
                    : ((isOwn(id) ? fieldOf(id) : undefined) ?? column.label)
                }
                onFocus={() => setFocused(id)}
                onDragStart={(event) => event.dataTransfer.setData(DRAGGED, id)}
                onClick={() => {
                  if (sort) sortBy(sort);
                  else if (isOwn(id)) toast(sessionsText.noSort(column.label));
                }}
              >
                <Label column={column} />
                {shown ? <Arrow descending={order.descending} /> : null}
              </button>
              <ResizeHandle column={id} />
            </span>
          );
        })}
      </div>
      <ColumnMenu at={menu} onClose={() => setMenu(undefined)} />
    </div>
  );
}

function Label({ column }: { readonly column: Column }) {
  if (column.id === 'findings')
    return (
      <>
        <SeverityIcon severity="low" size={13} label="" />
        <span className="visually-hidden">{column.label}</span>
      </>
    );
  return <span className={styles.headLabel}>{column.label}</span>;
}

function Arrow({ descending }: { readonly descending: boolean }) {
  const Icon = descending ? ArrowDown : ArrowUp;
  return <Icon size={12} aria-hidden="true" />;
}
