import { expect, it } from 'vitest';
import { precision, recall, scoresOf } from './score.ts';

const { all, checks, misses } = scoresOf([
  { title: 'one', expected: ['a'], found: ['a'] },
  { title: 'two', expected: ['a', 'b'], found: ['b'] },
  { title: 'three', expected: [], found: ['b'] },
  { title: 'four', expected: [], found: [] },
]);

it('counts by check and in all', () => {
  expect(checks).toEqual([
    { check: 'a', right: 1, wrong: 0, missed: 1 },
    { check: 'b', right: 1, wrong: 1, missed: 0 },
  ]);
  expect(all).toEqual({ check: 'all', right: 2, wrong: 1, missed: 1 });
  expect([precision(all), recall(all)]).toEqual([2 / 3, 2 / 3]);
});

it('names every miss', () => {
  expect(misses).toEqual(['two: a was missed', 'three: b was found and is not there']);
});

it('takes nothing of nothing for right', () => {
  const nothing = { check: 'x', right: 0, wrong: 0, missed: 0 };
  expect([precision(nothing), recall(nothing)]).toEqual([1, 1]);
});
