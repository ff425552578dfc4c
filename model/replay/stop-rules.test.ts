import { describe, expect, it } from 'vitest';
import type { StopRules } from './plan.ts';
import { stopRules } from './stop-rules.ts';

const answer = { status: 200, differs: [] as string[], atMs: 0 };
const why = (rules: StopRules, row = {}, text = '', elapsedMs = 0) =>
  stopRules(rules)({ row: { ...answer, ...row }, text, elapsedMs });

describe('a replay', () => {
  it.each([
    [{}, { status: 500 }],
    [{ statuses: ['429'] }, { status: 500 }],
    [{ statuses: ['5xx'] }, { status: 404 }],
    [{ failure: true }, {}],
    [{ otherStatus: true }, { differs: ['response.body.id'] }],
    [{ pattern: 'admin' }, {}],
    [{ afterMs: 100 }, {}],
  ])('goes on with %j after %j', (rules, row) => expect(why(rules, row, 'user', 99)).toBeUndefined());

  it.each([
    [{ statuses: ['429', '5xx'] }, { status: 503 }, 'an answer had status 503'],
    [{ statuses: ['429', '5XX'] }, { status: 429 }, 'an answer had status 429'],
    [{ failure: true }, { status: undefined, failure: 'refused' }, 'a request failed: refused'],
    [{ otherStatus: true }, { differs: ['status'] }, 'an answer had another status than recorded'],
    [{ pattern: 'is_?admin' }, {}, 'an answer had the pattern in it'],
    [{ afterMs: 100 }, {}, 'the time was over'],
  ])('stops with %j after %j', (rules, row, reason) =>
    expect(why(rules, row, '{"isAdmin":true}', 100)).toBe(reason),
  );

  it('refuses what is no pattern', () =>
    expect(() => stopRules({ pattern: '[' })).toThrow(expect.objectContaining({ code: 'usage' })));
});
