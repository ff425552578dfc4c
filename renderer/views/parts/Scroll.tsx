/** A part that scrolls, and can be scrolled by keyboard. */
import type { ReactNode } from 'react';
import styles from './Scroll.module.css';

export interface ScrollProps {
  /** The region's accessible name. */
  readonly label: string;
  readonly children: ReactNode;
}

export function Scroll({ label, children }: ScrollProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
    <section className={styles.scroll} aria-label={label} tabIndex={0}>
      {children}
    </section>
  );
}
