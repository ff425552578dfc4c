/** The thread that looks through /proc, so that neither the proxy nor a window waits for it. */
import { Worker } from 'node:worker_threads';
import type { ClientProcess, ProcessFinder } from './process-finder.ts';

/** From source the worker is TypeScript, in a bundle JavaScript. */
const WORKER = new URL(
  import.meta.url.endsWith('.ts') ? './proc-worker.ts' : './proc-worker.js',
  import.meta.url,
);

export type Asked = readonly string[];
export type Answered = ReadonlyMap<string, ClientProcess>;

/** One question at a time: the next is asked when the one before is answered. */
export function procFinder(): ProcessFinder {
  const worker = new Worker(WORKER, {
    name: 'sluice-processes',
    resourceLimits: { maxYoungGenerationSizeMb: 4 },
  });
  let settle: ((outcome: Answered | Error) => void) | undefined;
  let ended: Error | undefined;
  const end = (error: Error) => {
    ended ??= error;
    settle?.(ended);
  };
  worker.on('message', (answer: Answered) => settle?.(answer));
  worker.on('error', end);
  worker.on('exit', () => end(new Error('nobody looks for processes any more')));
  // It has nothing to finish.
  worker.unref();
  return {
    find: (addresses) =>
      new Promise((resolve, reject) => {
        if (ended) return reject(ended);
        settle = (outcome) => {
          settle = undefined;
          if (outcome instanceof Error) reject(outcome);
          else resolve(outcome);
        };
        worker.postMessage(addresses satisfies Asked);
      }),
    async [Symbol.asyncDispose]() {
      await worker.terminate();
    },
  };
}
