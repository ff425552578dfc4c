/**
 * Watches that no check runs for ever. What counts is the worker's own processor time: on a busy machine, where a thread of low priority
 * gets little of it, a check may take long and be at no fault.
 */
import type { Worker } from 'node:worker_threads';
import type { Place, Progress } from './progress.ts';

/** How often in one budget it is looked. */
const LOOKS = 5;

/** Processor time of a worker in ms; where this cannot be told, the time of the clock. */
async function cpuMs(worker: Pick<Worker, 'cpuUsage'>): Promise<number> {
  try {
    const { user, system } = await worker.cpuUsage();
    return (user + system) / 1000;
  } catch {
    return performance.now();
  }
}

/** Calls `onOverrun` once when one check of one job has taken more than `budgetMs`. Ends by itself then, else when disposed of. */
export function startCpuWatch(
  worker: Pick<Worker, 'cpuUsage'>,
  progress: Progress,
  budgetMs: number,
  onOverrun: (place: Place) => void,
): Disposable {
  let since: (Place & { readonly cpu: number }) | undefined;
  let looking = false;
  let ended = false;

  async function look(): Promise<void> {
    const place = progress.read();
    const cpu = await cpuMs(worker);
    const now = progress.read();
    const still = place.job !== 0 && place.check >= 0 && now.job === place.job && now.check === place.check;
    if (ended || !still) {
      since = undefined;
    } else if (since?.job !== place.job || since.check !== place.check) {
      since = { ...place, cpu };
    } else if (cpu - since.cpu > budgetMs) {
      stop();
      onOverrun(place);
    }
  }

  const timer = setInterval(() => {
    if (looking) return;
    looking = true;
    void look().finally(() => {
      looking = false;
    });
  }, budgetMs / LOOKS);
  // A check that runs is no reason to go on when everything else has ended.
  timer.unref();

  function stop(): void {
    ended = true;
    clearInterval(timer);
  }
  return { [Symbol.dispose]: stop };
}
