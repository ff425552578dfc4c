/** The thread that runs the checks, so that neither the proxy nor the window waits for them. */
import { parentPort } from 'node:worker_threads';
import { CHECKS } from './checks/index.ts';
import type { JobMessage, ResultMessage } from './protocol.ts';
import { runChecks } from './run-checks.ts';

parentPort?.on('message', ({ number, job }: JobMessage) => {
  parentPort?.postMessage({ number, result: runChecks(CHECKS, job) } satisfies ResultMessage);
});
