/** What a run of the checks over a capture has to say, whatever form it is then given, and what must be said beside the findings. Pure. */
import type { FailedCheck } from '#model/contract/contract.ts';
import type { CheckInfo, Finding } from '#model/finding.ts';
import type { RequestHead, ResponseHead, SessionId } from '#model/session.ts';
import type { TriageStatus } from '#model/triage.ts';

export interface CheckReport {
  /** Sluice's own. */
  readonly version: string;
  /** What the checks and probes say of themselves. */
  readonly checks: readonly CheckInfo[];
  /** Sessions that the checks were given. */
  readonly sessions: number;
  /** Of these, how many were looked at in their beginning only. */
  readonly partial: number;
  readonly failed: readonly FailedCheck[];
  readonly findings: readonly Finding[];
  /** How many findings were left out for what people had said of them, and how many are there again; undefined where nobody was asked. */
  readonly triaged?: TriageCounts;
  /** Heads of sessions that findings were seen in, without secrets; for forms of a report that show them. */
  readonly exchanges?: ReadonlyMap<SessionId, Exchange>;
}

export interface Exchange {
  readonly request: RequestHead;
  readonly response?: ResponseHead;
}

export type TriageCounts = Readonly<Record<TriageStatus | 'reopened', number>>;

/** Stands for all checks where none could run. */
export const ALL_CHECKS = 'all';

/** "1 session", "2 sessions". */
export const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;

/** One sentence about a check that failed. */
export function failureNotice({ checkId, count, message }: FailedCheck): string {
  const what = checkId === ALL_CHECKS ? 'The security checks' : `The check ${checkId}`;
  return `${what} failed on ${counted(count, 'session')}: ${message.replace(/\.$/, '')}.`;
}

const TRIAGED: readonly (readonly [TriageStatus, string])[] = [
  ['accepted', 'accepted'],
  ['false-positive', 'false positive'],
  ['fixed', 'fixed'],
];

/** What people had said of findings, in sentences; none where nothing was. */
export function triageNotices({ triaged }: CheckReport): string[] {
  if (triaged === undefined) return [];
  const left = TRIAGED.filter(([status]) => triaged[status] > 0).map(([status, words]) =>
    status === 'false-positive' ? counted(triaged[status], words) : `${triaged[status]} ${words}`,
  );
  const { reopened } = triaged;
  const again = `${counted(reopened, 'finding')} marked as fixed ${reopened === 1 ? 'is' : 'are'} seen again.`;
  return [
    ...(left.length > 0 ? [`Left out as triaged: ${left.join(', ')}.`] : []),
    ...(reopened > 0 ? [again] : []),
  ];
}

/** What was not looked at, and why: sentences to stand beside any list of findings, which is not the whole truth without them. */
export function coverageNotices(report: CheckReport): string[] {
  const { sessions, partial, failed } = report;
  const notices = [...failed.map(failureNotice), ...triageNotices(report)];
  if (partial > 0) {
    const parts = 'long bodies, and sessions of many messages, were looked at in their beginning only';
    notices.push(`Of ${counted(partial, 'session')} a part was not checked: ${parts}.`);
  }
  if (sessions === 0) notices.push('There was nothing to check: the capture holds no sessions.');
  return notices;
}
