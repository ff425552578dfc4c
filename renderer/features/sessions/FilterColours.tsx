/** The filter's text in the colours of its parts, under the clear letters of the input; the place that is wrong is underlined. */
import type { Ref } from 'react';
import type { FilterProblem } from '#model/filter/ast.ts';
import { cx } from '../../ui/cx.ts';
import styles from './FilterBar.module.css';
import { filterTokens, splitAt } from './filter-tokens.ts';

export interface FilterColoursProps {
  readonly ref: Ref<HTMLDivElement>;
  readonly text: string;
  readonly problem: FilterProblem | undefined;
}

export function FilterColours({ ref, text, problem }: FilterColoursProps) {
  const pieces = splitAt(filterTokens(text), problem?.start ?? 0, problem?.end ?? 0);
  return (
    <div ref={ref} className={styles.colours} aria-hidden="true">
      {pieces.map(({ kind, text: piece, within }, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one text have no identity but their place
        <span key={i} className={cx(styles[kind], within && styles.wrong)}>
          {piece}
        </span>
      ))}
    </div>
  );
}
