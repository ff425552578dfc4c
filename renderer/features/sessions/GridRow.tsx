/** One row of the grid. Memoised: while rows stream in, those already drawn are not drawn again. */

import { FileUp, MessageSquareText, PencilLine, RotateCw } from 'lucide-react';
import { memo } from 'react';
import type { SessionRow } from '#model/session.ts';
import { formatDuration, formatSize } from '../../text/format.ts';
import { failureWords, protocolWord, severityWords, typeWord } from '../../text/session-words.ts';
import { sessionsText } from '../../text/sessions.ts';
import { cx } from '../../ui/cx.ts';
import { MethodLabel } from '../../ui/MethodLabel.tsx';
import { SeverityIcon } from '../../ui/SeverityIcon.tsx';
import { StatusLabel } from '../../ui/StatusLabel.tsx';
import { Visible } from '../../views/parts/Visible.tsx';
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

const SOURCE_ICONS = { replay: RotateCw, composer: PencilLine, import: FileUp } as const;

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
  const { source, comment, error } = row;
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
      <span role="gridcell" className={styles.method}>
        <MethodLabel row={row} />
      </span>
      <span role="gridcell" className={styles.status}>
        <StatusLabel row={row} />
      </span>
      <span role="gridcell" className={styles.protocol} title={row.httpVersion}>
        {protocolWord(row.httpVersion)}
      </span>
      <span role="gridcell" className={styles.host} title={row.host}>
        <Visible text={row.host} />
      </span>
      <span role="gridcell" className={styles.path} title={row.path}>
        {source === 'proxy' ? null : <Source source={source} />}
        <span className={styles.pathText}>
          <Visible text={row.path} />
        </span>
        {comment ? (
          <span className={styles.comment} title={comment}>
            <MessageSquareText size={12} aria-hidden="true" />
            <span className="visually-hidden">{sessionsText.comment}: </span>
            <span className={styles.commentText}>{comment}</span>
          </span>
        ) : null}
      </span>
      <span role="gridcell" className={styles.findings}>
        {row.findings > 0 && row.severity ? (
          <span title={sessionsText.findings(row.findings, severityWords[row.severity])}>
            <SeverityIcon
              severity={row.severity}
              label={sessionsText.findings(row.findings, severityWords[row.severity])}
            />
          </span>
        ) : null}
      </span>
      {error ? (
        <span role="gridcell" className={cx(styles.error, styles.type)} title={failureWords[error]}>
          {error}
        </span>
      ) : (
        <span role="gridcell" className={styles.type} title={row.mime}>
          {row.kind === 'websocket' ? sessionsText.messages : typeWord(row.mime)}
        </span>
      )}
      <span role="gridcell" className={cx(styles.number, styles.size)}>
        {formatSize(row.responseBodySize)}
      </span>
      <span role="gridcell" className={cx(styles.number, styles.duration)}>
        {row.state === 'active' ? sessionsText.live : formatDuration(row.durationMs)}
      </span>
    </>
  );
}

/** Where a session comes from, when it is not from the proxy. */
function Source({ source }: { readonly source: Exclude<SessionRow['source'], 'proxy'> }) {
  const Icon = SOURCE_ICONS[source];
  return (
    <span className={styles.source} title={sessionsText.sources[source]}>
      <Icon size={12} aria-hidden="true" />
      <span className="visually-hidden">{sessionsText.sources[source]}: </span>
    </span>
  );
}
