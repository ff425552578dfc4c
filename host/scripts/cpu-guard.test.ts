import { setTimeout as delay } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { until } from '#proxy-core/testing/until.ts';
import { guardCpu } from './cpu-guard.ts';

/** A thread that has worked `ms` whenever it is asked. */
const thread = (ms: () => number) => ({ cpuUsage: async () => ({ user: ms() * 1000, system: 0 }) });

it('tells once of a thread that works on and says nothing', async () => {
  let spent = 0;
  let stuck = 0;
  using _ = guardCpu(
    thread(() => (spent += 30)),
    () => 1,
    50,
    () => (stuck += 1),
  );
  await until(
    () => stuck > 0,
    () => String(spent),
  );
  await delay(60);
  expect(stuck).toBe(1);
});

it('waits for threads that get no time, say something, or have nothing to do', async () => {
  let stuck = 0;
  let turn = 0;
  let looks = 0;
  const count = () => {
    looks += 1;
    return looks * 100;
  };
  using _idle = guardCpu(
    thread(() => 0),
    () => 1,
    20,
    () => (stuck += 1),
  );
  using _talking = guardCpu(
    thread(count),
    () => (turn += 1),
    20,
    () => (stuck += 1),
  );
  const starting = { cpuUsage: () => Promise.reject(new Error('not running')) };
  using _starting = guardCpu(
    starting,
    () => 1,
    20,
    () => (stuck += 1),
  );
  using _resting = guardCpu(
    thread(count),
    () => undefined,
    20,
    () => (stuck += 1),
  );
  await until(
    () => turn > 8,
    () => String(turn),
  );
  expect(stuck).toBe(0);
});
