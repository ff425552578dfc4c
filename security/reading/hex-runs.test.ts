import { expect, it } from 'vitest';
import { makeSession } from '#proxy-core/testing/session-factory.ts';
import { inputOf } from '../testing/run-check.ts';
import { hexRuns } from './hex-runs.ts';

const MD5 = '5d41402abc4b2a76b9719d911017c592';
const runs = (responseBody: string) => hexRuns(inputOf(makeSession({ responseBody })));

it('finds runs with their places, whatever their case', () => {
  expect(runs(`"${MD5}" ${MD5.toUpperCase()}`)).toEqual([
    { text: MD5, start: 1, end: 33 },
    { text: MD5.toUpperCase(), start: 35, end: 67 },
  ]);
});

it('takes nothing shorter for one, and has an end', () => {
  expect(runs(MD5.slice(1))).toEqual([]);
  expect(runs(`${MD5} `.repeat(3000))).toHaveLength(2000);
});

it.each(Array.from({ length: 40 }, (_, at) => at))('finds one that begins at %d, whole', (at) => {
  for (const length of [32, 33, 64, 100]) {
    const run = MD5.repeat(4).slice(0, length);
    expect(runs(`${'x'.repeat(at)}${run}y${run}`)).toEqual([
      { text: run, start: at, end: at + length },
      { text: run, start: at + length + 1, end: at + 2 * length + 1 },
    ]);
  }
});
