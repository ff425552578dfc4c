import { expect, it } from 'vitest';
import { makeSession } from '#proxy-core/testing/session-factory.ts';
import { phaseRows } from './phase-rows.ts';

it('lays both sessions on one axis, and says what the second took more', () => {
  const a = makeSession({ durationMs: 100, timings: { dns: 10, connect: 20, wait: 70 } }).session;
  const b = makeSession({ durationMs: 200, timings: { send: 1, wait: 199 } }).session;
  const { rows, totalA, totalB } = phaseRows(a, b);
  expect(rows.map(({ name, more }) => [name, more])).toEqual([
    ['dns', -10],
    ['connect', -20],
    ['send', 1],
    ['wait', 129],
  ]);
  expect(rows[0]).toMatchObject({ a: { left: 0, width: 0.05 }, b: undefined });
  expect(rows[3]?.b).toMatchObject({ left: 0.005, width: 0.995 });
  expect([totalA, totalB]).toEqual([100, 200]);
});

it('has no rows where nothing was measured', () => {
  const { session } = makeSession({ timings: {} });
  expect(phaseRows(session, session).rows).toEqual([]);
});
