/** What travels between the runner and its worker. Types alone. */

import type { CheckContext } from './check.ts';
import type { CheckJob, CheckResult } from './check-runner.ts';
import type { Threshold } from './threshold.ts';

/** A worker's `workerData`: the memory of its Progress, and from which threshold on it tells what it finds. */
export interface WorkerOptions {
  readonly progress: SharedArrayBuffer;
  readonly threshold?: Threshold;
  readonly context?: CheckContext;
}

export interface JobMessage {
  /** From 1 on. */
  readonly number: number;
  readonly job: CheckJob;
  /** Ids of checks to leave out: they have failed on this session before in a way that took the worker with it. */
  readonly skip: readonly string[];
}

export interface ResultMessage {
  readonly number: number;
  readonly result: CheckResult;
}
