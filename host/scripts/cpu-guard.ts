/**
 * Watches a script's thread from outside, for what its own interrupts do not reach: one long step inside the interpreter. What counts is the thread's
 * processor time, so that nobody is blamed for a busy machine.
 */
import type { Worker } from 'node:worker_threads';

const LOOK_MS = 500;

/** Undefined for a thread that has not started yet, or is over. */
async function cpuMs(worker: Pick<Worker, 'cpuUsage'>): Promise<number | undefined> {
  try {
    const { user, system } = await worker.cpuUsage();
    return (user + system) / 1000;
  } catch {
    return undefined;
  }
}

/**
 * @param turn changes with each word of the thread; undefined while nothing is asked of it
 * @param onStuck called once when the thread has worked for `budgetMs` without a word
 */
export function guardCpu(
  worker: Pick<Worker, 'cpuUsage'>,
  turn: () => number | undefined,
  budgetMs: number,
  onStuck: () => void,
): Disposable {
  let since: { readonly turn: number; readonly cpu: number } | undefined;
  let looking = false;
  const look = async () => {
    const now = turn();
    if (now === undefined) {
      since = undefined;
      return;
    }
    const cpu = await cpuMs(worker);
    if (cpu === undefined || turn() !== now) since = undefined;
    else if (since?.turn !== now) since = { turn: now, cpu };
    else if (cpu - since.cpu > budgetMs) {
      clearInterval(timer);
      onStuck();
    }
  };
  const timer = setInterval(
    () => {
      if (looking) return;
      looking = true;
      void look().finally(() => {
        looking = false;
      });
    },
    Math.min(LOOK_MS, budgetMs / 2),
  );
  timer.unref();
  return { [Symbol.dispose]: () => clearInterval(timer) };
}
