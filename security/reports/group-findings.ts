/** Findings with the same check, endpoint and parameter as one: what reports list, as the store groups them for the workbench. Pure. */
import type { Finding } from '#model/finding.ts';
import { type SessionId, Severity } from '#model/session.ts';

export interface FoundGroup {
  /** The gravest of them, which speaks for all. */
  readonly finding: Finding;
  /** Each session once, in the order in which they came. */
  readonly sessionIds: readonly SessionId[];
}

const rank = ({ severity }: Finding) => Severity.options.indexOf(severity);

/** Worst first, else in the order in which they came. */
export function groupFindings(findings: readonly Finding[]): FoundGroup[] {
  const groups = new Map<string, { finding: Finding; ids: Set<SessionId> }>();
  for (const finding of findings) {
    const key = JSON.stringify([finding.checkId, finding.endpoint, finding.parameter]);
    const group = groups.get(key);
    if (group === undefined) {
      groups.set(key, { finding, ids: new Set([finding.sessionId]) });
      continue;
    }
    group.ids.add(finding.sessionId);
    if (rank(finding) > rank(group.finding)) group.finding = finding;
  }
  return [...groups.values()]
    .sort((a, b) => rank(b.finding) - rank(a.finding))
    .map(({ finding, ids }) => ({ finding, sessionIds: [...ids] }));
}
