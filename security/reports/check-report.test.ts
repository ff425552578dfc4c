import { describe, expect, it } from 'vitest';
import { report } from '../testing/report.ts';
import { counted, coverageNotices, failureNotice } from './check-report.ts';

describe('a failed check', () => {
  it('is a sentence that names it, on how many sessions, and why', () => {
    expect(failureNotice({ checkId: 'weak-password', count: 1, message: 'boom' })).toBe(
      'The check weak-password failed on 1 session: boom.',
    );
    expect(failureNotice({ checkId: 'all', count: 3, message: 'The worker ended.' })).toBe(
      'The security checks failed on 3 sessions: The worker ended.',
    );
  });
});

describe('what was not looked at', () => {
  it('is nothing when everything was', () => {
    expect(coverageNotices(report())).toEqual([]);
  });

  it('is said of failures first, then of long sessions', () => {
    const failed = [{ checkId: 'a', count: 2, message: 'boom' }];
    expect(coverageNotices(report({ failed, partial: 1 }))).toEqual([
      'The check a failed on 2 sessions: boom.',
      expect.stringMatching(/^Of 1 session a part was not checked: .+\.$/),
    ]);
  });

  it('is everything when there was nothing', () => {
    expect(coverageNotices(report({ sessions: 0 }))).toEqual([expect.stringContaining('nothing to check')]);
  });
});

it('things are counted as people do', () => {
  expect([0, 1, 2].map((n) => counted(n, 'finding'))).toEqual(['0 findings', '1 finding', '2 findings']);
});
