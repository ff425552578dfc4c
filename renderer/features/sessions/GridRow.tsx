/** One row of the grid. Memoised: while rows stream in, those already drawn are not drawn again. */
import { memo } from 'react';
import type { SessionRow } from '#model/session.ts';
import { cx } from '../../ui/cx.ts';
import { Cells } from './Cells.tsx';
import type { ShownColumn } from './column-layout.ts';
import type { OwnTexts } from './own-columns.ts';
import styles from './SessionGrid.module.css';
import type { TimeSpan } from './waterfall.ts';

export interface GridRowProps {
  /** Undefined while the host has not sent it yet. */
  readonly row: SessionRow | undefined;
  readonly index: number;
  /** Physical pixels from the canvas's top. */
  readonly top: number;
  readonly selected: boolean;
  readonly cursor: boolean;
  readonly columns: readonly ShownColumn[];
  readonly span: TimeSpan;
  readonly own: OwnTexts | undefined;
}

export const GridRow = memo(function GridRow(props: GridRowProps) {
  const { row, index, top, selected, cursor, columns, span, own } = props;
  return (
    <div
      role="row"
      id={`session-row-${index}`}
      data-index={index}
      aria-rowindex={index + 2}
      aria-selected={selected}
      aria-busy={row === undefined}
      className={cx(styles.row, selected && styles.selected, cursor && styles.cursor)}
      style={{ transform: `translateY(${top}px)` }}
    >
      {row ? <Cells row={row} columns={columns} span={span} own={own} /> : <Placeholder />}
    </div>
  );
});

function Placeholder() {
  return (
    <span role="gridcell" className={styles.placeholder}>
      <span className="visually-hidden">…</span>
    </span>
  );
}
