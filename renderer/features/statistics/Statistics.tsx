/** What the list or the selection adds up to: counts, bytes, percentiles of the time taken, in groups. In the inspector's place. */
import { useEffect, useState } from 'react';
import { useSessions } from '../../state/sessions.ts';
import { formatCount, formatDuration, formatSize } from '../../text/format.ts';
import { Button } from '../../ui/Button.tsx';
import { cx } from '../../ui/cx.ts';
import { Select } from '../../ui/Select.tsx';
import { STATISTICS_ID } from '../sessions/panel-actions.ts';
import { GroupTable } from './GroupTable.tsx';
import {
  type Cell,
  FIGURES,
  GROUPINGS,
  type Grouping,
  groupsQuery,
  selectionFilter,
  totalsQuery,
} from './queries.ts';
import styles from './Statistics.module.css';
import { statisticsText } from './text.ts';
import { type CountedTable, useTable } from './use-table.ts';

/** A count that takes longer is not begun anew by itself. */
const QUICK_MS = 400;
const REFRESH_MS = 1500;

export function Statistics() {
  const filter = useSessions((state) => state.filter);
  const matched = useSessions((state) => state.matched);
  const ids = useSessions((state) => state.selection.ids);
  const [by, setBy] = useState<Grouping>('host');
  // What the user chose; several selected sessions are meant until then.
  const [chosen, setChosen] = useState<'list' | 'selection'>();
  const of =
    chosen === 'selection' && ids.size === 0 ? 'list' : (chosen ?? (ids.size > 1 ? 'selection' : 'list'));
  const wanted = of === 'selection' ? selectionFilter(ids) : filter;
  const [round, setRound] = useState(0);
  const totals = useTable(wanted === undefined ? undefined : totalsQuery(wanted), round);
  const groups = useTable(wanted === undefined ? undefined : groupsQuery(wanted, by), round);
  const stale = of === 'list' && totals.table !== undefined && totals.table.sessions !== matched;
  const quick = Math.max(totals.tookMs ?? 0, groups.tookMs ?? 0) < QUICK_MS;
  useEffect(() => {
    if (!stale || !quick) return;
    const timer = setTimeout(() => setRound((n) => n + 1), REFRESH_MS);
    return () => clearTimeout(timer);
  }, [stale, quick]);

  const counted = totals.counted ?? groups.counted;
  const problem = wanted === undefined ? statisticsText.scattered : (totals.problem ?? groups.problem);
  return (
    <section id={STATISTICS_ID} className={styles.panel} aria-label={statisticsText.title}>
      <div className={styles.head}>
        <h2 className={styles.title}>{statisticsText.title}</h2>
        <div className={styles.switch} role="radiogroup" aria-label={statisticsText.of}>
          <Choice on={of === 'list'} onChoose={() => setChosen('list')}>
            {statisticsText.list(matched)}
          </Choice>
          <Choice on={of === 'selection'} disabled={ids.size === 0} onChoose={() => setChosen('selection')}>
            {statisticsText.selection(ids.size)}
          </Choice>
        </div>
      </div>
      {problem === undefined ? <Totals of={totals} /> : <p className={styles.problem}>{problem}</p>}
      <div className={styles.bar}>
        <span className={styles.label}>{statisticsText.by}</span>
        <Select
          label={statisticsText.by}
          value={by}
          options={GROUPINGS.map((value) => ({ value, label: statisticsText.groupings[value] }))}
          onChange={setBy}
        />
        <span className={styles.state} aria-live="polite">
          {counted !== undefined && counted > 0 ? statisticsText.counting(counted) : ''}
        </span>
        {stale && !quick && counted === undefined ? (
          <>
            <span className={styles.state}>{statisticsText.stale}</span>
            <Button size="small" onClick={() => setRound((n) => n + 1)}>
              {statisticsText.again}
            </Button>
          </>
        ) : null}
      </div>
      {groups.table ? <GroupTable key={by} by={by} table={groups.table} /> : null}
    </section>
  );
}

interface ChoiceProps {
  readonly on: boolean;
  readonly disabled?: boolean;
  readonly onChoose: () => void;
  readonly children: string;
}

function Choice({ on, disabled, onChoose, children }: ChoiceProps) {
  return (
    <label className={cx(styles.choice, on && styles.on, disabled && styles.off)}>
      <input
        type="radio"
        name={STATISTICS_ID}
        className="visually-hidden"
        checked={on}
        disabled={disabled}
        onChange={onChoose}
      />
      {children}
    </label>
  );
}

const figure = (cell: Cell | undefined, format: (value: number) => string) =>
  typeof cell === 'number' ? format(cell) : '–';

function Totals({ of: { table } }: { readonly of: CountedTable }) {
  const row = table?.rows[0] ?? [];
  const [count, received, p50, p95, p99, sent, first, last] = row;
  const { figures } = statisticsText;
  const span = typeof first === 'number' && typeof last === 'number' ? last - first : undefined;
  const rate = span && typeof count === 'number' ? (count / span) * 1000 : undefined;
  const facts: readonly (readonly [string, string])[] = [
    [figures.count, figure(count, formatCount)],
    [figures['sum(size)'], figure(received, formatSize)],
    [statisticsText.sent, figure(sent, formatSize)],
    [figures['p50(duration)'], figure(p50, formatDuration)],
    [figures['p95(duration)'], figure(p95, formatDuration)],
    [figures['p99(duration)'], figure(p99, formatDuration)],
    [statisticsText.span, figure(span, formatDuration)],
    [
      statisticsText.perSecond,
      figure(rate, (value) => (value < 10 ? value.toPrecision(2) : formatCount(Math.round(value)))),
    ],
  ];
  return (
    <dl className={styles.totals} data-columns={FIGURES.length}>
      {facts.map(([name, value]) => (
        <div key={name} className={styles.fact}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
