/** Reports for the tests of security/reports, made by the checks themselves. */
import type { Finding } from '#model/finding.ts';
import { makeSession, type SessionOverrides } from '#proxy-core/testing/session-factory.ts';
import { begun } from '../check.ts';
import { CHECKS } from '../checks/index.ts';
import type { CheckReport } from '../reports/check-report.ts';
import { runChecks } from '../run-checks.ts';
import { jobOf } from './run-check.ts';

/** What else there is to say of these sessions is not of interest to reports. */
const WANTED = [
  'credentials-in-clear',
  'credentials-in-url',
  'weak-password',
  'personal-data',
  'secret-in-response',
];

/** What the checks find in these sessions, numbered from 1. */
export const findingsIn = (...sessions: SessionOverrides[]): Finding[] =>
  sessions.flatMap((session, i) => [
    ...runChecks(
      begun(CHECKS).filter(({ info }) => WANTED.includes(info.id)),
      jobOf(makeSession({ id: i + 1, ...session })),
    ).findings,
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
