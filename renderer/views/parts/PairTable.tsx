/** Names and values of captured fields in the order in which they were sent; each value can be copied. */
import type { ReactNode } from 'react';
import { CopyButton } from './CopyButton.tsx';
import { LongText } from './LongText.tsx';
import styles from './PairTable.module.css';
import { Visible } from './Visible.tsx';

export interface Pair {
  readonly name: string;
  readonly value: string;
  /** Stands under the value. */
  readonly detail?: ReactNode;
  /** Drawn through: it did not go on from here. `detail` says so in words. */
  readonly struck?: boolean;
}

export interface PairTableProps {
  /** The table's accessible name. */
  readonly label: string;
  readonly pairs: readonly Pair[];
  readonly copyLabel: (name: string) => string;
}

export function PairTable({ label, pairs, copyLabel }: PairTableProps) {
  return (
    <table className={styles.table} aria-label={label}>
      <tbody>
        {pairs.map(({ name, value, detail, struck }, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: duplicates are told apart by their place alone
          <tr key={i} data-struck={struck}>
            <th scope="row" className={styles.name}>
              <Visible text={name} />
            </th>
            <td className={styles.value}>
              <LongText text={value} />
              {detail ? <div className={styles.detail}>{detail}</div> : null}
            </td>
            <td className={styles.copy}>
              <CopyButton label={copyLabel(name)} text={() => value} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
