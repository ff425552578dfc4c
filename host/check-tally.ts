/** What became of the checks in this run: how many sessions, which checks failed and how often, and what was too long to be looked at. */
import type { FailedCheck } from '#model/contract/contract.ts';
import type { CheckResult } from '#security/check-runner.ts';

/** Stands for all checks where none could run. */
export const ALL_CHECKS = 'all';

export class CheckTally {
  #checked = 0;
  #partial = 0;
  readonly #failed = new Map<string, FailedCheck>();

  get checked(): number {
    return this.#checked;
  }

  /** Sessions of which only the beginning was looked at. */
  get partial(): number {
    return this.#partial;
  }

  /** Each check that failed, in the order of their first failures, with its latest. */
  get failed(): FailedCheck[] {
    return [...this.#failed.values()];
  }

  add({ failures, cut }: Pick<CheckResult, 'failures' | 'cut'>): void {
    this.#checked += 1;
    if (cut.length > 0) this.#partial += 1;
    for (const { checkId, message } of failures) this.#count(checkId, message);
  }

  /** No check could look at a session. */
  addError(error: unknown): void {
    this.#count(ALL_CHECKS, error instanceof Error ? error.message : String(error));
  }

  #count(checkId: string, message: string): void {
    this.#failed.set(checkId, { checkId, message, count: (this.#failed.get(checkId)?.count ?? 0) + 1 });
  }
}

const sessions = (count: number) => (count === 1 ? '1 session' : `${count} sessions`);

/** One sentence for each check that failed. */
export const failureNotices = (failed: readonly FailedCheck[]): string[] =>
  failed.map(({ checkId, count, message }) => {
    const what = checkId === ALL_CHECKS ? 'The security checks' : `The check ${checkId}`;
    return `${what} failed on ${sessions(count)}: ${message.replace(/\.$/, '')}.`;
  });
