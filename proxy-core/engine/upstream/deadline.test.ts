import { once } from 'node:events';
import { expect, test } from 'vitest';
import { TimeLimitError } from '../failure.ts';
import { Deadline } from './deadline.ts';

test('it aborts with a time limit when the time is over', async () => {
  using deadline = new Deadline(5);
  await once(deadline.signal, 'abort');
  expect(deadline.signal.reason).toBeInstanceOf(TimeLimitError);
  expect(deadline.signal.reason).toMatchObject({ code: 'SLUICE_TIMEOUT', phase: 'connect' });
});

test('it follows the outer signal, with its reason, at once', () => {
  const outer = new AbortController();
  using deadline = new Deadline(60_000, outer.signal);
  expect(deadline.signal.aborted).toBe(false);
  outer.abort('enough');
  expect(deadline.signal.reason).toBe('enough');
});

test('one that is aborted already aborts it from the beginning', () => {
  using deadline = new Deadline(60_000, AbortSignal.abort('before'));
  expect(deadline.signal.reason).toBe('before');
});

test('disposed of, it listens no more and has no timer', () => {
  const outer = new AbortController();
  const timers = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
  const before = timers();
  const deadline = new Deadline(60_000, outer.signal);
  expect(timers()).toBe(before + 1);
  deadline[Symbol.dispose]();
  expect(timers()).toBe(before);
  outer.abort();
  expect(deadline.signal.aborted).toBe(false);
});
