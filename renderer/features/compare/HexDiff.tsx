/** Two bodies byte by byte, side by side; bytes that differ are set off. */
import { useVirtualizer } from '@tanstack/react-virtual';
import { useMemo, useRef } from 'react';
import { cx } from '../../ui/cx.ts';
import { hexRow, offsetDigits, rowCount } from '../../views/hex/hex-rows.ts';
import { BYTES_A_ROW, byteDifference } from './byte-rows.ts';
import styles from './Diff.module.css';
import { compareText } from './text.ts';

const ROW_HEIGHT = 20;
/** Browsers cap an element's height. */
const MOST_ROWS = 800_000;

export interface HexDiffProps {
  readonly a: Uint8Array;
  readonly b: Uint8Array;
  readonly onlyDifferences: boolean;
}

export function HexDiff({ a, b, onlyDifferences }: HexDiffProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const difference = useMemo(() => byteDifference(a, b), [a, b]);
  const size = Math.max(a.length, b.length);
  const digits = offsetDigits(size);
  const count = onlyDifferences ? difference.rows.length : rowCount(size, BYTES_A_ROW);
  const virtual = useVirtualizer({
    count: Math.min(count, MOST_ROWS),
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 20,
  });
  return (
    <>
      <p className={styles.note}>
        {difference.bytes === 0
          ? compareText.bytesEqual(size)
          : compareText.bytesDiffer(difference.bytes, difference.first)}
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard */}
      <section ref={scroller} className={styles.scroller} aria-label={compareText.bytes} tabIndex={0}>
        <div className={cx(styles.rows, styles.dump)} style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map(({ index, start }) => {
            const row = onlyDifferences ? (difference.rows[index] ?? 0) : index;
            return (
              <div key={index} className={styles.byteRow} style={{ transform: `translateY(${start}px)` }}>
                <span className={styles.number}>
                  {(row * BYTES_A_ROW).toString(16).padStart(digits, '0')}
                </span>
                <Bytes bytes={a} other={b} row={row} side="a" />
                <Bytes bytes={b} other={a} row={row} side="b" />
              </div>
            );
          })}
        </div>
      </section>
    </>
  );
}

interface BytesProps {
  readonly bytes: Uint8Array;
  readonly other: Uint8Array;
  readonly row: number;
  readonly side: 'a' | 'b';
}

function Bytes({ bytes, other, row, side }: BytesProps) {
  const { cells } = hexRow(bytes, 0, row, BYTES_A_ROW, 8);
  const differs = (i: number) => bytes[row * BYTES_A_ROW + i] !== other[row * BYTES_A_ROW + i];
  return (
    <span className={styles.bytes} data-side={side}>
      <span className={styles.hex}>
        {cells.map((cell, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a byte has no identity but its place
          <span key={i} className={cx(differs(i) && styles.differs)}>
            {cell.hex}
          </span>
        ))}
      </span>
      <span className={styles.chars} aria-hidden="true">
        {cells.map((cell, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a byte has no identity but its place
          <span key={i} className={cx(differs(i) && styles.differs)}>
            {cell.char}
          </span>
        ))}
      </span>
    </span>
  );
}
