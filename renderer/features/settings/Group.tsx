/** The frames of the Settings view: groups with a heading, and rows with words at the left and a control at the right. */
import { type ReactNode, useId } from 'react';
import styles from './Settings.module.css';

export function Group({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  const id = useId();
  return (
    <section className={styles.group} aria-labelledby={id}>
      <h2 id={id} className={styles.heading}>
        {title}
      </h2>
      <div className={styles.rows}>{children}</div>
    </section>
  );
}

export interface RowProps {
  readonly label: string;
  readonly help?: string | undefined;
  readonly children: ReactNode;
}

export function Row({ label, help, children }: RowProps) {
  return (
    <div className={styles.row}>
      <div className={styles.words}>
        <div className={styles.label}>{label}</div>
        {help === undefined ? null : <div className={styles.help}>{help}</div>}
      </div>
      <div className={styles.control}>{children}</div>
    </div>
  );
}
