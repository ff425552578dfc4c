import { setTimeout as delay } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { startCpuWatch } from './cpu-watch.ts';
import { type Place, Progress } from './progress.ts';

const BUDGET = 50;

/** A worker of which only the processor time is asked; it takes 20 ms at each look, or what `spend` says. */
function worker(spend: () => number = () => 20) {
  let user = 0;
  let asked = 0;
  let wake: () => void = () => undefined;
  return {
    async cpuUsage() {
      asked += 1;
      user += spend() * 1000;
      wake();
      return { user, system: 0 };
    },
    /** Resolves when it was asked so many times. */
    async looks(count: number) {
      while (asked < count) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      // What is done with the answer comes after it.
      await delay(0);
    },
  };
}

it('tells of a check that takes more than its budget, once', async () => {
  const progress = new Progress();
  const told: Place[] = [];
  const busy = worker();
  using _ = startCpuWatch(busy, progress, BUDGET, (place) => told.push(place));
  progress.enter(3, 1);
  await busy.looks(4);
  expect(told).toEqual([{ job: 3, check: 1 }]);
  await delay(BUDGET);
  expect(told).toHaveLength(1);
});

it('says nothing of a worker that is getting on: each check and each session has the whole budget', async () => {
  const progress = new Progress();
  const told: Place[] = [];
  let looks = 0;
  const busy = worker(() => {
    looks += 1;
    if (looks % 2 === 0) progress.enter(1 + Math.floor(looks / 4), looks % 4);
    return 20;
  });
  using _ = startCpuWatch(busy, progress, BUDGET, (place) => told.push(place));
  await busy.looks(12);
  expect(told).toEqual([]);
});

it('says nothing of a worker that rests, or that waits for a processor', async () => {
  const told: Place[] = [];
  const resting = worker(() => 1000);
  using _ = startCpuWatch(resting, new Progress(), BUDGET, (place) => told.push(place));
  const starved = worker(() => 0);
  const progress = new Progress();
  progress.enter(1, 0);
  using _2 = startCpuWatch(starved, progress, BUDGET, (place) => told.push(place));
  await Promise.all([resting.looks(8), starved.looks(8)]);
  expect(told).toEqual([]);
});

it('goes by the clock where processor time cannot be told', async () => {
  const progress = new Progress();
  progress.enter(2, 0);
  const { promise, resolve } = Promise.withResolvers<Place>();
  using _ = startCpuWatch({ cpuUsage: () => Promise.reject(new Error('no')) }, progress, BUDGET, resolve);
  expect(await promise).toEqual({ job: 2, check: 0 });
});

it('is over when disposed of', async () => {
  const progress = new Progress();
  progress.enter(2, 0);
  const told: Place[] = [];
  const busy = worker();
  startCpuWatch(busy, progress, BUDGET, (place) => told.push(place))[Symbol.dispose]();
  await delay(BUDGET * 3);
  expect(told).toEqual([]);
});
