/** The list of findings: which are shown, worst first, under headings; each group with a name of its own. Pure. */
import type { CheckInfo } from '#model/finding.ts';
import type { Severity } from '#model/session.ts';
import { isOpen, type TriagedGroup } from '#model/triage.ts';

/** From worst to least. */
const ORDER: readonly Severity[] = ['high', 'medium', 'low', 'info'];

export const GROUPINGS = ['risk', 'endpoint', 'owasp'] as const;
export type Grouping = (typeof GROUPINGS)[number];

/** Which: those still to be looked at, those that people have said something of, or all. */
export const SHOWN = ['open', 'triaged', 'all'] as const;
export type Shown = (typeof SHOWN)[number];

export type CheckOf = (group: TriagedGroup) => CheckInfo | undefined;

/** What makes a group the same group after more findings came. */
export function groupKey({
  checkId,
  endpoint,
  parameter,
}: Pick<TriagedGroup, 'checkId' | 'endpoint' | 'parameter'>): string {
  return JSON.stringify([checkId, endpoint, parameter]);
}

export interface Wanted {
  readonly severity: Severity | 'all';
  readonly shown: Shown;
}

const isShown = (group: TriagedGroup, shown: Shown) =>
  shown === 'all' || isOpen(group.triage.state) === (shown === 'open');

/** Worst first, then by title and endpoint: never by count, so that rows stand still while counts grow. */
export function sortedGroups(groups: readonly TriagedGroup[], { severity, shown }: Wanted): TriagedGroup[] {
  return groups
    .filter((group) => (severity === 'all' || group.triage.severity === severity) && isShown(group, shown))
    .toSorted(
      (a, b) =>
        ORDER.indexOf(a.triage.severity) - ORDER.indexOf(b.triage.severity) ||
        a.title.localeCompare(b.title) ||
        a.endpoint.localeCompare(b.endpoint) ||
        a.parameter.localeCompare(b.parameter),
    );
}

export interface Section {
  readonly title: string;
  readonly groups: readonly TriagedGroup[];
}

/** The heading that a group stands under; of OWASP's items the first that its check names. */
function headingOf(group: TriagedGroup, by: Grouping, checkOf: CheckOf, words: Record<Severity, string>) {
  if (by === 'risk') return words[group.triage.severity];
  if (by === 'endpoint') return group.endpoint;
  return checkOf(group)?.owasp[0] ?? '';
}

/** Groups in their order under headings, which come as their gravest group does. */
export function sectionsOf(
  groups: readonly TriagedGroup[],
  by: Grouping,
  checkOf: CheckOf,
  words: Record<Severity, string>,
): Section[] {
  const sections = new Map<string, TriagedGroup[]>();
  for (const group of groups) {
    const title = headingOf(group, by, checkOf, words);
    const known = sections.get(title);
    if (known) known.push(group);
    else sections.set(title, [group]);
  }
  return [...sections].map(([title, of]) => ({ title, groups: of }));
}

/** How many groups each severity has; those without any are left out. */
export function severityCounts(
  groups: readonly TriagedGroup[],
  shown: Shown,
): { severity: Severity; count: number }[] {
  return ORDER.map((severity) => ({
    severity,
    count: groups.filter((group) => group.triage.severity === severity && isShown(group, shown)).length,
  })).filter(({ count }) => count > 0);
}

export const shownCount = (groups: readonly TriagedGroup[], shown: Shown): number =>
  groups.filter((group) => isShown(group, shown)).length;
