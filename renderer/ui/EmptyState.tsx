/** What stands where there is nothing yet: it says why and what to do next. */
import type { ReactNode } from 'react';
import { cx } from './cx.ts';
import styles from './EmptyState.module.css';

export interface EmptyStateProps {
  readonly icon?: ReactNode;
  readonly title: string;
  readonly children?: ReactNode;
  /** Something wider than text, as a line to copy. */
  readonly extra?: ReactNode;
  /** Buttons that do what the text says. */
  readonly actions?: ReactNode;
  readonly className?: string | undefined;
}

export function EmptyState({ icon, title, children, extra, actions, className }: EmptyStateProps) {
  return (
    <div className={cx(styles.empty, className)}>
      {icon ? <div className={styles.icon}>{icon}</div> : null}
      <p className={styles.title}>{title}</p>
      {children ? <div className={styles.text}>{children}</div> : null}
      {extra ? <div className={styles.extra}>{extra}</div> : null}
      {actions ? <div className={styles.actions}>{actions}</div> : null}
    </div>
  );
}
