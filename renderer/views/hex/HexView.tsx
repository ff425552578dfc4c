/** A body as hex dump: virtual rows over ranges that are read when they come into sight, so a body of any size can be looked through. */
import { useVirtualizer } from '@tanstack/react-virtual';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useApp } from '../../app.ts';
import { cx } from '../../ui/cx.ts';
import type { BodyRef } from '../body/body-ranges.ts';
import styles from './HexView.module.css';
import { type ByteRange, hexRow, offsetDigits, rowCount } from './hex-rows.ts';

const ROW_HEIGHT = 20;
/** Rows that one scroller can hold; browsers cap an element's height. What lies beyond is reached by downloading. */
const MOST_ROWS = 800_000;
const PAGE = 64 * 1024;
/** Width in px below which a row holds 8 bytes. */
const NARROW = 620;
const NO_MARKS: readonly (ByteRange & { readonly focused?: boolean })[] = [];

export interface HexViewProps {
  readonly total: number;
  /** Reads pages when they are needed; absent: `bytes` is everything. */
  readonly source?: BodyRef | undefined;
  readonly bytes?: Uint8Array | undefined;
  readonly marks?: readonly (ByteRange & { readonly focused?: boolean })[];
  readonly label: string;
}

function usePages(source: BodyRef | undefined, bytes: Uint8Array | undefined) {
  const { rpc } = useApp();
  const key = source === undefined ? '' : `${source.id} ${source.side} ${source.decoded}`;
  const pages = useRef({ key, map: new Map<number, Uint8Array | 'asked'>() });
  const [, redraw] = useState(0);
  if (pages.current.key !== key) pages.current = { key, map: new Map() };
  return useCallback(
    (page: number): Uint8Array | undefined => {
      const start = page * PAGE;
      if (bytes !== undefined && bytes.length >= start + PAGE) return bytes.subarray(start, start + PAGE);
      if (source === undefined) return bytes?.subarray(start, start + PAGE);
      const { map } = pages.current;
      const have = map.get(page);
      if (have !== undefined) return have === 'asked' ? undefined : have;
      map.set(page, 'asked');
      rpc.call('sessions.body', { ...source, start, end: start + PAGE }).then(
        ({ data }) => {
          map.set(page, data);
          redraw((n) => n + 1);
        },
        // Asked again when it next comes into sight.
        () => map.delete(page),
      );
      return undefined;
    },
    [rpc, source, bytes],
  );
}

export function HexView({ total, source, bytes, marks = NO_MARKS, label }: HexViewProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(16);
  const page = usePages(source, bytes);
  const digits = offsetDigits(total);
  const rows = Math.min(rowCount(total, width), MOST_ROWS);
  const virtual = useVirtualizer({
    count: rows,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 12,
  });

  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const observer = new ResizeObserver(() => setWidth(element.clientWidth < NARROW ? 8 : 16));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  const focused = marks.find((mark) => mark.focused === true) ?? marks[0];
  const focusRow = focused === undefined ? -1 : Math.floor(focused.start / width);
  useEffect(() => {
    if (focusRow >= 0) virtual.scrollToIndex(focusRow, { align: 'center' });
  }, [focusRow, virtual]);

  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
    <section ref={scroller} className={styles.scroller} aria-label={label} tabIndex={0}>
      <div className={styles.rows} style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ index, start }) => {
          const pageIndex = Math.floor((index * width) / PAGE);
          const base = pageIndex * PAGE;
          const data = page(pageIndex);
          const inRow = marks.find((mark) => mark.start < (index + 1) * width && mark.end > index * width);
          const row = hexRow(data ?? new Uint8Array(), base, index, width, digits, inRow);
          return (
            <div key={index} className={styles.row} style={{ transform: `translateY(${start}px)` }}>
              <span className={styles.offset}>{row.offset}</span>
              <span className={styles.hex} style={{ width: `${width * 3 + (width > 8 ? 1 : 0)}ch` }}>
                {row.cells.map((cell, i) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: a byte has no identity but its place
                  <span key={i} className={cx(cell.marked && styles.marked, i === 8 && styles.half)}>
                    {`${cell.hex} `}
                  </span>
                ))}
              </span>
              <span className={styles.chars} aria-hidden="true">
                {row.cells.map((cell, i) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: a byte has no identity but its place
                  <span key={i} className={cx(cell.marked && styles.marked, cell.char === '·' && styles.dot)}>
                    {cell.char}
                  </span>
                ))}
              </span>
            </div>
          );
        })}
      </div>
    </section>
  );
}
