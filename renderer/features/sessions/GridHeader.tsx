/** Column headers that sort. One of them is in the tab order; the arrow keys reach the others. */
import { ArrowDown, ArrowUp } from 'lucide-react';
import { type KeyboardEvent, useState } from 'react';
import { useSessions } from '../../state/sessions.ts';
import { sessionsText } from '../../text/sessions.ts';
import { cx } from '../../ui/cx.ts';
import { SeverityIcon } from '../../ui/SeverityIcon.tsx';
import { COLUMNS, type Column } from './columns.ts';
import styles from './SessionGrid.module.css';

export function GridHeader() {
  const [focused, setFocused] = useState(0);
  const order = useSessions((state) => state.order);
  const sortBy = useSessions((state) => state.sortBy);

  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const next = Math.min(Math.max(0, focused + step), COLUMNS.length - 1);
    setFocused(next);
    event.currentTarget.querySelectorAll('button')[next]?.focus();
  };

  return (
    <div role="rowgroup" className={styles.headGroup}>
      <div role="row" aria-rowindex={1} className={styles.head} onKeyDown={onKeyDown}>
        {COLUMNS.map((column, i) => {
          const sorted = order.by === column.key;
          const direction = order.descending ? 'descending' : 'ascending';
          // The order of arrival is how a list is; only another one is worth showing.
          const shown = sorted && (column.key !== 'id' || order.descending);
          return (
            <span
              key={column.key}
              role="columnheader"
              aria-sort={sorted ? direction : 'none'}
              className={cx(styles[column.key], column.numeric && styles.number)}
            >
              <button
                type="button"
                className={shown ? styles.sorted : undefined}
                tabIndex={i === focused ? 0 : -1}
                title={sessionsText.sortHint(sessionsText.columnNames[column.key] ?? column.label)}
                onFocus={() => setFocused(i)}
                onClick={() => sortBy(column.key)}
              >
                <Label column={column} />
                {shown ? <Arrow descending={order.descending} /> : null}
              </button>
            </span>
          );
        })}
      </div>
    </div>
  );
}

function Label({ column }: { readonly column: Column }) {
  if (column.key === 'findings')
    return (
      <>
        <SeverityIcon severity="low" size={13} label="" />
        <span className="visually-hidden">{column.label}</span>
      </>
    );
  return column.label;
}

function Arrow({ descending }: { readonly descending: boolean }) {
  const Icon = descending ? ArrowDown : ArrowUp;
  return <Icon size={12} aria-hidden="true" />;
}
