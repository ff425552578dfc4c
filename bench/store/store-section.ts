/** The section of the report about captures of many sessions. Pure. */
import { isoMinute, number, table } from '../report/tables.ts';

/** The section begins with this line, and goes to the end of the report. */
export const STORE_HEADING = '# Captures of many sessions';

/** What was measured at one size: values by the name of the row. */
export interface SizeResult {
  readonly size: number;
  readonly values: ReadonlyMap<string, number>;
}

export interface StoreRun {
  readonly started: Date;
  readonly minutes: number;
  readonly command: string;
  readonly facts: readonly (readonly [string, string])[];
  readonly results: readonly SizeResult[];
  readonly told: readonly string[];
}

interface Goal {
  readonly row: string;
  readonly text: string;
  readonly met: (value: number) => boolean;
}

const atMost = (row: string, limit: number, unit: string): Goal => ({
  row,
  text: `≤ ${number(limit)} ${unit}`,
  met: (value) => value <= limit,
});

export const GOALS: readonly Goal[] = [
  { row: 'ingest, sessions/s', text: '≥ 10,000 /s', met: (value) => value >= 10_000 },
  atMost('whole host with the capture open, MB', 600, 'MB'),
  atMost('open for reading, ms', 1000, 'ms'),
  atMost('open for writing, ms', 1000, 'ms'),
];
/** Rows of first pages with an index: each within 100 ms. */
const PAGE = /^first page by /;
const PAGE_MS = 100;

const shown = (value: number | undefined) =>
  value === undefined ? '' : number(value, value < 10 ? 2 : value < 100 ? 1 : 0);

/** How much more the last size takes than the one before it. */
function growth(results: readonly SizeResult[], row: string): string {
  const [before, last] = results.slice(-2).map(({ values }) => values.get(row));
  return results.length < 2 || before === undefined || last === undefined || before === 0
    ? ''
    : `× ${number(last / before, 2)}`;
}

/** Judged at the largest size: small ones measure how a process starts. */
function goalOf(row: string, results: readonly SizeResult[]): string {
  const goal = PAGE.test(row)
    ? { text: `≤ ${PAGE_MS} ms`, met: (value: number) => value <= PAGE_MS }
    : GOALS.find((one) => one.row === row);
  if (goal === undefined) return '';
  const value = results.at(-1)?.values.get(row);
  return value === undefined ? goal.text : `${goal.text} ${goal.met(value) ? 'met' : '**missed**'}`;
}

export function storeSection(run: StoreRun): string {
  const rows = [...new Set(run.results.flatMap(({ values }) => [...values.keys()]))];
  const sizes = run.results.map(({ size }) => number(size));
  const grown = sizes.length < 2 ? [] : [`from ${sizes.at(-2)} to ${sizes.at(-1)}`];
  const lines = rows.map((row) => [
    row,
    ...run.results.map(({ values }) => shown(values.get(row))),
    ...(grown.length === 0 ? [] : [growth(run.results, row)]),
    goalOf(row, run.results),
  ]);
  return [
    STORE_HEADING,
    `Measured on ${isoMinute(run.started)} in ${number(run.minutes, 1)} minutes by \`${run.command}\`.`,
    run.facts.map(([what, value]) => `- ${what}: ${value}`).join('\n'),
    table(['', ...sizes, ...grown, 'to reach'], lines),
    run.told.map((sentence) => `- ${sentence}`).join('\n'),
  ]
    .join('\n\n')
    .concat('\n');
}

/** The report of the proxies with the section that it had, or with `section` in its place. */
export function withStoreSection(report: string, section: string | undefined): string {
  const [proxies = ''] = report.split(`${STORE_HEADING}\n`);
  if (section === undefined) return proxies;
  return proxies.trim() === '' ? section : `${proxies.trimEnd()}\n\n${section}`;
}

/** The section in a report; undefined when there is none. */
export function storeSectionOf(report: string): string | undefined {
  const at = report.indexOf(`${STORE_HEADING}\n`);
  return at < 0 ? undefined : report.slice(at);
}
