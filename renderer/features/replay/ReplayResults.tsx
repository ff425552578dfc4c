/** The answers of a replay as a table that grows: what was put in, status, size and time against the recorded answer, what differs. */
import { ArrowDown, ArrowUp } from 'lucide-react';
import { memo, useMemo, useState } from 'react';
import { replayCsvHeader, replayCsvRow } from '#formats/replay/replay-results.ts';
import { toSluiceError } from '#model/errors.ts';
import type { ReplayRow } from '#model/replay/plan.ts';
import { useApp } from '../../app.ts';
import { formatDuration, formatSize } from '../../text/format.ts';
import { Button } from '../../ui/Button.tsx';
import { Progress } from '../../ui/Progress.tsx';
import { StatusLabel } from '../../ui/StatusLabel.tsx';
import { toast } from '../../ui/toast.ts';
import { Visible } from '../../views/parts/Visible.tsx';
import { openSession } from '../inspector/open-session.ts';
import styles from './Replay.module.css';
import { type SortBy, sortedRows } from './sort-rows.ts';
import { replayText as words } from './text.ts';
import type { RunningReplay } from './use-replay.ts';

/** More rows are for a spreadsheet. */
const MOST_ROWS = 500;

export interface ReplayResultsProps {
  readonly run: RunningReplay;
  /** A session was opened from the table. */
  readonly onOpened: () => void;
}

export function ReplayResults({ run, onOpened }: ReplayResultsProps) {
  const { platform } = useApp();
  const [sort, setSort] = useState<{ by: SortBy; descending: boolean }>({ by: 'index', descending: false });
  const parts = run.plan.variations.map(({ part }) => part);
  const { rows, total, state, reason } = run;
  const shown = useMemo(() => sortedRows(rows, sort.by, sort.descending).slice(0, MOST_ROWS), [rows, sort]);
  const extracts = run.plan.extract !== undefined;
  const copy = async () => {
    const lines = sortedRows(rows, 'index', false).map(replayCsvRow);
    await platform.copyText(replayCsvHeader(parts) + lines.join(''));
    toast(words.copied(rows.length), { tone: 'ok' });
  };
  const header = (by: SortBy, label: string, right = false) => (
    <th
      scope="col"
      className={right ? styles.right : undefined}
      aria-sort={sort.by === by ? (sort.descending ? 'descending' : 'ascending') : 'none'}
    >
      <button
        type="button"
        title={words.sortBy(label)}
        onClick={() => setSort({ by, descending: sort.by === by && !sort.descending })}
      >
        {label}
        {sort.by !== by ? null : sort.descending ? <ArrowDown size={11} /> : <ArrowUp size={11} />}
      </button>
    </th>
  );
  return (
    <div className={styles.results}>
      <div className={styles.resultsHead} role="status">
        {state === 'running' ? (
          <Progress
            label={words.progress(rows.length, total)}
            value={total === 0 ? null : rows.length / total}
          />
        ) : (
          <span className={styles.state} data-state={state}>
            {words.states[state](rows.length, total, reason)}
          </span>
        )}
        <Button size="small" disabled={rows.length === 0} onClick={() => void copy()}>
          {words.copyCsv}
        </Button>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and must by keyboard */}
      <section className={styles.scroll} tabIndex={0} aria-label={words.results}>
        <table className={styles.table}>
          <thead>
            <tr>
              {header('index', words.columns.index, true)}
              {parts.map((part) => (
                <th key={part} scope="col">
                  {part}
                </th>
              ))}
              {header('status', words.columns.status)}
              {header('size', words.columns.size, true)}
              {header('duration', words.columns.duration, true)}
              {extracts ? <th scope="col">{words.columns.extracted}</th> : null}
              {header('differs', words.columns.differs)}
            </tr>
          </thead>
          <tbody>
            {shown.map((row) => (
              <Row key={row.index} row={row} extracts={extracts} onOpened={onOpened} />
            ))}
          </tbody>
        </table>
      </section>
      {rows.length > MOST_ROWS ? <p className={styles.help}>{words.more(rows.length - MOST_ROWS)}</p> : null}
    </div>
  );
}

interface RowProps {
  readonly row: ReplayRow;
  readonly extracts: boolean;
  readonly onOpened: () => void;
}

/** Only answers are compared. */
const shortName = (field: string) => field.replace(/^response\./, '');

/** A table of hundreds is drawn again with each item that comes. */
const Row = memo(ResultRow, (a, b) => a.row === b.row && a.extracts === b.extracts);

function ResultRow({ row, extracts, onOpened }: RowProps) {
  const { rpc } = useApp();
  const { id, index, values, status, size, durationMs, sizeChange, durationChange, differs, failure } = row;
  const open = (session: number) => {
    openSession(rpc, session).then(onOpened, (cause: unknown) =>
      toast(toSluiceError(cause).message, { tone: 'err' }),
    );
  };
  return (
    <tr>
      <td className={styles.right}>
        {id === undefined ? (
          index
        ) : (
          <button type="button" className={styles.open} onClick={() => open(id)}>
            {index}
          </button>
        )}
      </td>
      {values.map((value, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a column each
        <td key={i} className={styles.mono}>
          <Visible text={value} />
        </td>
      ))}
      <td>
        {status === undefined ? (
          <span className={styles.failed}>{id === undefined ? words.notSent : failure}</span>
        ) : (
          <StatusLabel row={{ status, state: 'completed' }} />
        )}
      </td>
      <td className={styles.right}>
        {formatSize(size)} <span className={styles.change}>{words.sizeChange(sizeChange)}</span>
      </td>
      <td className={styles.right}>
        {formatDuration(durationMs)}{' '}
        <span className={styles.change}>{words.durationChange(durationChange)}</span>
      </td>
      {extracts ? (
        <td className={styles.mono}>
          <Visible text={row.extracted ?? ''} />
        </td>
      ) : null}
      <td className={styles.differs} title={differs.join('\n')}>
        {row.missing?.length ? <span className={styles.failed}>{words.missing(row.missing)} </span> : null}
        {row.taken?.length ? <span className={styles.change}>{words.taken(row.taken)} </span> : null}
        {id === undefined ? failure : differs.length === 0 ? words.same : differs.map(shortName).join(', ')}
      </td>
    </tr>
  );
}
