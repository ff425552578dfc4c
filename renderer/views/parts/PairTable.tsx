/** Names and values of captured fields in the order in which they were sent; each value can be copied. */
import { type MouseEvent, type ReactNode, useState } from 'react';
import { type MenuEntry, type Point, PointMenu } from '../../ui/Menu.tsx';
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
  /** What else can be done with a value: by a right click, or by the Menu key beside it. */
  readonly menuOf?: (pair: Pair) => readonly MenuEntry[];
}

interface OpenMenu {
  readonly at: Point;
  readonly entries: readonly MenuEntry[];
}

export function PairTable({ label, pairs, copyLabel, menuOf }: PairTableProps) {
  const [menu, setMenu] = useState<OpenMenu>();
  const onContextMenu = (event: MouseEvent<HTMLElement>, pair: Pair) => {
    const entries = menuOf?.(pair) ?? [];
    // A selected text has the browser's own menu.
    if (entries.length === 0 || getSelection()?.isCollapsed === false) return;
    event.preventDefault();
    const { left, bottom } = event.currentTarget.getBoundingClientRect();
    setMenu({
      entries,
      at: event.clientX > 0 ? { x: event.clientX, y: event.clientY } : { x: left + 24, y: bottom },
    });
  };
  return (
    <>
      <table className={styles.table} aria-label={label}>
        <tbody>
          {pairs.map((pair, i) => {
            const { name, value, detail, struck } = pair;
            return (
              // biome-ignore lint/suspicious/noArrayIndexKey: duplicates are told apart by their place alone
              <tr key={i} data-struck={struck} onContextMenu={(event) => onContextMenu(event, pair)}>
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
            );
          })}
        </tbody>
      </table>
      {menuOf ? (
        <PointMenu
          label={label}
          at={menu?.at}
          entries={menu?.entries ?? []}
          onClose={() => setMenu(undefined)}
        />
      ) : null}
    </>
  );
}
