import { describe, expect, it } from 'vitest';
import { makeSession, type SessionOverrides } from '#proxy-core/testing/session-factory.ts';
import { parseFilter } from './parse.ts';
import { filterPredicate } from './predicate.ts';

function matches(text: string, overrides: SessionOverrides, extra: object = {}): boolean {
  const result = parseFilter(text);
  if (!result.ok) throw new Error(result.problem.message);
  return filterPredicate(result.filter)({ ...makeSession(overrides).session.row, ...extra });
}

const order: SessionOverrides = {
  id: 12,
  method: 'POST',
  url: 'https://api.acme.test:8443/Orders/1?a=100%_',
  status: 404,
  comment: 'Look again',
  mark: 2,
  durationMs: 1500,
  responseBody: 'x'.repeat(2048),
};

describe('a session passes', () => {
  it.each([
    '',
    'orders',
    'ORDERS post 404 json',
    '"look AGAIN"',
    '100%_',
    'nothing or orders',
    'not nothing',
    '-nothing (orders or nothing)',
    'host:acme',
    'host=API.acme.test',
    'host:*.acme.test',
    'host:api.*',
    'host:*',
    'host:a*.*me.te*t',
    'path:/orders/1?a',
    'type=application/json',
    'status:4xx status>=404 status<405 status!=200',
    'size=2kb',
    'duration>1s duration<=1.5s',
    'error=""',
    'mark:2',
    'id>11',
    'severity:none finding=0',
    'scheme=https protocol:1.1 source:proxy kind=http state:completed',
  ])('%s', (text) => {
    expect(matches(text, order)).toBe(true);
  });
});

describe('a session does not pass', () => {
  it.each([
    'nothing',
    'orders nothing',
    'not orders',
    'host=acme.test',
    'host:*.other.test',
    'host:*acme',
    'host:api.acme.test*t',
    'host!=*.acme.test',
    'status:5xx',
    'status!=404',
    'size>2kb',
    'duration<1s',
    'error:dns',
    'comment=look',
    'api.acme.test:8443/orders/2',
    'severity>=info',
  ])('%s', (text) => {
    expect(matches(text, order)).toBe(false);
  });
});

describe('what a session does not have', () => {
  const failed: SessionOverrides = { status: null, failure: { code: 'dns', detail: 'Check the name.' } };

  it('is neither above nor below anything, and different from everything', () => {
    expect(matches('status>0', failed)).toBe(false);
    expect(matches('status<1000', failed)).toBe(false);
    expect(matches('status:200', failed)).toBe(false);
    expect(matches('status!=200', failed)).toBe(true);
    expect(matches('not status>0', failed)).toBe(true);
    expect(matches('type=""', failed)).toBe(true);
    expect(matches('error=dns dns', failed)).toBe(true);
  });

  it('orders severities by gravity', () => {
    expect(matches('severity>low severity<=medium finding>=2', {}, { severity: 'medium', findings: 2 })).toBe(
      true,
    );
    expect(matches('severity>low', {}, { severity: 'low', findings: 1 })).toBe(false);
  });
});
