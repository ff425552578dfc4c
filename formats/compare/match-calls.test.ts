import { describe, expect, it } from 'vitest';
import type { CallKey } from './call-fields.ts';
import { matchCalls } from './match-calls.ts';

/** "1 /a?x" → call 1 of endpoint "/a" with that target. */
const calls = (...lines: string[]): CallKey[] =>
  lines.map((line) => {
    const [id = '', target = ''] = line.split(' ');
    return { id: Number(id), target, endpoint: target.replace(/\?.*|\d+/, '') };
  });
const matched = (a: CallKey[], b: CallKey[]) =>
  [...matchCalls(a, b)].map(({ endpoint, pairs, missing, added }) => ({
    endpoint,
    pairs: pairs.map(([x, y]) => `${x.id}=${y.id}`),
    missing: missing.map(({ id }) => id),
    added: added.map(({ id }) => id),
  }));

describe('matching calls', () => {
  it('pairs the same target in the order of its occurrence', () => {
    expect(matched(calls('1 /a?x', '2 /a?y', '3 /a?x'), calls('7 /a?y', '8 /a?x', '9 /a?x'))).toEqual([
      { endpoint: '/a', pairs: ['1=8', '2=7', '3=9'], missing: [], added: [] },
    ]);
  });

  it('pairs what is left of an endpoint in order: ids are others every time', () => {
    expect(matched(calls('1 /o/11', '2 /o/12'), calls('5 /o/91', '6 /o/92', '7 /o/93'))).toEqual([
      { endpoint: '/o/', pairs: ['1=5', '2=6'], missing: [], added: [7] },
    ]);
  });

  it('says what only one side has', () => {
    expect(matched(calls('1 /a', '2 /b', '3 /a'), calls('5 /a', '6 /c'))).toEqual([
      { endpoint: '/a', pairs: ['1=5'], missing: [3], added: [] },
      { endpoint: '/b', pairs: [], missing: [2], added: [] },
      { endpoint: '/c', pairs: [], missing: [], added: [6] },
    ]);
    expect(matched([], [])).toEqual([]);
  });

  it('does so in a time that follows the number of calls', () => {
    const many = (from: number) => Array.from({ length: 50_000 }, (_, i) => `${i + 1} /o/${from + i}`);
    const started = performance.now();
    const [all] = matched(calls(...many(0)), calls(...many(25_000)));
    expect(all?.pairs).toHaveLength(50_000);
    expect(performance.now() - started).toBeLessThan(3000);
  });
});
