/** The report as Markdown, for merge requests and wikis: how many of what, then each group of findings with what to do. Pure. */
import { safeLine } from '#model/safe-text.ts';
import { Severity } from '#model/session.ts';
import { type CheckReport, counted, coverageNotices } from './check-report.ts';
import { groupFindings } from './group-findings.ts';

/** Text that no Markdown or HTML is made of. */
const plain = (text: string): string => safeLine(text).replace(/[\\`*_{}[\]<>#|~]/g, (char) => `\\${char}`);

/** Lines without their ends. */
export function* markdownReport(report: CheckReport): Generator<string> {
  const groups = groupFindings(report.findings);
  yield '# Security checks';
  yield '';
  yield `${counted(groups.length, 'finding')} in ${counted(report.sessions, 'session')}, by ${counted(report.checks.length, 'check')} of Sluice ${plain(report.version)}.`;
  yield '';
  yield '| severity | findings |';
  yield '| --- | --- |';
  for (const severity of Severity.options.toReversed()) {
    yield `| ${severity} | ${groups.filter(({ finding }) => finding.severity === severity).length} |`;
  }
  for (const { id, title, why, fix, references } of report.checks) {
    const own = groups.filter(({ finding }) => finding.checkId === id);
    if (own.length === 0) continue;
    yield '';
    yield `## ${plain(title)}`;
    yield '';
    yield plain(why);
    yield '';
    for (const { finding, sessionIds } of own) {
      const named = `${sessionIds.slice(0, 10).join(', ')}${sessionIds.length > 10 ? ', …' : ''}`;
      yield `- **${finding.severity}** ${plain(finding.endpoint)}, ${plain(finding.parameter)}: ${plain(finding.detail)} (sessions ${named})`;
    }
    yield '';
    yield `**What to do:** ${plain(fix)} ${references.map((url) => `<${url}>`).join(' ')}`;
  }
  const notices = coverageNotices(report);
  if (notices.length > 0) yield '';
  for (const notice of notices) yield `> ${plain(notice)}`;
}
