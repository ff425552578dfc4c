/** Lets work begin no oftener than so many times a second, evenly: what probes ask before each request. */
import { setTimeout as delay } from 'node:timers/promises';

export interface Pacer {
  /** Resolves when the next may begin. One at a time. */
  turn(): Promise<void>;
}

export function createPacer(perSecond: number, now: () => number = () => performance.now()): Pacer {
  const gap = 1000 / perSecond;
  let next = Number.NEGATIVE_INFINITY;
  return {
    async turn() {
      // A timer may fire a little early.
      for (let early = next - now(); early > 0; early = next - now()) await delay(Math.ceil(early));
      next = now() + gap;
    },
  };
}
