import { describe, expect, it } from 'vitest';
import type { Finding } from '#model/finding.ts';
import type { TriageEntry } from '#model/triage.ts';
import { report } from '../testing/report.ts';
import { coverageNotices } from './check-report.ts';
import { triagedReport } from './triaged.ts';
import { verdictOf } from './verdict.ts';

const finding = (change: Partial<Finding>): Finding => ({
  checkId: 'csp-weak',
  sessionId: 1,
  severity: 'medium',
  confidence: 'high',
  title: 'Weak policy',
  detail: 'It allows everything.',
  endpoint: 'GET https://a.test/',
  parameter: 'script-src',
  evidence: [],
  at: 1000,
  ...change,
});
const FOUND = [
  finding({}),
  finding({ sessionId: 2, at: 5000 }),
  finding({ checkId: 'cookie-no-secure', parameter: 'theme' }),
];
const saying = (...entries: TriageEntry[]) =>
  triagedReport(report({ findings: FOUND, sessions: 2 }), entries);

describe('triage of a report', () => {
  it('leaves out what people have said, and counts it', () => {
    const triaged = saying({ check: 'csp-*', status: 'accepted' });
    expect(triaged.findings.map(({ checkId }) => checkId)).toEqual(['cookie-no-secure']);
    expect(triaged.triaged).toEqual({ accepted: 2, 'false-positive': 0, fixed: 0, reopened: 0 });
    expect(coverageNotices(triaged)).toEqual(['Left out as triaged: 2 accepted.']);
  });

  it('of everything is clean', () => {
    const triaged = saying({ check: '*', status: 'false-positive', reason: 'a test' });
    expect(verdictOf(triaged, 'low')).toBe('clean');
    expect(coverageNotices(triaged)).toEqual(['Left out as triaged: 3 false positives.']);
  });

  it('gives findings the severity that people gave them', () => {
    const triaged = saying({ parameter: 'theme', severity: 'info' });
    expect(triaged.findings.map(({ severity }) => severity)).toEqual(['medium', 'medium', 'info']);
    expect(verdictOf(triaged, 'high')).toBe('below');
  });

  it('keeps fixed what was not seen since, and opens again all of what was', () => {
    expect(saying({ check: 'csp-*', status: 'fixed', since: 5000 }).triaged).toMatchObject({
      fixed: 2,
      reopened: 0,
    });
    const again = saying({ check: 'csp-*', status: 'fixed', since: 4999 });
    expect(again.triaged).toMatchObject({ fixed: 0, reopened: 2 });
    expect(again.findings[0]?.detail).toBe(
      'It allows everything. It was marked as fixed on 1970-01-01 and is seen again.',
    );
    expect(coverageNotices(again)).toEqual(['2 findings marked as fixed are seen again.']);
  });

  it('that nobody asked for says nothing', () => {
    expect(coverageNotices(report({ findings: FOUND, sessions: 2 }))).toEqual([]);
  });
});
