import { describe, expect, it } from 'vitest';
import { makeSession, type SessionOverrides } from '#proxy-core/testing/session-factory.ts';
import { readPolicies } from './check-policy.ts';

const rows = (...sessions: SessionOverrides[]) =>
  sessions.map((session, i) => makeSession({ id: i + 1, ...session }).session.row);
const judge = (text: string, ...sessions: SessionOverrides[]) =>
  readPolicies(text).flatMap((policy) => policy.judge(rows(...sessions)));

describe('a policy', () => {
  it('forbids what a filter passes', () => {
    const found = judge('no status>=500', { status: 200 }, { status: 503 });
    expect(found).toMatchObject([
      { checkId: 'policy', sessionId: 2, severity: 'medium', parameter: 'no status>=500', evidence: [] },
    ]);
  });

  it('limits durations, of all or by endpoint', () => {
    const fast = { url: 'https://a.test/fast/1', durationMs: 10 };
    const slow = { url: 'https://a.test/slow/7', durationMs: 900 };
    expect(judge('p95(duration) < 300ms by endpoint', fast, fast, slow)).toMatchObject([
      { sessionId: 3, endpoint: 'GET https://a.test/slow/{id}', detail: 'p95 of the duration is 900 ms.' },
    ]);
    expect(judge('p50(duration) < 0.3s', fast, fast, slow)).toEqual([]);
    expect(judge('p99(duration) < 0.3s', fast, fast, slow)).toMatchObject([{ endpoint: 'all endpoints' }]);
  });

  it('is a line; empty ones and comments say nothing', () => {
    expect(readPolicies('\n# no status>=500\n\n').length).toBe(0);
    expect(readPolicies('no status>=500\nno host:evil.test\n').map(({ text }) => text)).toEqual([
      'no status>=500',
      'no host:evil.test',
    ]);
  });

  it.each([
    ['always be nice', 'usage', 'Line 1'],
    ['no status>=500\nno nonsense:(', 'filter-syntax', 'Line 2'],
    ['p95(size) < 3ms', 'usage', 'Line 1'],
  ])('%j is refused with its line', (text, code, message) => {
    expect(() => readPolicies(text)).toThrow(
      expect.objectContaining({ code, message: expect.stringContaining(message) }),
    );
  });
});
