/** A short word or number in a tinted box. Colour only repeats what the text says. */
import type { ReactNode } from 'react';
import styles from './Badge.module.css';
import { cx } from './cx.ts';

export type Tone = 'neutral' | 'ok' | 'info' | 'warn' | 'err' | 'violet' | 'accent';

export interface BadgeProps {
  readonly tone?: Tone;
  readonly className?: string | undefined;
  readonly children: ReactNode;
}

export function Badge({ tone = 'neutral', className, children }: BadgeProps) {
  return <span className={cx(styles.badge, styles[tone], className)}>{children}</span>;
}
