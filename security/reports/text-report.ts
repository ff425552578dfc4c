/** The report for a terminal: a group of findings in three lines, then how many there are and what was not looked at. Pure. */
import { safeLine } from '#model/safe-text.ts';
import { type CheckReport, counted, coverageNotices } from './check-report.ts';
import { type FoundGroup, groupFindings } from './group-findings.ts';

const SESSIONS_NAMED = 20;

function* groupLines({ finding, sessionIds }: FoundGroup): Generator<string> {
  const { severity, title, endpoint, parameter, detail, checkId } = finding;
  const named = sessionIds.slice(0, SESSIONS_NAMED).join(', ');
  const more = sessionIds.length > SESSIONS_NAMED ? ', …' : '';
  yield `${severity.padEnd(6)}  ${title}  ${endpoint}  ${parameter}`;
  yield `        ${detail}`;
  yield `        ${checkId}, ${sessionIds.length === 1 ? 'session' : 'sessions'} ${named}${more}`;
}

/** Lines without their ends. */
export function* textReport(report: CheckReport): Generator<string> {
  for (const group of groupFindings(report.findings)) {
    for (const line of groupLines(group)) yield safeLine(line);
  }
  yield* summaryLines(report);
}

/** How many findings there are, and what was not looked at. */
export function* summaryLines(report: CheckReport): Generator<string> {
  const { findings, sessions } = report;
  yield `${counted(findings.length, 'finding')} in ${counted(sessions, 'session')}`;
  for (const notice of coverageNotices(report)) yield safeLine(notice);
}
