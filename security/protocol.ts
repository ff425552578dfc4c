/** What travels between the runner and its worker. Types alone. */
import type { CheckJob } from './check-runner.ts';
import type { CheckResult } from './run-checks.ts';

export interface JobMessage {
  readonly number: number;
  readonly job: CheckJob;
}

export interface ResultMessage {
  readonly number: number;
  readonly result: CheckResult;
}
