/** The phases of the exchange on one axis. */
import { Timer } from 'lucide-react';
import type { Session } from '#model/session.ts';
import { formatClock, formatDuration } from '../../text/format.ts';
import { cx } from '../../ui/cx.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Scroll } from '../../views/parts/Scroll.tsx';
import panels from './panels.module.css';
import styles from './TimingTab.module.css';
import { inspectorText, PHASE_WORDS, TAB_LABELS } from './text.ts';
import { timingPhases } from './timing-phases.ts';

export function TimingTab({ session }: { readonly session: Session }) {
  const { row, timings, facts } = session;
  const { phases, total } = timingPhases(timings, row.durationMs);
  if (phases.length === 0)
    return (
      <EmptyState
        icon={<Timer size={20} />}
        title={row.state === 'active' ? inspectorText.noTimingsTitle : inspectorText.noTimingsAtAllTitle}
      >
        {row.state === 'active' ? inspectorText.noTimings : inspectorText.noTimingsAtAll}
      </EmptyState>
    );
  return (
    <Scroll label={TAB_LABELS.timing}>
      <div className={styles.root}>
        <table className={styles.table}>
          <caption className="visually-hidden">{inspectorText.timingTitle}</caption>
          <tbody>
            {phases.map(({ name, left, width, duration }) => (
              <tr key={name}>
                <th scope="row">{PHASE_WORDS[name]}</th>
                <td className={styles.track} aria-hidden="true">
                  <div
                    className={cx(styles.bar, styles[name])}
                    style={{ left: `${left * 100}%`, width: `${width * 100}%` }}
                  />
                </td>
                <td className={styles.duration}>{formatDuration(duration)}</td>
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row">{inspectorText.total}</th>
              <td className={styles.started}>
                {inspectorText.started} {formatClock(row.startedAt)}
              </td>
              <td className={styles.duration}>{formatDuration(total)}</td>
            </tr>
          </tfoot>
        </table>
        {facts.serverReused ? <p className={panels.hint}>{inspectorText.reused}</p> : null}
      </div>
    </Scroll>
  );
}
