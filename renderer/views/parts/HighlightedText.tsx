/** Text with ranges marked, for heads and excerpts. The ranges are in the text's own units and must not overlap. */
import { useEffect, useRef } from 'react';
import { visibleText } from '../content/display-text.ts';
import styles from './HighlightedText.module.css';

export interface TextMark {
  readonly start: number;
  readonly end: number;
  /** Scrolled to when it appears. */
  readonly focused?: boolean;
}

export interface HighlightedTextProps {
  readonly text: string;
  readonly marks: readonly TextMark[];
}

export function HighlightedText({ text, marks }: HighlightedTextProps) {
  const focused = useRef<HTMLElement>(null);
  const key = marks.map((mark) => `${mark.start}-${mark.end}-${mark.focused === true}`).join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new set of marks is what asks for scrolling
  useEffect(() => {
    focused.current?.scrollIntoView({ block: 'center' });
  }, [key]);
  const sorted = marks.filter((mark) => mark.end > mark.start).toSorted((a, b) => a.start - b.start);
  const pieces = sorted.flatMap((mark, i) => [
    visibleText(text.slice(sorted[i - 1]?.end ?? 0, mark.start)),
    <mark key={mark.start} ref={mark.focused === true ? focused : null} className={styles.mark}>
      {visibleText(text.slice(mark.start, mark.end))}
    </mark>,
  ]);
  return (
    <bdi>
      {pieces}
      {visibleText(text.slice(sorted.at(-1)?.end ?? 0))}
    </bdi>
  );
}
