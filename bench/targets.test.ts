import { describe, expect, test } from 'vitest';
import { PEER_NAMES } from './options.ts';
import type { PeerResult, ScenarioResult } from './results.ts';
import { ALL_SCENARIOS } from './scenarios/all-scenarios.ts';
import { figureOf, judge, type LimitTarget, type RatioTarget, TARGETS } from './targets.ts';

const peer = (name: string, metric: string, ...values: number[]): PeerResult => ({
  peer: name,
  rounds: values.map((value) => ({ [metric]: value })),
  settling: [],
});

const scenario = (name: string, ...peers: PeerResult[]): ScenarioResult => ({
  scenario: { name, title: name, note: '', metrics: [] },
  peers,
});

const RATIO: RatioTarget = { kind: 'ratio', scenario: 's', metric: 'rate', peer: 'squid', atLeast: 1.2 };
const LIMIT: LimitTarget = { kind: 'limit', scenario: 's', metric: 'p50', atMost: 0.5, over: 'direct' };

describe('the targets', () => {
  test('speak of scenarios, metrics and peers that there are', () => {
    for (const target of TARGETS) {
      const found = ALL_SCENARIOS.find(({ name }) => name === target.scenario);
      const metrics = found?.metrics.map(({ id }) => id) ?? [];
      expect(metrics).toContain(target.metric);
      if (target.kind === 'ratio') expect(PEER_NAMES).toContain(target.peer);
      if (target.kind === 'limit' && target.over) expect(PEER_NAMES).toContain(target.over);
      if (target.kind === 'limit' && target.provided) expect(metrics).toContain(target.provided.metric);
    }
  });
});

describe('a ratio', () => {
  test('is taken from medians', () => {
    const result = scenario('s', peer('sluice', 'rate', 1, 120, 1e6), peer('squid', 'rate', 100, 100, 5));
    expect(judge(RATIO, { scenarios: [result] })).toEqual({ target: RATIO, reached: 1.2, met: true });
  });

  test('is missed by little as by much', () => {
    const result = scenario('s', peer('sluice', 'rate', 119), peer('squid', 'rate', 100));
    expect(judge(RATIO, { scenarios: [result] }).met).toBe(false);
  });

  test('is not judged when one of the two, or the scenario, is missing', () => {
    const without = [
      scenario('s', peer('sluice', 'rate', 1)),
      scenario('s', peer('squid', 'rate', 1)),
      scenario('s', peer('sluice', 'rate', 1), peer('squid', 'rate')),
      scenario('another', peer('sluice', 'rate', 1), peer('squid', 'rate', 1)),
    ];
    for (const result of without) {
      expect(judge(RATIO, { scenarios: [result] })).toEqual({
        target: RATIO,
        reached: undefined,
        met: undefined,
      });
    }
  });
});

describe('a limit', () => {
  test('over another peer counts from there', () => {
    const result = scenario('s', peer('sluice', 'p50', 0.75), peer('direct', 'p50', 0.25));
    expect(judge(LIMIT, { scenarios: [result] })).toMatchObject({ reached: 0.5, met: true });
  });

  test('is not judged without that peer', () => {
    expect(judge(LIMIT, { scenarios: [scenario('s', peer('sluice', 'p50', 0.1))] }).met).toBeUndefined();
  });

  test('by itself is a plain limit', () => {
    const { over: _, ...plain } = LIMIT;
    const result = scenario('s', peer('sluice', 'p50', 0.6));
    expect(judge(plain, { scenarios: [result] })).toMatchObject({ reached: 0.6, met: false });
  });

  test('is met only if enough was done, and missed even by less', () => {
    const target: LimitTarget = {
      kind: 'limit',
      scenario: 's',
      metric: 'peak',
      atMost: 300,
      provided: { metric: 'streamed', atLeast: 10 },
    };
    const run = (streamed: number, peak: number) => {
      const sluice: PeerResult = { peer: 'sluice', rounds: [{ peak, streamed }], settling: [] };
      return judge(target, { scenarios: [scenario('s', sluice)] }).met;
    };
    expect([run(10, 200), run(1, 200), run(10, 400), run(1, 400)]).toEqual([true, undefined, false, false]);
  });
});

test('a figure is the median of the rounds that have one', () => {
  const result = scenario('s', {
    peer: 'a',
    rounds: [{ x: 1 }, { y: 9 }, { x: 3 }],
    settling: [],
  });
  expect(figureOf(result, 'a', 'x')).toBe(2);
  expect(figureOf(result, 'b', 'x')).toBeUndefined();
  expect(figureOf(undefined, 'a', 'x')).toBeUndefined();
});
