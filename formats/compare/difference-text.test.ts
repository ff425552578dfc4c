import { describe, expect, it } from 'vitest';
import type { CallDifference } from './compare-captures.ts';
import { countsLine, differenceJson, differenceLines, noDifferences } from './difference-text.ts';

const call = (id: number) => ({ id, endpoint: 'GET https://a.test/x', target: '/x' });
const endpoint = 'GET https://a.test/x';
const changed = (...differences: { field: string; a?: string; b?: string }[]): CallDifference => ({
  kind: 'changed',
  endpoint,
  a: call(4),
  b: call(7),
  differences,
  volatile: new Map([['response.header.date', 'transport']]),
});

describe('differences as lines', () => {
  it('say which call, and what was and is', () => {
    expect([...differenceLines({ kind: 'missing', endpoint, a: call(3) })]).toEqual([
      '- GET https://a.test/x  (3)',
    ]);
    expect([...differenceLines({ kind: 'added', endpoint, b: call(9) })]).toEqual([
      '+ GET https://a.test/x  (9)',
    ]);
    expect([
      ...differenceLines(changed({ field: 'status', a: '200', b: '500' }, { field: 'failure', b: 'dns' })),
    ]).toEqual(['~ GET https://a.test/x  (4, 7)', '    status: 200 → 500', '    failure: (none) → dns']);
  });

  it('are short, and move no cursor', () => {
    const [, line = ''] = differenceLines(
      changed({ field: 'response.body', a: `\u001b[2J${'x'.repeat(500)}`, b: 'a\nb' }),
    );
    expect(line).toContain('\\u{1b}[2J');
    expect(line).toContain('… → a b');
    expect(line.length).toBeLessThan(130);
    const many = Array.from({ length: 60 }, (_, i) => ({ field: `f${i}`, a: '1', b: '2' }));
    const lines = [...differenceLines(changed(...many))];
    expect([lines.length, lines.at(-1)]).toEqual([42, '    … and 20 more']);
  });

  it('say nothing of what is equal', () => {
    const equal: CallDifference = {
      kind: 'equal',
      endpoint,
      a: call(1),
      b: call(1),
      differences: [],
      volatile: new Map(),
    };
    expect([...differenceLines(equal)]).toEqual([]);
  });
});

it('is an object with the numbers of both sides for programs', () => {
  expect(differenceJson(changed({ field: 'status', a: '200', b: '500' }))).toEqual({
    kind: 'changed',
    endpoint,
    a: 4,
    b: 7,
    differences: [{ field: 'status', a: '200', b: '500' }],
    volatile: { 'response.header.date': 'transport' },
  });
  expect(differenceJson({ kind: 'missing', endpoint, a: call(3) })).toEqual({
    kind: 'missing',
    endpoint,
    a: 3,
  });
  expect(differenceJson({ kind: 'added', endpoint, b: call(3) })).toEqual({ kind: 'added', endpoint, b: 3 });
});

it('counts', () => {
  expect(countsLine({ ...noDifferences(), equal: 5 })).toBe('No differences: 5 calls are equal.');
  expect(countsLine({ equal: 5, changed: 1, missing: 0, added: 2 })).toBe(
    '1 changed, 0 missing, 2 added, 5 equal',
  );
});
