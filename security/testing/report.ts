/** Reports for the tests of security/reports, made by the checks themselves. */
import type { Finding } from '#model/finding.ts';
import { makeSession, type SessionOverrides } from '#proxy-core/testing/session-factory.ts';
import { CHECKS } from '../checks/index.ts';
import type { CheckReport } from '../reports/check-report.ts';
import { runChecks } from '../run-checks.ts';
import { jobOf } from './run-check.ts';

/** What the checks find in these sessions, numbered from 1. */
export const findingsIn = (...sessions: SessionOverrides[]): Finding[] =>
  sessions.flatMap((session, i) => [
    ...runChecks(CHECKS, jobOf(makeSession({ id: i + 1, ...session }))).findings,
  ]);

export const report = (change: Partial<CheckReport> = {}): CheckReport => ({
  version: '1.2.3',
  checks: CHECKS.map(({ info }) => info),
  sessions: 5,
  partial: 0,
  failed: [],
  findings: [],
  ...change,
});
