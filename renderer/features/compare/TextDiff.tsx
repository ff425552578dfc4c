/** Two texts line by line, side by side; equal stretches are folded where only differences are wanted. Rows wrap, so none is cut off. */
import { useVirtualizer } from '@tanstack/react-virtual';
import { CircleCheck, Unplug } from 'lucide-react';
import { useMemo, useRef, useState } from 'react';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Spinner } from '../../ui/Progress.tsx';
import { HighlightedText } from '../../views/parts/HighlightedText.tsx';
import { Notice } from '../../views/parts/Notice.tsx';
import { Visible } from '../../views/parts/Visible.tsx';
import styles from './Diff.module.css';
import { foldSame, type Line, type LineRows, type ShownRow } from './line-rows.ts';
import type { TypedBody } from './protocol.ts';
import { compareText } from './text.ts';
import { useLines } from './use-lines.ts';

const LINE_HEIGHT = 20;
/** Characters of one line that are drawn; a minified file is one line. */
const MOST_DRAWN = 5000;

export interface TextDiffProps {
  readonly a: TypedBody;
  readonly b: TypedBody;
  readonly onlyDifferences: boolean;
}

export function TextDiff({ a, b, onlyDifferences }: TextDiffProps) {
  const { answer, error } = useLines(a, b, true);
  if (error)
    return (
      <EmptyState icon={<Unplug size={20} />} title={compareText.failedTitle}>
        {error.message}
      </EmptyState>
    );
  if (!answer)
    return (
      <div className={styles.waiting}>
        <Spinner label={compareText.reading} />
      </div>
    );
  const { lines, pretty } = answer;
  if (onlyDifferences && lines.rows.every(({ kind }) => kind === 'same'))
    return (
      <EmptyState icon={<CircleCheck size={20} />} title={compareText.equalTitle}>
        {compareText.equal}
      </EmptyState>
    );
  return (
    <>
      {lines.unrelated ? <Notice>{compareText.unrelated}</Notice> : null}
      {pretty ? <p className={styles.note}>{compareText.prettied}</p> : null}
      <Rows lines={lines} folded={onlyDifferences} />
    </>
  );
}

function Rows({ lines, folded }: { readonly lines: LineRows; readonly folded: boolean }) {
  const scroller = useRef<HTMLDivElement>(null);
  const [opened, setOpened] = useState<ReadonlySet<number>>(new Set());
  const rows = useMemo((): ShownRow[] => {
    if (!folded) return [...lines.rows];
    return foldSame(lines.rows).flatMap((row): ShownRow[] =>
      row.kind === 'fold' && opened.has(row.from) ? lines.rows.slice(row.from, row.from + row.count) : [row],
    );
  }, [lines, folded, opened]);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => LINE_HEIGHT,
    overscan: 20,
  });
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
    <section ref={scroller} className={styles.scroller} aria-label={compareText.lines} tabIndex={0}>
      <div className={styles.rows} style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ index, start }) => {
          const row = rows[index];
          return row === undefined ? null : (
            <div
              key={index}
              ref={virtual.measureElement}
              data-index={index}
              data-kind={row.kind}
              className={styles.row}
              style={{ transform: `translateY(${start}px)` }}
            >
              {row.kind === 'fold' ? (
                <button
                  type="button"
                  className={styles.fold}
                  onClick={() => setOpened((before) => new Set([...before, row.from]))}
                >
                  {compareText.fold(row.count)}
                </button>
              ) : (
                <>
                  <Side line={row.a} side="a" />
                  <Side line={row.b} side="b" />
                </>
              )}
            </div>
          );
        })}
      </div>
    </section>
  );
}

function Side({ line, side }: { readonly line: Line | undefined; readonly side: 'a' | 'b' }) {
  if (line === undefined) return <span className={styles.absent} data-side={side} />;
  const text = line.text.length > MOST_DRAWN ? `${line.text.slice(0, MOST_DRAWN)}…` : line.text;
  return (
    <span className={styles.line} data-side={side}>
      <span className={styles.number} aria-hidden="true">
        {line.number}
      </span>
      <span className={styles.text}>
        {line.spans.length > 0 ? (
          <HighlightedText text={text} marks={line.spans.map(([start, end]) => ({ start, end }))} />
        ) : (
          <Visible text={text} />
        )}
      </span>
    </span>
  );
}
