/** The report as JUnit XML, which every CI server shows: a suite, a test case a check, a failure a group of findings. Pure. */
import { safeLine } from '#model/safe-text.ts';
import { type CheckReport, coverageNotices, failureNotice } from './check-report.ts';
import { type FoundGroup, groupFindings } from './group-findings.ts';

const ENTITY: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** Text for XML 1.0: what it may not hold is shown as an escape. */
export const xml = (text: string): string =>
  safeLine(text).replace(/[&<>"']/g, (char) => ENTITY[char] ?? char);

function* failures(groups: readonly FoundGroup[]): Generator<string> {
  for (const { finding, sessionIds } of groups) {
    const { severity, detail, endpoint, parameter } = finding;
    const where = `${endpoint} ${parameter}`;
    yield `      <failure type="${severity}" message="${xml(`${detail} (${where})`)}">sessions ${sessionIds.slice(0, 20).join(', ')}</failure>`;
  }
}

/** Lines without their ends. */
export function* junitReport(report: CheckReport): Generator<string> {
  const groups = groupFindings(report.findings);
  const failed = new Map(report.failed.map((failure) => [failure.checkId, failure]));
  const faulty = report.checks.filter(({ id }) => groups.some(({ finding }) => finding.checkId === id));
  yield '<?xml version="1.0" encoding="UTF-8"?>';
  yield `<testsuites name="sluice check" tests="${report.checks.length}" failures="${faulty.length}" errors="${failed.size}">`;
  yield `  <testsuite name="security checks" tests="${report.checks.length}" failures="${faulty.length}" errors="${failed.size}">`;
  for (const { id, title } of report.checks) {
    const own = groups.filter(({ finding }) => finding.checkId === id);
    const failure = failed.get(id);
    const open = `    <testcase classname="sluice.${xml(id)}" name="${xml(title)}"`;
    if (own.length === 0 && failure === undefined) {
      yield `${open}/>`;
      continue;
    }
    yield `${open}>`;
    if (failure !== undefined) yield `      <error message="${xml(failureNotice(failure))}"/>`;
    yield* failures(own);
    yield '    </testcase>';
  }
  const notices = coverageNotices(report);
  if (notices.length > 0) yield `    <system-out>${notices.map(xml).join(' ')}</system-out>`;
  yield '  </testsuite>';
  yield '</testsuites>';
}
