/** The thread that runs the checks, so that neither the proxy nor the window waits for them. */
import { constants, setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import { begun } from './check.ts';
import { CHECKS } from './checks/index.ts';
import { LearnedPaths } from './learned-paths.ts';
import { Progress } from './progress.ts';
import type { JobMessage, ResultMessage, WorkerOptions } from './protocol.ts';
import { accountRules } from './reading/account-rules.ts';
import { runChecks } from './run-checks.ts';

/** Behind everything else on the machine. Linux alone has priorities of threads; elsewhere this would slow the whole program. */
function stepBack(): void {
  if (process.platform !== 'linux') return;
  try {
    setPriority(0, constants.priority.PRIORITY_LOW);
  } catch {
    // Not allowed here (a sandbox): then it runs as the rest does.
  }
}

stepBack();
const { progress: cells, threshold, context } = workerData as WorkerOptions;
const progress = new Progress(cells);
const paths = new LearnedPaths();
const accounts = accountRules(context?.accounts);
const ALL = begun(CHECKS, context);
const PLACES = new Map(ALL.map((check, place) => [check, place]));

parentPort?.on('message', ({ number, job, skip }: JobMessage) => {
  const checks = skip.length === 0 ? ALL : ALL.filter(({ info }) => !skip.includes(info.id));
  const result = runChecks(checks, job, {
    ...(threshold === undefined ? {} : { threshold }),
    paths,
    accounts,
    onCheck: (check) => progress.enter(number, PLACES.get(check) ?? -1),
  });
  progress.rest();
  parentPort?.postMessage({ number, result } satisfies ResultMessage);
});
