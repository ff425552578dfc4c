import { describe, expect, it } from 'vitest';
import { plainReplay } from '#model/replay/plan.ts';
import { FIRST_FORM, needsScope, planOfForm, type ReplayForm } from './replay-form.ts';

const read = (change: Partial<ReplayForm> = {}) => planOfForm([1, 2], { ...FIRST_FORM, ...change });
const plan = (change: Partial<ReplayForm>) => {
  const result = read(change);
  if (!result.ok) throw new Error([...result.problems].join());
  return result.plan;
};

describe('the dialog as it opens', () => {
  it('sends everything once, as it was', () =>
    expect(read()).toEqual({ ok: true, total: 2, plan: plainReplay([1, 2]) }));
});

describe('what is filled in', () => {
  it('varies parts, and counts the requests', () => {
    const result = read({
      count: '2',
      varied: [
        { key: 1, part: ' query.a ', values: '1..3' },
        { key: 2, part: '$.b', values: 'x,y' },
        { key: 3, part: '', values: '' },
      ],
    });
    expect(result).toMatchObject({ ok: true, total: 24 });
    expect(plan({ varied: [{ key: 1, part: 'query.a', values: 'x,y' }], zip: true })).toMatchObject({
      variations: [{ part: 'query.a', values: ['x', 'y'] }],
      combine: 'zip',
    });
  });

  it('says how fast', () => {
    expect(plan({ rate: '2.5', parallel: '4', delay: '10', ramp: '500' }).pace).toEqual({
      kind: 'paced',
      rate: 2.5,
      parallel: 4,
      delayMs: 10,
      rampMs: 500,
    });
    // What the other paces have is not looked at.
    expect(plan({ pace: 'original', speed: '2', rate: 'x' }).pace).toEqual({ kind: 'original', speed: 2 });
    expect(plan({ pace: 'together', scope: 'a.test, b.test' })).toMatchObject({
      pace: { kind: 'together' },
      scope: ['a.test', 'b.test'],
    });
  });

  it('says where, what to look for and when to stop', () => {
    const made = plan({
      origin: ' https://b.test ',
      unconditional: true,
      extract: ' $.id ',
      stopStatus: '429 5xx',
      stopPattern: 'x',
      stopFailure: true,
      stopChange: true,
    });
    expect(made.change).toEqual({ origin: 'https://b.test', unconditional: true });
    expect(made.extract).toEqual({ json: '$.id' });
    expect(made.stop).toEqual({ statuses: ['429', '5xx'], pattern: 'x', failure: true, otherStatus: true });
    expect(plan({ extract: 'a(.)' }).extract).toEqual({ pattern: 'a(.)' });
  });
});

it('a scenario says which variables stay as they were', () => {
  expect(plan({ scenario: true, without: ['sid'] }).scenario).toEqual({ without: ['sid'] });
  expect(plan({ without: ['sid'] })).not.toHaveProperty('scenario');
});

describe('what is wrong', () => {
  it.each<[Partial<ReplayForm>, string]>([
    [{ count: '0' }, 'count'],
    [{ count: '1.5' }, 'count'],
    [{ count: '' }, 'count'],
    [{ count: '9999' }, 'count'],
    [{ rate: 'fast' }, 'rate'],
    [{ parallel: '101' }, 'parallel'],
    [{ pace: 'original', speed: '0' }, 'speed'],
    [{ varied: [{ key: 7, part: '', values: 'x' }] }, 'varied.7'],
    [{ varied: [{ key: 7, part: 'query.a', values: '1..99999' }] }, 'varied.7'],
    [{ stopStatus: '999' }, 'stopStatus'],
    [{ rate: '11' }, 'scope'],
    [{ pace: 'together' }, 'scope'],
  ])('%j is told at %s', (change, field) => {
    const result = read(change);
    expect(result.ok ? [] : [...result.problems.keys()]).toEqual([field]);
  });

  it('is not that a slow pace has no scope', () => {
    expect(needsScope(FIRST_FORM)).toBe(false);
    expect(needsScope({ ...FIRST_FORM, rate: '10.1' })).toBe(true);
  });
});
