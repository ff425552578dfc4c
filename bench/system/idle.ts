/** Waits until a program has nothing left to do, so that what it put off is not done in another's time. */
import { setTimeout as delay } from 'node:timers/promises';

/** Idle: not more than one tick of the processor's clock in this time. */
const WINDOW_MS = 200;
const TICK = 0.011;
const LIMIT_MS = 30_000;

/** Resolves when `cpuSeconds` has stopped growing, or after half a minute, with how long it went on, s. */
export async function untilIdle(cpuSeconds: () => number): Promise<number> {
  const from = performance.now();
  for (let used = cpuSeconds(); ; ) {
    await delay(WINDOW_MS);
    const now = cpuSeconds();
    const elapsed = performance.now() - from;
    if (now - used <= TICK) return Math.max(0, elapsed - WINDOW_MS) / 1000;
    if (elapsed > LIMIT_MS) return elapsed / 1000;
    used = now;
  }
}
