/** The list of findings: worst first, narrowed by severity, each group with a name of its own. Pure. */
import type { FindingGroup } from '#model/finding.ts';
import type { Severity } from '#model/session.ts';

/** From worst to least. */
const ORDER: readonly Severity[] = ['high', 'medium', 'low', 'info'];

/** What makes a group the same group after more findings came. */
export function groupKey({ checkId, endpoint, parameter }: FindingGroup): string {
  return JSON.stringify([checkId, endpoint, parameter]);
}

/** Worst first, then by title and endpoint: never by count, so that rows stand still while counts grow. */
export function sortedGroups(groups: readonly FindingGroup[], severity: Severity | 'all'): FindingGroup[] {
  return groups
    .filter((group) => severity === 'all' || group.severity === severity)
    .toSorted(
      (a, b) =>
        ORDER.indexOf(a.severity) - ORDER.indexOf(b.severity) ||
        a.title.localeCompare(b.title) ||
        a.endpoint.localeCompare(b.endpoint) ||
        a.parameter.localeCompare(b.parameter),
    );
}

/** How many groups each severity has; those without any are left out. */
export function severityCounts(groups: readonly FindingGroup[]): { severity: Severity; count: number }[] {
  return ORDER.map((severity) => ({
    severity,
    count: groups.filter((group) => group.severity === severity).length,
  })).filter(({ count }) => count > 0);
}
