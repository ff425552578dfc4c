import { describe, expect, it } from 'vitest';
import type { Triage, TriagedGroup } from '#model/triage.ts';
import { exactly, lastSaid, openAgain, withSeverity } from './said.ts';

const group = (triage: Partial<Triage> = {}): TriagedGroup => ({
  checkId: 'csp-weak',
  severity: 'medium',
  confidence: 'high',
  title: '',
  detail: '',
  endpoint: 'GET https://a.test/',
  parameter: 'script-src',
  count: 1,
  firstSeen: 1,
  lastSeen: 1,
  sessionIds: [1],
  triage: { state: 'open', severity: 'medium', ...triage },
});
const OWN = { check: 'csp-weak', endpoint: 'GET https://a.test/', parameter: 'script-src' };
const ENTRY = {
  check: 'csp-*',
  status: 'fixed' as const,
  since: 5,
  reason: 'done',
  severity: 'low' as const,
};

describe('what is said of a group', () => {
  it('is of it alone where nothing was said before, else of the same patterns', () => {
    expect([exactly(group()), lastSaid(group())]).toEqual([OWN, OWN]);
    expect(lastSaid(group({ entry: ENTRY }))).toEqual({
      check: 'csp-*',
      status: 'fixed',
      reason: 'done',
      severity: 'low',
    });
  });

  it('may be another severity, or the check’s own again', () => {
    expect(withSeverity(group(), 'high')).toEqual({ ...OWN, severity: 'high' });
    expect(withSeverity(group({ entry: ENTRY }), 'medium')).toEqual({
      check: 'csp-*',
      status: 'fixed',
      reason: 'done',
    });
  });

  it('is taken back but for the severity', () => {
    expect(openAgain(group({ entry: ENTRY }))).toEqual({ check: 'csp-*', severity: 'low' });
    expect(openAgain(group())).toEqual(OWN);
  });
});
