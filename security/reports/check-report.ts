/** What a run of the checks over a capture has to say, whatever form it is then given, and what must be said beside the findings. Pure. */
import type { FailedCheck } from '#model/contract/contract.ts';
import type { CheckInfo, Finding } from '#model/finding.ts';

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
}

/** Stands for all checks where none could run. */
export const ALL_CHECKS = 'all';

/** "1 session", "2 sessions". */
export const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;

/** One sentence about a check that failed. */
export function failureNotice({ checkId, count, message }: FailedCheck): string {
  const what = checkId === ALL_CHECKS ? 'The security checks' : `The check ${checkId}`;
  return `${what} failed on ${counted(count, 'session')}: ${message.replace(/\.$/, '')}.`;
}

/** What was not looked at, and why: sentences to stand beside any list of findings, which is not the whole truth without them. */
export function coverageNotices({ sessions, partial, failed }: CheckReport): string[] {
  const notices = failed.map(failureNotice);
  if (partial > 0) {
    const parts = 'long bodies, and sessions of many messages, were looked at in their beginning only';
    notices.push(`Of ${counted(partial, 'session')} a part was not checked: ${parts}.`);
  }
  if (sessions === 0) notices.push('There was nothing to check: the capture holds no sessions.');
  return notices;
}
