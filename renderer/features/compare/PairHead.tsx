/** What the two sessions are, one beside the other: address, status, size, time. */
import { formatClock, formatDuration, formatSize } from '../../text/format.ts';
import { MethodLabel } from '../../ui/MethodLabel.tsx';
import { StatusLabel } from '../../ui/StatusLabel.tsx';
import { textOfByteString } from '../../views/content/display-text.ts';
import { Visible } from '../../views/parts/Visible.tsx';
import { SessionLink } from '../inspector/SessionLink.tsx';
import styles from './Compare.module.css';
import type { ReadCall } from './read-call.ts';
import { compareText } from './text.ts';
import type { Pair } from './use-pair.ts';

export function PairHead({ pair }: { readonly pair: Pair }) {
  return (
    <div className={styles.pairHead}>
      <One side="A" call={pair.a} />
      <One side="B" call={pair.b} />
    </div>
  );
}

function One({ side, call }: { readonly side: 'A' | 'B'; readonly call: ReadCall }) {
  const { row, response } = call.session;
  return (
    <section className={styles.one} aria-label={compareText.side(side)}>
      <div className={styles.address}>
        <b aria-hidden="true" className={styles.letter} data-side={side}>
          {side}
        </b>
        <MethodLabel row={row} />
        <span className={styles.url} title={row.url}>
          <Visible text={row.url} />
        </span>
      </div>
      <div className={styles.facts}>
        <StatusLabel row={row} reason={textOfByteString(response?.head.reason ?? '')} />
        <span>{formatSize(row.responseBodySize)}</span>
        <span>{formatDuration(row.durationMs)}</span>
        <span>{formatClock(row.startedAt)}</span>
        <SessionLink id={row.id}>#{row.id}</SessionLink>
      </div>
    </section>
  );
}
