/** The groups of the statistics: sorted by a click on a column, a group shown alone by a click on its name. */
import { ArrowDown, ArrowUp } from 'lucide-react';
import { useState } from 'react';
import type { StatsTable } from '#model/contract/contract.ts';
import { useSessions } from '../../state/sessions.ts';
import { formatCount, formatDuration, formatSize } from '../../text/format.ts';
import { cx } from '../../ui/cx.ts';
import { Visible } from '../../views/parts/Visible.tsx';
import { setFilterText } from '../sessions/filter-actions.ts';
import { withCondition } from '../sessions/filter-by.ts';
import { type Cell, FIGURES, type Grouping, groupCondition, MOST_GROUPS, sortedRows } from './queries.ts';
import styles from './Statistics.module.css';
import { statisticsText } from './text.ts';

const FORMATS: readonly ((value: number) => string)[] = [
  formatCount,
  formatSize,
  formatDuration,
  formatDuration,
  formatDuration,
];

export function GroupTable({ by, table }: { readonly by: Grouping; readonly table: StatsTable }) {
  const [sort, setSort] = useState({ column: 1, descending: true });
  if (table.rows.length === 0) return <p className={styles.problem}>{statisticsText.empty}</p>;
  const rows = sortedRows(table.rows, sort.column, sort.descending).slice(0, MOST_GROUPS);
  const most = Math.max(...table.rows.map((row) => Number(row[1] ?? 0)), 1);
  const titles = [statisticsText.groupings[by], ...FIGURES.map((name) => statisticsText.figures[name])];
  const sortBy = (column: number) =>
    setSort((old) => ({ column, descending: old.column === column ? !old.descending : column > 0 }));
  return (
    <section className={styles.scroller} aria-label={titles[0]}>
      <table className={styles.table}>
        <thead>
          <tr>
            {titles.map((title, i) => {
              const sorted = sort.column === i;
              const Arrow = sort.descending ? ArrowDown : ArrowUp;
              const direction = sort.descending ? 'descending' : 'ascending';
              return (
                <th
                  key={title}
                  scope="col"
                  aria-sort={sorted ? direction : 'none'}
                  className={cx(i > 0 && styles.number)}
                >
                  <button type="button" onClick={() => sortBy(i)}>
                    {title}
                    {sorted ? <Arrow size={11} aria-hidden="true" /> : null}
                  </button>
                </th>
              );
            })}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={String(row[0])}>
              <td className={styles.key}>
                <GroupName by={by} name={String(row[0])} />
              </td>
              {row.slice(1).map((cell, i) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: columns have no other name
                <td key={i} className={styles.number} style={i === 0 ? share(cell, most) : undefined}>
                  {typeof cell === 'number' ? FORMATS[i]?.(cell) : '–'}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {table.groups > rows.length ? (
        <p className={styles.problem}>{statisticsText.groups(rows.length, table.groups)}</p>
      ) : null}
      {table.left > 0 ? <p className={styles.problem}>{statisticsText.left(table.left)}</p> : null}
    </section>
  );
}

/** A bar behind the figure, as long as its part of the largest. */
function share(cell: Cell, most: number) {
  const part = (Number(cell ?? 0) / most) * 100;
  const bar = 'color-mix(in srgb, var(--acc) 16%, transparent)';
  return { background: `linear-gradient(to left, ${bar} ${part}%, transparent ${part}%)` };
}

function GroupName({ by, name }: { readonly by: Grouping; readonly name: string }) {
  const condition = groupCondition(by, name);
  const shown = name === '' ? statisticsText.none : name;
  if (condition === undefined) return <span className={styles.none}>{shown}</span>;
  return (
    <button
      type="button"
      className={styles.name}
      title={statisticsText.only(shown)}
      onClick={() => setFilterText(withCondition(useSessions.getState().typed, condition))}
    >
      <Visible text={shown} />
    </button>
  );
}
