/** A table of sessions as lines: for people in columns, for programs an object a row. Pure. */
import type { Table, TableColumn } from '#model/filter/aggregate.ts';
import { safeLine } from '#model/safe-text.ts';
import { Severity } from '#model/session.ts';
import { alignedLine, type Column, sizeText } from './text.ts';

type Cell = Table['rows'][number][number];

const NOTHING = '-';
const rounded = (value: number) => String(Number(value.toFixed(2)));

function durationText(ms: number): string {
  return ms < 1000 ? `${rounded(ms)} ms` : `${rounded(ms / 1000)} s`;
}

function cellText({ kind }: TableColumn, cell: Cell): string {
  if (cell === null || cell === '') return NOTHING;
  if (typeof cell === 'string') return safeLine(cell);
  switch (kind) {
    case 'size':
      return sizeText(Math.round(cell));
    case 'duration':
      return durationText(cell);
    case 'time':
      return new Date(cell).toISOString();
    case 'severity':
      return Severity.options[cell - 1] ?? 'none';
    default:
      return rounded(cell);
  }
}

/** Titles and rows, the columns as wide as what is in them. */
export function tableLines({ columns, rows }: Table): string[] {
  const titles = columns.map(({ title }) => title.toUpperCase());
  const cells = rows.map((row) =>
    row.map((cell, i) => cellText(columns[i] ?? { title: '', kind: 'text' }, cell)),
  );
  const layout = titles.map((title, i): Column => {
    const width = cells.reduce((most, row) => Math.max(most, (row[i] ?? '').length), title.length);
    return columns[i]?.kind === 'text' ? { title, width } : { title, width, align: 'right' };
  });
  return [titles, ...cells].map((line) => alignedLine(layout, line));
}

/** One row by the titles of the columns, numbers in the units of the contract (bytes, ms). */
export const tableJson = ({ columns }: Table, row: Table['rows'][number]): string =>
  JSON.stringify(Object.fromEntries(columns.map(({ title }, i) => [title, row[i] ?? null])));
