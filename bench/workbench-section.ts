/** The section of the report about the workbench. Pure. */
import { isoMinute, number, table } from './report/tables.ts';
import { STORE_HEADING } from './store/store-section.ts';

/** The section begins with this line, and ends where that of the captures begins. */
export const WORKBENCH_HEADING = '# The workbench';

export interface Figure {
  readonly what: string;
  readonly value: number;
  readonly unit: string;
  /** At most so much is to be reached. */
  readonly atMost?: number;
}

export interface WorkbenchRun {
  readonly started: Date;
  readonly minutes: number;
  readonly command: string;
  readonly facts: readonly (readonly [string, string])[];
  readonly figures: readonly Figure[];
  readonly told: readonly string[];
}

const shown = (value: number) =>
  number(value, Number.isInteger(value) ? 0 : Math.abs(value) < 10 ? 2 : Math.abs(value) < 100 ? 1 : 0);

function goal({ value, unit, atMost }: Figure): string {
  if (atMost === undefined) return '';
  return `≤ ${number(atMost)} ${unit} ${value <= atMost ? 'met' : '**missed**'}`;
}

export function workbenchSection(run: WorkbenchRun): string {
  return [
    WORKBENCH_HEADING,
    `Measured on ${isoMinute(run.started)} in ${number(run.minutes, 1)} minutes by \`${run.command}\`.`,
    run.facts.map(([what, value]) => `- ${what}: ${value}`).join('\n'),
    table(
      ['', 'measured', 'to reach'],
      run.figures.map((figure) => [
        figure.what,
        `${shown(figure.value)} ${figure.unit}`.trim(),
        goal(figure),
      ]),
    ),
    run.told.map((sentence) => `- ${sentence}`).join('\n'),
  ]
    .join('\n\n')
    .concat('\n');
}

/** Where the section is in a report; the length of the report where there is none and none follows. */
function place(report: string): { readonly start: number; readonly end: number } {
  const store = report.indexOf(`${STORE_HEADING}\n`);
  const end = store < 0 ? report.length : store;
  const start = report.indexOf(`${WORKBENCH_HEADING}\n`);
  return { start: start < 0 || start > end ? end : start, end };
}

/** The section in a report; undefined when there is none. */
export function workbenchSectionOf(report: string): string | undefined {
  const { start, end } = place(report);
  return start === end ? undefined : report.slice(start, end);
}

/** The report with this section in the place of the one that it had; without one where `section` is undefined. */
export function withWorkbenchSection(report: string, section: string | undefined): string {
  const { start, end } = place(report);
  const parts = [report.slice(0, start), section ?? '', report.slice(end)];
  return parts
    .map((part) => part.trimEnd())
    .filter((part) => part !== '')
    .join('\n\n')
    .concat('\n');
}
