import { describe, expect, it } from 'vitest';
import { parseAlone, parseUpToBar } from './parser.ts';

const asked: string[] = [];
const reading = {
  check: (pattern: string) => {
    asked.push(pattern);
    return pattern === 'no' ? 'not this one' : undefined;
  },
  now: new Date(2026, 0, 31, 12).getTime(),
};

describe('a parser', () => {
  it('asks what it was given about patterns', () => {
    expect(parseAlone('path~yes', reading)).toMatchObject({
      ok: true,
      filter: { type: 'regex', pattern: 'yes' },
    });
    expect(parseAlone('a path~no b', reading)).toEqual({
      ok: false,
      problem: { message: 'This is no regular expression: not this one.', start: 7, end: 9 },
    });
    expect(asked).toEqual(['yes', 'no']);
  });

  it('takes times of day for those of its day', () => {
    const at = new Date(2026, 0, 31, 10, 15).getTime();
    expect(parseAlone('time>=10:15', reading)).toMatchObject({
      filter: { type: 'time', operator: '>=', at },
    });
  });

  it('stops at a bar that stands alone, and says where', () => {
    expect(parseUpToBar('host:a | count by b:c:', reading)).toMatchObject({ ok: true, rest: 8 });
    expect(parseUpToBar('| count', reading)).toEqual({ ok: true, filter: { type: 'all' }, rest: 1 });
    expect(parseUpToBar('host:a', reading)).not.toHaveProperty('rest');
    expect(parseUpToBar('a|b', reading)).toMatchObject({ filter: { type: 'word', text: 'a|b' } });
    expect(parseUpToBar('(a | count', reading)).toMatchObject({ ok: false, problem: { start: 0, end: 1 } });
    expect(parseUpToBar('a or | count', reading)).toMatchObject({ ok: false });
  });

  it('refuses the bar where a filter stands alone', () => {
    expect(parseAlone('host:a | count', reading)).toMatchObject({
      ok: false,
      problem: { message: expect.stringMatching(/sluice stats/), start: 7, end: 14 },
    });
  });

  it('knows that there is such a header', () => {
    expect(parseAlone('not header:x-a', reading)).toMatchObject({
      filter: { type: 'not', term: { type: 'has', field: 'header', name: 'x-a' } },
    });
  });
});
