/**
 * The report after triage: without the findings that people have accepted, called false or fixed, each of the others with the severity that people gave
 * it. What was fixed and is there again stays, and says so. Pure.
 */
import { isOpen, reopenedText, type Triage, type TriageEntry, triager } from '#model/triage.ts';
import type { CheckReport } from './check-report.ts';
import { groupFindings, groupKey } from './group-findings.ts';

export function triagedReport(report: CheckReport, entries: readonly TriageEntry[]): CheckReport {
  const triage = triager(entries);
  const judged = new Map<string, Triage>(
    groupFindings(report.findings).map(({ finding, lastSeen }) => [
      groupKey(finding),
      triage({ ...finding, lastSeen }),
    ]),
  );
  const counts = { accepted: 0, 'false-positive': 0, fixed: 0, reopened: 0 };
  const findings = report.findings.flatMap((finding) => {
    const one = judged.get(groupKey(finding));
    if (one === undefined) return [finding];
    if (one.state !== 'open') counts[one.state] += 1;
    if (!isOpen(one.state)) return [];
    // An override is for the group as a whole, whose gravest finding gave it its severity.
    const { severity } = triage({ ...finding, severity: finding.severity });
    const again = reopenedText(one);
    return [
      { ...finding, severity, detail: again === undefined ? finding.detail : `${finding.detail} ${again}` },
    ];
  });
  return { ...report, findings, triaged: counts };
}
