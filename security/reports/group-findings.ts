/** Findings with the same check, endpoint and parameter as one: what reports list, as the store groups them for the workbench. Pure. */
import type { Finding } from '#model/finding.ts';
import { type SessionId, Severity } from '#model/session.ts';

export interface FoundGroup {
  /** The gravest of them, which speaks for all. */
  readonly finding: Finding;
  /** Each session once, in the order in which they came. */
  readonly sessionIds: readonly SessionId[];
  /** When the first and the last of these sessions began, ms since the epoch; undefined where nobody said. */
  readonly firstSeen: number | undefined;
  readonly lastSeen: number | undefined;
}

const rank = ({ severity }: Finding) => Severity.options.indexOf(severity);

/** What makes findings one group. */
export const groupKey = ({
  checkId,
  endpoint,
  parameter,
}: Pick<Finding, 'checkId' | 'endpoint' | 'parameter'>) => JSON.stringify([checkId, endpoint, parameter]);

/** Worst first, else in the order in which they came. */
export function groupFindings(findings: readonly Finding[]): FoundGroup[] {
  const groups = new Map<string, { finding: Finding; ids: Set<SessionId>; times: [number, number] }>();
  for (const finding of findings) {
    const key = groupKey(finding);
    const group = groups.get(key);
    const { at = Number.NaN } = finding;
    if (group === undefined) {
      groups.set(key, { finding, ids: new Set([finding.sessionId]), times: [at, at] });
      continue;
    }
    group.times = [Math.min(group.times[0], at), Math.max(group.times[1], at)];
    group.ids.add(finding.sessionId);
    if (rank(finding) > rank(group.finding)) group.finding = finding;
  }
  return [...groups.values()]
    .sort((a, b) => rank(b.finding) - rank(a.finding))
    .map(({ finding, ids, times: [first, last] }) => ({
      finding,
      sessionIds: [...ids],
      firstSeen: Number.isNaN(first) ? undefined : first,
      lastSeen: Number.isNaN(last) ? undefined : last,
    }));
}
