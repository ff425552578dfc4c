import { Worker } from 'node:worker_threads';
import { expect, it } from 'vitest';
import { Progress } from './progress.ts';

it('says nothing is being done until something is', () => {
  const progress = new Progress();
  progress.rest();
  expect(progress.read()).toEqual({ job: 0, check: -1 });
});

it('is the same seen from both ends of its memory', () => {
  const here = new Progress();
  const there = new Progress(here.buffer);
  there.enter(7, 2);
  expect(here.read()).toEqual({ job: 7, check: 2 });
  there.enter(7, 3);
  expect(here.read()).toEqual({ job: 7, check: 3 });
  there.rest();
  expect(here.read()).toEqual({ job: 0, check: -1 });
});

it('is read while a worker that writes it is busy and after it has died', async () => {
  const progress = new Progress();
  const worker = new Worker(
    `const cells = new Int32Array(require('node:worker_threads').workerData);
     Atomics.store(cells, 1, 4); Atomics.store(cells, 0, 9); Atomics.notify(cells, 0);
     for (;;);`,
    { eval: true, workerData: progress.buffer },
  );
  const cells = new Int32Array(progress.buffer);
  const { value } = Atomics.waitAsync(cells, 0, 0, 10_000);
  await value;
  expect(progress.read()).toEqual({ job: 9, check: 4 });
  await worker.terminate();
  expect(progress.read()).toEqual({ job: 9, check: 4 });
});
