import fc from 'fast-check';
import { expect, test } from 'vitest';
import { PHASES, timingPhases } from './timing-phases.ts';

test('phases follow one another on the axis', () => {
  const { phases, total } = timingPhases({ dns: 10, connect: 20, tls: 30, send: 0, wait: 30, receive: 10 });
  expect(total).toBe(100);
  expect(phases.map(({ name, start, left, width }) => [name, start, left, width])).toEqual([
    ['dns', 0, 0, 0.1],
    ['connect', 10, 0.1, 0.2],
    ['tls', 30, 0.3, 0.3],
    ['send', 60, 0.6, 0],
    ['wait', 60, 0.6, 0.3],
    ['receive', 90, 0.9, 0.1],
  ]);
});

test('what did not happen is left out', () => {
  expect(timingPhases({ wait: 5 }).phases.map((phase) => phase.name)).toEqual(['wait']);
  expect(timingPhases({ wait: -1, send: Number.NaN }).phases).toEqual([]);
});

test('the axis is as long as the session when that is longer than its phases', () => {
  expect(timingPhases({ wait: 50 }, 100).phases[0]?.width).toBe(0.5);
});

test('no phases and no duration still make an axis', () => {
  expect(timingPhases({})).toEqual({ phases: [], total: 1 });
});

test('phases never leave the axis', () => {
  const part = fc.option(fc.double({ min: 0, max: 1e6, noNaN: true }), { nil: undefined });
  fc.assert(
    fc.property(fc.array(part, { minLength: 7, maxLength: 7 }), (values) => {
      const given = Object.fromEntries(
        PHASES.flatMap((name, i) => (values[i] === undefined ? [] : [[name, values[i]]])),
      );
      for (const phase of timingPhases(given).phases)
        expect(phase.left + phase.width).toBeLessThanOrEqual(1.0001);
    }),
  );
});
