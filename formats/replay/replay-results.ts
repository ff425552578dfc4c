/** The rows of a replay as CSV (RFC 4180) and as objects for programs: every key is always there. Pure: the workbench uses it too. */
import type { ReplayRow } from '#model/replay/plan.ts';
import { csvCell } from '../csv/write-csv.ts';

const rounded = (ms: number) => Math.round(ms * 100) / 100;

type Cell = (row: ReplayRow) => string | number | undefined;

/** Times in ms, sizes in bytes; changes are against the recorded answer. */
const COLUMNS: Readonly<Record<string, Cell>> = {
  n: ({ index }) => index,
  recorded: ({ parentId }) => parentId,
  session: ({ id }) => id,
  at: ({ atMs }) => rounded(atMs),
  status: ({ status }) => status,
  failure: ({ failure }) => failure,
  size: ({ size }) => size,
  sizeChange: ({ sizeChange }) => sizeChange,
  duration: ({ durationMs }) => (durationMs === undefined ? undefined : rounded(durationMs)),
  durationChange: ({ durationChange }) =>
    durationChange === undefined ? undefined : rounded(durationChange),
  extracted: ({ extracted }) => extracted,
  differs: ({ differs }) => differs.join(' '),
};

const line = (cells: readonly (string | number | undefined)[]) => `${cells.map(csvCell).join(',')}\r\n`;

/** `parts`: those that vary, a column each before the others. */
export const replayCsvHeader = (parts: readonly string[]): string =>
  line([...parts, ...Object.keys(COLUMNS)]);

export const replayCsvRow = (row: ReplayRow): string =>
  line([...row.values, ...Object.values(COLUMNS).map((cell) => cell(row))]);

/** One row as a JSON text on one line. */
export function replayJson(parts: readonly string[], row: ReplayRow): string {
  const cells = Object.entries(COLUMNS).map(([name, cell]) => [name, cell(row) ?? null]);
  const values = Object.fromEntries(parts.map((part, i) => [part, row.values[i] ?? null]));
  return JSON.stringify({ ...Object.fromEntries(cells), differs: row.differs, values });
}
