/** Waits until a program has nothing left to do, so that what it put off is not done in another's time. */
import { setTimeout as delay } from 'node:timers/promises';

/** Idle: not more than one tick of the processor's clock in this time. */
const WINDOW_MS = 200;
const TICK = 0.011;
const LIMIT_MS = 10_000;

/** Resolves when `cpuSeconds` has stopped growing, or after ten seconds, with how long it went on, s. */
export async function untilIdle(cpuSeconds: () => number): Promise<number> {
  const from = performance.now();
  let worked = 0;
  for (let used = cpuSeconds(); worked < LIMIT_MS; ) {
    await delay(WINDOW_MS);
    const now = cpuSeconds();
    if (now - used <= TICK) break;
    worked = performance.now() - from;
    used = now;
  }
  return worked / 1000;
}
