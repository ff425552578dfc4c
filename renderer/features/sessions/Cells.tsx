/** What stands in the cells of a row, by column. */
import { FileUp, MessageSquareText, PencilLine, RotateCw } from 'lucide-react';
import type { ReactNode } from 'react';
import type { SessionRow } from '#model/session.ts';
import { formatClock, formatDuration, formatSize } from '../../text/format.ts';
import { failureWords, protocolWord, severityWords, typeWord } from '../../text/session-words.ts';
import { sessionsText } from '../../text/sessions.ts';
import { cx } from '../../ui/cx.ts';
import { MethodLabel } from '../../ui/MethodLabel.tsx';
import { SeverityIcon } from '../../ui/SeverityIcon.tsx';
import { StatusLabel } from '../../ui/StatusLabel.tsx';
import { Visible } from '../../views/parts/Visible.tsx';
import type { ShownColumn } from './column-layout.ts';
import { type BuiltInId, isOwn } from './columns.ts';
import type { OwnTexts } from './own-columns.ts';
import styles from './SessionGrid.module.css';
import { barOf, type TimeSpan } from './waterfall.ts';

interface Cell {
  readonly content: ReactNode;
  readonly title?: string | undefined;
  readonly className?: string | undefined;
}

const SOURCE_ICONS = { replay: RotateCw, composer: PencilLine, import: FileUp } as const;

const CELLS: Readonly<Record<BuiltInId, (row: SessionRow, span: TimeSpan) => Cell>> = {
  id: (row) => ({ content: <Identity row={row} /> }),
  method: (row) => ({ content: <MethodLabel row={row} /> }),
  status: (row) => ({ content: <StatusLabel row={row} /> }),
  protocol: ({ httpVersion }) => ({ content: protocolWord(httpVersion), title: httpVersion }),
  scheme: ({ scheme }) => ({ content: scheme }),
  host: ({ host }) => ({ content: <Visible text={host} />, title: host }),
  path: (row) => ({ content: <Path row={row} />, title: row.path }),
  findings: (row) => ({ content: <Findings row={row} /> }),
  type: ({ error, mime, kind }) =>
    error
      ? { content: error, title: failureWords[error], className: styles.error }
      : { content: kind === 'websocket' ? sessionsText.messages : typeWord(mime), title: mime },
  requestSize: ({ requestBodySize }) => ({ content: requestBodySize > 0 ? formatSize(requestBodySize) : '' }),
  size: ({ responseBodySize }) => ({ content: formatSize(responseBodySize) }),
  started: ({ startedAt }) => ({ content: formatClock(startedAt) }),
  duration: ({ state, durationMs }) => ({
    content: state === 'active' ? sessionsText.live : formatDuration(durationMs),
  }),
  waterfall: (row, span) => ({ content: <Bar row={row} span={span} /> }),
  process: ({ process = '' }) => ({ content: process, title: process }),
  comment: ({ comment = '' }) => ({ content: comment, title: comment, className: styles.commentText }),
};

export interface CellsProps {
  readonly row: SessionRow;
  readonly columns: readonly ShownColumn[];
  readonly span: TimeSpan;
  /** Of the columns that somebody made, by column; undefined while the host has not told them. */
  readonly own: OwnTexts | undefined;
}

export function Cells({ row, columns, span, own }: CellsProps) {
  return columns.map(({ id, numeric }) => {
    const text = own?.get(id);
    const { content, title, className }: Cell = isOwn(id)
      ? { content: <Visible text={text ?? ''} />, title: text }
      : CELLS[id](row, span);
    return (
      <span
        key={id}
        role="gridcell"
        className={cx(isOwn(id) ? styles.own : styles[id], numeric && styles.number, className)}
        {...(title ? { title } : {})}
      >
        {content}
      </span>
    );
  });
}

function Identity({ row: { mark, id } }: { readonly row: SessionRow }) {
  return (
    <>
      {mark > 0 ? (
        <b className={styles.mark} data-mark={mark} title={sessionsText.mark(mark)}>
          <span className="visually-hidden">{sessionsText.mark(mark)} </span>
          <span aria-hidden="true">{mark}</span>
        </b>
      ) : null}
      {id}
    </>
  );
}

function Path({ row: { source, path, comment } }: { readonly row: SessionRow }) {
  return (
    <>
      {source === 'proxy' ? null : <Source source={source} />}
      <span className={styles.pathText}>
        <Visible text={path} />
      </span>
      {comment ? (
        <span className={styles.note} title={comment}>
          <MessageSquareText size={12} aria-hidden="true" />
          <span className="visually-hidden">{sessionsText.comment}: </span>
          <span className={styles.commentText}>{comment}</span>
        </span>
      ) : null}
    </>
  );
}

function Findings({ row: { findings, severity } }: { readonly row: SessionRow }) {
  if (findings === 0 || !severity) return null;
  const label = sessionsText.findings(findings, severityWords[severity]);
  return (
    <span title={label}>
      <SeverityIcon severity={severity} label={label} />
    </span>
  );
}

function Bar({ row, span }: { readonly row: SessionRow; readonly span: TimeSpan }) {
  const { left, width } = barOf(row, span);
  return (
    <span
      className={styles.bar}
      data-live={row.state === 'active' || undefined}
      data-failed={row.error !== undefined || undefined}
      style={{ left: `${left * 100}%`, width: `${width * 100}%` }}
    />
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
