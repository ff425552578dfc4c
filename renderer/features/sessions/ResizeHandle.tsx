/** The edge of a column header by which it is made wider; a double click gives it back its first width. For the pointer; keys have Shift and arrows. */
import { type PointerEvent, useRef } from 'react';
import { resized } from './column-layout.ts';
import type { ColumnId } from './columns.ts';
import styles from './SessionGrid.module.css';
import { arrange, columnLayout, drag } from './use-columns.ts';

export function ResizeHandle({ column }: { readonly column: ColumnId }) {
  const from = useRef<{ x: number; width: number } | undefined>(undefined);
  const onPointerDown = (event: PointerEvent<HTMLElement>) => {
    event.preventDefault();
    event.currentTarget.setPointerCapture(event.pointerId);
    const width = event.currentTarget.parentElement?.getBoundingClientRect().width ?? 0;
    from.current = { x: event.clientX, width };
  };
  const onPointerMove = (event: PointerEvent) => {
    if (from.current === undefined) return;
    drag(resized(columnLayout(), column, from.current.width + event.clientX - from.current.x));
  };
  return (
    <span
      aria-hidden="true"
      className={styles.resize}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={() => {
        from.current = undefined;
        arrange(columnLayout());
      }}
      onDoubleClick={() =>
        arrange(columnLayout().map((one) => (one.id === column ? { id: one.id, shown: one.shown } : one)))
      }
    />
  );
}
