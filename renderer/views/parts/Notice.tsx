/** A line above a view that says something about it, with what can be done at its end. */
import type { ReactNode } from 'react';
import { cx } from '../../ui/cx.ts';
import styles from './Notice.module.css';

export interface NoticeProps {
  readonly tone?: 'info' | 'warn' | 'err';
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

export function Notice({ tone = 'info', actions, children }: NoticeProps) {
  return (
    <div className={cx(styles.notice, styles[tone])} role="note">
      <span className={styles.text}>{children}</span>
      {actions}
    </div>
  );
}
