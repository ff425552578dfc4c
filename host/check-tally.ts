/** What became of the checks in this run: how many sessions, which checks failed and how often, and what was too long to be looked at. */
import type { FailedCheck } from '#model/contract/contract.ts';
import type { CheckResult } from '#security/check-runner.ts';
import { ALL_CHECKS } from '#security/reports/check-report.ts';

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
