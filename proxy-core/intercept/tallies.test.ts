import { expect, it } from 'vitest';
import { Tallies } from './tallies.ts';

it('counts matches and failures by rule, with the time of the last match', () => {
  const tallies = new Tallies();
  const before = Date.now();
  tallies.matched('a');
  tallies.matched('a');
  tallies.failed('b');
  const [a, b] = tallies.list();
  expect(a).toMatchObject({ rule: 'a', matches: 2, failures: 0 });
  expect(a?.last).toBeGreaterThanOrEqual(before);
  expect(b).toEqual({ rule: 'b', matches: 0, last: 0, failures: 1 });
  expect([tallies.matches('a'), tallies.matches('zz')]).toEqual([2, 0]);
});

it('says that it has changed, and begins again', () => {
  const tallies = new Tallies();
  const { version } = tallies;
  tallies.matched('a');
  expect(tallies.version).toBeGreaterThan(version);
  tallies.reset('a');
  expect(tallies.list()).toEqual([]);
});
