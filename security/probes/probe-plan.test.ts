import { describe, expect, it } from 'vitest';
import { makeSession, type SessionOverrides } from '#proxy-core/testing/session-factory.ts';
import { authorisationMissing } from './authorisation-missing.ts';
import { OUT_OF_SCOPE, type PlanOptions, ProbePlan } from './probe-plan.ts';
import { scopeOf } from './scope.ts';

const BEARER: [string, string] = ['Authorization', 'Bearer q8ZrT2mVbX5nK7wLp3Hd'];
const BODY = '{"id":1,"name":"Mia"}';
const session = (path: string, change: SessionOverrides = {}) =>
  makeSession({ url: `https://a.test${path}`, requestHeaders: [BEARER], responseBody: BODY, ...change })
    .session;

function planned(options: Partial<PlanOptions>, ...sessions: ReturnType<typeof session>[]) {
  const plan = new ProbePlan(authorisationMissing, {
    scope: scopeOf(['a.test']),
    unsafe: false,
    limit: 100,
    ...options,
  });
  for (const one of sessions) plan.add(one);
  return { tried: plan.targets.map(({ endpoint }) => endpoint), skipped: Object.fromEntries(plan.skipped) };
}

describe('a plan', () => {
  it('tries each endpoint once, as it was first recorded', () => {
    const { tried, skipped } = planned(
      {},
      session('/orders/11'),
      session('/orders/12'),
      session('/users/11'),
    );
    expect(tried).toEqual(['GET https://a.test/orders/{id}', 'GET https://a.test/users/{id}']);
    expect(skipped).toEqual({ 'another request of its endpoint is tried': 1 });
  });

  it('leaves out what is outside the scope, and says how much that is', () => {
    const outside = session('/', { url: 'https://b.test/orders/1' });
    expect(planned({}, outside, outside, session('/orders/1'))).toEqual({
      tried: ['GET https://a.test/orders/{id}'],
      skipped: { [OUT_OF_SCOPE]: 2 },
    });
  });

  it.each(['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'PURGE'])(
    'does not send %s unless it may',
    (method) => {
      const change = session('/orders/1', { method });
      expect(planned({}, change)).toEqual({
        tried: [],
        skipped: { 'its method may change something (--unsafe allows it)': 1 },
      });
      expect(planned({ unsafe: true }, change).tried).toEqual([`${method} https://a.test/orders/{id}`]);
    },
  );

  it('sends GET and HEAD', () => {
    expect(planned({}, session('/a'), session('/a', { method: 'HEAD' })).tried).toHaveLength(2);
  });

  it('passes on why the probe has no use for a session', () => {
    expect(planned({}, session('/a', { requestHeaders: [] })).skipped).toEqual({
      'it carries no credentials': 1,
    });
  });

  it('does not try what clients ask without credentials anyway, before or after', () => {
    const openly = session('/news', { requestHeaders: [] });
    expect(planned({}, openly, session('/news')).tried).toEqual([]);
    expect(planned({}, session('/news'), openly).skipped).toMatchObject({
      'clients ask its endpoint without credentials': 1,
    });
  });

  it('takes neither a refused client nor an earlier probe for one who may', () => {
    const refused = session('/news', { requestHeaders: [], status: 401 });
    const probe = session('/news', { requestHeaders: [], source: 'replay' });
    expect(planned({}, refused, probe, session('/news')).tried).toHaveLength(1);
  });

  it('keeps to its limit, and says what is left', () => {
    const many = Array.from({ length: 12 }, (_, i) => session(`/thing-${String.fromCharCode(97 + i)}`));
    const { tried, skipped } = planned({ limit: 10 }, ...many);
    expect(tried).toHaveLength(10);
    expect(skipped).toEqual({ 'the limit is reached (--limit)': 2 });
  });
});
