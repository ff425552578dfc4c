import { describe, expect, it } from 'vitest';
import type { CheckInfo } from '../finding.ts';
import type { TriagedGroup } from '../triage.ts';
import { findingFilter } from './finding-filter.ts';

const NOW = Date.UTC(2026, 10, 24, 12);
const GROUP: TriagedGroup = {
  checkId: 'jwt-weak',
  severity: 'medium',
  confidence: 'high',
  title: 'Weak JSON Web Token',
  detail: 'It never expires.',
  endpoint: 'POST https://api.acme.test:8443/orders/{id}',
  parameter: 'Authorization',
  count: 12,
  firstSeen: NOW - 600_000,
  lastSeen: NOW - 60_000,
  sessionIds: [17, 9],
  triage: { state: 'accepted', severity: 'low', reason: 'until the next release' },
};
const CHECK = { owasp: ['API2:2023 Broken Authentication'], cwe: [613] } as unknown as CheckInfo;
const passes = (text: string) => {
  const filter = findingFilter(text, NOW);
  if (!filter.ok) throw new Error(filter.problem.message);
  return filter.passes(GROUP, CHECK);
};

describe('a filter over findings', () => {
  it.each([
    '',
    'check:jwt',
    'check=jwt-weak',
    'check~^jwt',
    'severity>=low',
    'severity in (low, high)',
    'confidence:high',
    'parameter:auth',
    'owasp:API2',
    'cwe=613',
    'state:accepted',
    '-state:open',
    'reason:release',
    'count>10',
    'session=17',
    'time>-5m',
    'method=POST host:acme.test path:/orders port=8443 scheme=https',
    'endpoint:"POST https://api"',
    'expires or nothing',
    'check:(no or jwt) -severity>=high'.replace('check:(no or jwt)', '(check:no or check:jwt)'),
  ])('passes by %s', (text) => {
    expect(passes(text)).toBe(true);
  });

  it.each([
    'check:csp',
    // As people see it, not as the check said.
    'severity>=medium',
    'state:open',
    'count<12',
    'session=18',
    'time>-30s',
    'host:other.test',
    'password',
    'owasp:API1',
    'not jwt',
  ])('does not pass by %s', (text) => {
    expect(passes(text)).toBe(false);
  });

  it.each([
    ['chekc:jwt', 'Did you mean "check"?'],
    ['status:200', 'There is no field "status"'],
    ['(check:jwt', 'not closed'],
    ['severity>=grave', 'severity is compared with'],
    ['check~[', 'no regular expression'],
  ])('says what is wrong with %s', (text, message) => {
    expect(findingFilter(text)).toMatchObject({
      ok: false,
      problem: { message: expect.stringContaining(message) },
    });
  });
});
