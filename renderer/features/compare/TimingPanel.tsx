/** The phases of both exchanges on one axis, A over B, with what B took more. */
import { Timer } from 'lucide-react';
import { formatDuration } from '../../text/format.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Scroll } from '../../views/parts/Scroll.tsx';
import { PHASE_WORDS } from '../inspector/text.ts';
import { type PhaseBar, phaseRows } from './phase-rows.ts';
import styles from './TimingPanel.module.css';
import { compareText } from './text.ts';
import type { Pair } from './use-pair.ts';

/** "+12 ms", "−3 ms", and nothing where it is noise. */
function moreOf(ms: number): string {
  if (Math.abs(ms) < 0.05) return '±0';
  return `${ms > 0 ? '+' : '−'}${formatDuration(Math.abs(ms))}`;
}

export function TimingPanel({ pair }: { readonly pair: Pair }) {
  const { rows, totalA, totalB } = phaseRows(pair.a.session, pair.b.session);
  if (rows.length === 0) return <EmptyState icon={<Timer size={20} />} title={compareText.noTimes} />;
  return (
    <Scroll label={compareText.tabs.timing}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{compareText.phase}</th>
            <td />
            <th scope="col">{compareText.sideA}</th>
            <th scope="col">{compareText.sideB}</th>
            <th scope="col">{compareText.more}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ name, a, b, more }) => (
            <tr key={name}>
              <th scope="row">{PHASE_WORDS[name]}</th>
              <td className={styles.track} aria-hidden="true">
                <Bar bar={a} side="a" />
                <Bar bar={b} side="b" />
              </td>
              <td className={styles.time}>{a ? formatDuration(a.duration) : compareText.none}</td>
              <td className={styles.time}>{b ? formatDuration(b.duration) : compareText.none}</td>
              <td className={styles.time}>{moreOf(more)}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{compareText.total}</th>
            <td />
            <td className={styles.time}>{formatDuration(totalA)}</td>
            <td className={styles.time}>{formatDuration(totalB)}</td>
            <td className={styles.time}>{moreOf(totalB - totalA)}</td>
          </tr>
        </tfoot>
      </table>
    </Scroll>
  );
}

function Bar({ bar, side }: { readonly bar: PhaseBar | undefined; readonly side: 'a' | 'b' }) {
  if (!bar) return null;
  return (
    <div
      className={styles.bar}
      data-side={side}
      style={{ left: `${bar.left * 100}%`, width: `${bar.width * 100}%` }}
    />
  );
}
