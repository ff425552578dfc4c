/** A status code in the colour of its class; a session without one says how it stands instead, with a sign and a word. */

import { Ban, CircleX } from 'lucide-react';
import type { SessionRow } from '#model/session.ts';
import { failureWords, statusTone } from '../text/session-words.ts';
import { statusText } from '../text/status.ts';
import { cx } from './cx.ts';
import styles from './labels.module.css';

export interface StatusLabelProps {
  readonly row: Pick<SessionRow, 'status' | 'state' | 'error'>;
  /** The reason phrase, shown after the code. */
  readonly reason?: string | undefined;
}

export function StatusLabel({ row, reason }: StatusLabelProps) {
  const { status, state, error } = row;
  const aborted = state === 'client-aborted' || state === 'server-aborted';
  if (status === undefined) {
    if (state === 'active')
      return (
        <span className={styles.pending} title={statusText.waiting}>
          <span className="visually-hidden">{statusText.waiting}</span>
        </span>
      );
    const why = error ? failureWords[error] : statusText[state];
    const Icon = aborted ? Ban : CircleX;
    return (
      <span className={cx(styles.status, aborted ? styles.neutral : styles.err)} title={why}>
        <Icon size={13} aria-hidden="true" />
        <span className="visually-hidden">{why}</span>
        {reason === undefined ? null : <span className={styles.words}>{why}</span>}
      </span>
    );
  }
  return (
    <span
      className={cx(styles.status, styles[statusTone(status)])}
      title={aborted ? statusText[state] : undefined}
    >
      {status}
      {reason ? ` ${reason}` : null}
      {aborted ? (
        <>
          <Ban size={11} aria-hidden="true" />
          <span className="visually-hidden">{statusText[state]}</span>
        </>
      ) : null}
    </span>
  );
}
