/** What the buttons of a finding say of it. Pure. */
import type { Params } from '#model/contract/contract.ts';
import type { Severity } from '#model/session.ts';
import type { TriagedGroup } from '#model/triage.ts';

type Said = Params<'findings.triage'>;

/** Patterns of this group alone. */
export const exactly = ({ checkId, endpoint, parameter }: TriagedGroup): Said => ({
  check: checkId,
  endpoint,
  parameter,
});

/** What was said last of the group, without the moment; of the group alone where nothing was. */
export function lastSaid(group: TriagedGroup): Said {
  const { entry } = group.triage;
  if (entry === undefined) return exactly(group);
  const { since: _since, ...said } = entry;
  return said;
}

/** The same with another severity; the check's own takes the override back. */
export function withSeverity(group: TriagedGroup, severity: Severity): Said {
  const { severity: _before, ...said } = lastSaid(group);
  return severity === group.severity ? said : { ...said, severity };
}

/** Takes back what was said of it, but for its severity. */
export function openAgain(group: TriagedGroup): Said {
  const { status: _status, reason: _reason, ...said } = lastSaid(group);
  return said;
}
