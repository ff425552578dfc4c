/**
 * What people have said of findings: accepted, no fault at all, fixed, or of another severity. An entry is for every finding that its patterns
 * fit, and the last that fits decides. A finding that was fixed and is seen again is open again. Pure; the file they stand in is read by host/findings.
 */
import * as z from 'zod';
import { wildcardTest } from './filter/wildcard.ts';
import { FindingGroup } from './finding.ts';
import { Severity } from './session.ts';

export const TriageStatus = z.enum(['accepted', 'false-positive', 'fixed']);
export type TriageStatus = z.infer<typeof TriageStatus>;

const Pattern = z.string().min(1).max(2000);

/** In each pattern `*` stands for any run of characters; one that is left out fits everything. */
export const TriageEntry = z
  .strictObject({
    check: Pattern.optional(),
    endpoint: Pattern.optional(),
    parameter: Pattern.optional(),
    status: TriageStatus.optional(),
    /** In place of the one that the check gave it. */
    severity: Severity.optional(),
    reason: z.string().max(5000).optional(),
    /** When it was said, ms since the epoch: what is fixed and seen later is open again. Without it, whatever is seen is. */
    since: z.number().optional(),
  })
  .refine(({ check, endpoint, parameter }) => check ?? endpoint ?? parameter, {
    error: 'An entry names a check, an endpoint or a parameter.',
  })
  .refine(({ status, severity }) => status ?? severity, {
    error: 'An entry says a status or a severity.',
  })
  .refine(({ status, reason = '' }) => status !== 'false-positive' || reason.trim() !== '', {
    error: 'A false positive needs a reason.',
    path: ['reason'],
  });
export type TriageEntry = z.infer<typeof TriageEntry>;

/** What a finding, or a group of them, is told apart by, and when it was last seen (ms since the epoch). */
export interface TriageSubject {
  readonly checkId: string;
  readonly endpoint: string;
  readonly parameter: string;
  readonly severity: Severity;
  readonly lastSeen?: number | undefined;
}

/** `reopened`: it was fixed and has been seen since. */
export const TriageState = z.enum(['open', 'reopened', ...TriageStatus.options]);
export type TriageState = z.infer<typeof TriageState>;

export const Triage = z.object({
  state: TriageState,
  /** As people see it. */
  severity: Severity,
  reason: z.string().optional(),
  /** When it was said to be fixed. */
  since: z.number().optional(),
  /** The entry that decided last. */
  entry: TriageEntry.optional(),
});
export type Triage = z.infer<typeof Triage>;

/** A group with what people have said of it. */
export const TriagedGroup = FindingGroup.extend({ triage: Triage });
export type TriagedGroup = z.infer<typeof TriagedGroup>;

/** Ports of servers on this machine are often any free one. */
const LOOPBACK = /^(\S+ [a-z]+:\/\/)(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d+)?/;

/** An endpoint without what differs between runs. */
export const stableEndpoint = (endpoint: string) => endpoint.replace(LOOPBACK, '$1localhost');
/** Positions in lists do not count: the third key of an answer may be its first tomorrow. */
export const stableParameter = (parameter: string) => parameter.replace(/\[\d+\]/g, '[]');

/** Whether it is still to be looked at. */
export const isOpen = (state: TriageState): boolean => state === 'open' || state === 'reopened';

type Fits = (subject: TriageSubject) => boolean;

function fits({ check, endpoint, parameter }: TriageEntry): Fits {
  const test = (pattern: string | undefined, stable: (text: string) => string) => {
    if (pattern === undefined) return () => true;
    const [exact, loose] = [wildcardTest(pattern), wildcardTest(stable(pattern))];
    return (text: string) => exact(text) || loose(stable(text));
  };
  const ofCheck = test(check, (text) => text);
  const ofEndpoint = test(endpoint, stableEndpoint);
  const ofParameter = test(parameter, stableParameter);
  return (one) => ofCheck(one.checkId) && ofEndpoint(one.endpoint) && ofParameter(one.parameter);
}

/** Entries compiled once for many findings. Severity and status may come from different entries. */
export function triager(entries: readonly TriageEntry[]): (subject: TriageSubject) => Triage {
  const compiled = entries.map((entry) => ({ entry, fits: fits(entry) }));
  return (subject) => {
    let triage: Triage = { state: 'open', severity: subject.severity };
    for (const { entry, fits: isFor } of compiled) {
      if (!isFor(subject)) continue;
      const { status, severity, reason, since } = entry;
      triage = { ...triage, entry, ...(severity === undefined ? {} : { severity }) };
      if (reason !== undefined) triage = { ...triage, reason };
      if (status === undefined) continue;
      const again =
        status === 'fixed' && (since === undefined || (subject.lastSeen ?? Number.POSITIVE_INFINITY) > since);
      const { since: _before, ...rest } = triage;
      triage = { ...rest, state: again ? 'reopened' : status, ...(since === undefined ? {} : { since }) };
    }
    return triage;
  };
}

/** What is said of a finding that was fixed and is there again; undefined of others. */
export const reopenedText = ({ state, since }: Triage): string | undefined =>
  state === 'reopened'
    ? `It was marked as fixed${since === undefined ? '' : ` on ${new Date(since).toISOString().slice(0, 10)}`} and is seen again.`
    : undefined;

/** Whether two entries are for the same findings, as they are written. */
export const samePatterns = (one: TriageEntry, other: TriageEntry): boolean =>
  one.check === other.check && one.endpoint === other.endpoint && one.parameter === other.parameter;
