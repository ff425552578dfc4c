/** One row of the grid. Memoised: while rows stream in, those already drawn are not drawn again. */

import { MessageSquareText } from 'lucide-react';
import { memo } from 'react';
import type { SessionRow } from '#model/session.ts';
import { formatDuration, formatSize } from '../../text/format.ts';
import { failureWords, protocolWord, severityWords, typeWord } from '../../text/session-words.ts';
import { sessionsText } from '../../text/sessions.ts';
import { cx } from '../../ui/cx.ts';
import { MethodLabel } from '../../ui/MethodLabel.tsx';
import { SeverityIcon } from '../../ui/SeverityIcon.tsx';
import { StatusLabel } from '../../ui/StatusLabel.tsx';
import styles from './SessionGrid.module.css';

export interface GridRowProps {
  /** Undefined while the host has not sent it yet. */
  readonly row: SessionRow | undefined;
  readonly index: number;
  /** Physical pixels from the canvas's top. */
  readonly top: number;
  readonly selected: boolean;
  readonly cursor: boolean;
}

const SOURCES: Readonly<Partial<Record<SessionRow['source'], string>>> = {
  replay: sessionsText.replayed,
  composer: sessionsText.composed,
  import: sessionsText.imported,
};

export const GridRow = memo(function GridRow({ row, index, top, selected, cursor }: GridRowProps) {
  return (
    <div
      role="row"
      id={`session-row-${index}`}
      data-index={index}
      aria-rowindex={index + 2}
      aria-selected={selected}
      aria-busy={row === undefined}
      className={cx(styles.row, selected && styles.selected, cursor && styles.cursor)}
      style={{ transform: `translateY(${top}px)` }}
    >
      {row ? <Cells row={row} /> : <Placeholder />}
    </div>
  );
});

function Placeholder() {
  return (
    <span role="gridcell" className={styles.placeholder}>
      <span className="visually-hidden">…</span>
    </span>
  );
}

function Cells({ row }: { readonly row: SessionRow }) {
  const source = SOURCES[row.source];
  return (
    <>
      <span role="gridcell" className={cx(styles.id, styles.number)}>
        {row.mark > 0 ? (
          <b className={styles.mark} data-mark={row.mark} title={sessionsText.mark(row.mark)}>
            <span className="visually-hidden">{sessionsText.mark(row.mark)} </span>
            <span aria-hidden="true">{row.mark}</span>
          </b>
        ) : null}
        {row.id}
      </span>
      <span role="gridcell">
        <MethodLabel row={row} />
      </span>
      <span role="gridcell">
        <StatusLabel row={row} />
      </span>
      <span role="gridcell" className={cx(styles.dim, styles.protocol)} title={row.httpVersion}>
        {protocolWord(row.httpVersion)}
      </span>
      <span role="gridcell" className={styles.host} title={row.host}>
        {row.host}
      </span>
      <span role="gridcell" className={styles.path} title={row.path}>
        <span className={styles.pathText}>{row.path}</span>
        {source ? (
          <span className={styles.source} title={source}>
            {row.source}
          </span>
        ) : null}
        {row.comment ? (
          <span className={styles.comment} title={row.comment}>
            <MessageSquareText size={12} aria-hidden="true" />
            <span className="visually-hidden">
              {sessionsText.comment}: {row.comment}
            </span>
          </span>
        ) : null}
      </span>
      {row.error ? (
        <span role="gridcell" className={cx(styles.error, styles.type)} title={failureWords[row.error]}>
          {row.error}
        </span>
      ) : (
        <span role="gridcell" className={cx(styles.dim, styles.type)} title={row.mime}>
          {row.kind === 'websocket' ? 'messages' : typeWord(row.mime)}
        </span>
      )}
      <span role="gridcell" className={cx(styles.number, styles.size)}>
        {formatSize(row.responseBodySize)}
      </span>
      <span role="gridcell" className={styles.number}>
        {row.state === 'active' ? sessionsText.live : formatDuration(row.durationMs)}
      </span>
      <span role="gridcell" className={styles.findings}>
        {row.findings > 0 && row.severity ? (
          <span
            className={styles.flag}
            title={sessionsText.findings(row.findings, severityWords[row.severity])}
          >
            <SeverityIcon
              severity={row.severity}
              label={sessionsText.findings(row.findings, severityWords[row.severity])}
            />
            {row.findings > 1 ? <span aria-hidden="true">{row.findings}</span> : null}
          </span>
        ) : null}
      </span>
    </>
  );
}
