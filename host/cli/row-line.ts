/** One session as a line: for programs (`--json`) with exactly the documented keys, and for people in columns. Pure. */
import { safeLine } from '#model/safe-text.ts';
import type { SessionRow } from '#model/session.ts';
import { alignedLine, type Column, sizeText, timeText } from './text.ts';

/** Every key is always there; null where the session has no such thing (yet). */
export const rowJson = (row: SessionRow): string =>
  JSON.stringify({
    id: row.id,
    startedAt: row.startedAt,
    method: row.method,
    url: row.url,
    status: row.status ?? null,
    httpVersion: row.httpVersion,
    requestBodySize: row.requestBodySize,
    responseBodySize: row.responseBodySize,
    mime: row.mime ?? null,
    durationMs: row.durationMs ?? null,
    error: row.error ?? null,
    findings: row.findings,
  });

const COLUMNS: readonly Column[] = [
  { title: 'ID', width: 6, align: 'right' },
  { title: 'TIME', width: 12 },
  { title: 'METHOD', width: 7 },
  { title: 'STATUS', width: 6 },
  { title: 'SIZE', width: 9, align: 'right' },
  { title: 'MS', width: 7, align: 'right' },
  { title: 'FINDINGS', width: 8, align: 'right' },
  { title: 'TYPE', width: 24 },
  { title: 'URL', width: 0 },
];

export const rowTitles = (): string =>
  alignedLine(
    COLUMNS,
    COLUMNS.map(({ title }) => title),
  );

export const rowText = (row: SessionRow): string =>
  alignedLine(
    COLUMNS,
    [
      String(row.id),
      timeText(row.startedAt),
      row.method,
      row.error ?? (row.status === undefined ? '…' : String(row.status)),
      sizeText(row.responseBodySize),
      row.durationMs === undefined ? '' : String(Math.round(row.durationMs)),
      row.findings === 0 ? '' : String(row.findings),
      row.mime ?? '',
      row.url,
    ].map(safeLine),
  );
