/** Facts as name and value, aligned; those without a value are left out. */
import type { ReactNode } from 'react';
import styles from './Facts.module.css';
import { Visible } from './Visible.tsx';

export interface FactsProps {
  readonly facts: readonly (readonly [name: string, value: ReactNode])[];
}

export function Facts({ facts }: FactsProps) {
  return (
    <dl className={styles.facts}>
      {facts
        .filter(([, value]) => value !== undefined && value !== null && value !== '' && value !== false)
        .map(([name, value]) => (
          <div key={name} className={styles.fact}>
            <dt>{name}</dt>
            <dd>{typeof value === 'string' ? <Visible text={value} /> : value}</dd>
          </div>
        ))}
    </dl>
  );
}
