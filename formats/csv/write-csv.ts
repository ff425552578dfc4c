/**
 * The rows of a list as CSV (RFC 4180), for spreadsheets. A spreadsheet takes a cell that begins like a formula for one, and captured text may
 * be hostile: such a cell gets an apostrophe before it, which spreadsheets take as "this is text".
 */
import type { FullSession, SessionRow } from '#model/session.ts';
import type { Format, WriteOptions } from '../format.ts';
import { readable } from '../octets.ts';

/** A time that spreadsheets and programs read alike (RFC 3339). */
const time = (at: number): string => {
  const date = new Date(at);
  return Number.isNaN(date.getTime()) ? '' : date.toISOString();
};

type Cell = (row: SessionRow) => string | number | undefined;

/** In the order of the columns. Sizes are bytes, durations milliseconds. */
const COLUMNS: Readonly<Record<string, Cell>> = {
  id: ({ id }) => id,
  started: ({ startedAt }) => time(startedAt),
  duration_ms: ({ durationMs }) => durationMs,
  kind: ({ kind }) => kind,
  source: ({ source }) => source,
  state: ({ state }) => state,
  method: ({ method }) => readable(method),
  url: ({ url }) => readable(url),
  scheme: ({ scheme }) => scheme,
  host: ({ host }) => readable(host),
  port: ({ port }) => port,
  path: ({ path }) => readable(path),
  status: ({ status }) => status,
  protocol: ({ httpVersion }) => readable(httpVersion),
  type: ({ mime }) => (mime === undefined ? undefined : readable(mime)),
  request_bytes: ({ requestBodySize }) => requestBodySize,
  response_bytes: ({ responseBodySize }) => responseBodySize,
  error: ({ error }) => error,
  findings: ({ findings }) => findings,
  severity: ({ severity }) => severity,
  mark: ({ mark }) => (mark === 0 ? undefined : mark),
  comment: ({ comment }) => comment,
};

/** What spreadsheets read as the beginning of a formula, also after blanks. */
const FORMULA = /^\s*[=+\-@\t\r\n|%\uff1d\uff0b\uff0d\uff20]/;

/** One cell. Numbers are of our own making and stay numbers. */
export function csvCell(value: string | number | undefined): string {
  if (value === undefined) return '';
  if (typeof value === 'number') return String(value);
  const safe = FORMULA.test(value) ? `'${value}` : value;
  return /[",\r\n]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

const line = (cells: readonly (string | number | undefined)[]) => `${cells.map(csvCell).join(',')}\r\n`;

export const csvHeader = (): string => line(Object.keys(COLUMNS));
export const csvRow = (row: SessionRow): string => line(Object.values(COLUMNS).map((cell) => cell(row)));

export const CSV_FORMAT: Format = {
  id: 'csv',
  title: 'CSV table',
  extensions: ['.csv'],
  mediaType: 'text/csv; charset=utf-8',
  exporter: {
    async *write(sessions: AsyncIterable<FullSession>, { losses }: WriteOptions): AsyncGenerator<string> {
      losses.addToFile('heads, bodies, messages and connection facts: rows alone are written');
      yield csvHeader();
      for await (const { session } of sessions) yield csvRow(session.row);
    },
  },
};
