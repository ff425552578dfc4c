import { describe, expect, it } from 'vitest';
import type { HeaderPair } from '#model/headers.ts';
import { makeSession, type SessionOverrides } from '#proxy-core/testing/session-factory.ts';
import { Losses } from '../losses.ts';
import { Endpoints } from './endpoints.ts';

async function gathered(...all: SessionOverrides[]) {
  const losses = new Losses();
  const endpoints = new Endpoints(losses);
  for (const one of all) await endpoints.add(makeSession(one));
  return { operations: endpoints.operations, lost: losses.report().losses.map(({ what }) => what) };
}
const typed = (type: string): HeaderPair[] => [['Content-Type', type]];

describe('endpoints', () => {
  it('are calls of one method to one templated path, wherever it is', async () => {
    const { operations, lost } = await gathered(
      { url: 'https://a.test/orders/1' },
      { url: 'https://b.test/orders/2', status: 404, reason: 'Not Found' },
      {
        url: 'https://a.test/orders/1',
        method: 'PUT',
        requestBody: '{}',
        requestHeaders: typed('application/json'),
      },
    );
    expect(lost).toEqual([]);
    expect(operations.map(({ method, template, count }) => `${count} ${method} ${template}`)).toEqual([
      '2 GET /orders/{id}',
      '1 PUT /orders/{id}',
    ]);
    expect([...(operations[0]?.origins ?? [])]).toEqual(['https://a.test', 'https://b.test']);
    expect([...(operations[0]?.responses.keys() ?? [])]).toEqual([200, 404]);
    expect(operations[1]?.requestBody.types.has('application/json')).toBe(true);
  });

  it('know their parameters and how often each was there', async () => {
    const trace: HeaderPair[] = [
      ['X-Tenant', 'a'],
      ['X-Request-Id', '1'],
      ['X-Api-Key', 'k'],
      ['Accept', '*/*'],
    ];
    const { operations } = await gathered(
      { url: 'https://a.test/list?page=1&tag=a&tag=b&api_key=s', requestHeaders: trace },
      { url: 'https://a.test/list?page=2' },
    );
    const [list] = operations;
    expect([...(list?.query ?? [])].map(([name, { count, repeated }]) => [name, count, repeated])).toEqual([
      ['page', 2, false],
      ['tag', 1, true],
    ]);
    expect([...(list?.headers.keys() ?? [])]).toEqual(['x-tenant']);
    expect([...(list?.credentials ?? [])].map(([id, { count }]) => [id, count])).toEqual([
      ['header_X-Api-Key', 1],
      ['query_api_key', 1],
    ]);
  });
});

describe('what is no endpoint', () => {
  it.each<[SessionOverrides, string]>([
    [{ kind: 'tunnel', url: 'https://a.test/' }, 'tunnel'],
    [{ kind: 'websocket' }, 'WebSocket session'],
    [{ method: 'PURGE' }, 'method that OpenAPI has no place for'],
    [{ status: null }, 'session without a response'],
    [{ responseHeaders: typed('text/css') }, 'static file'],
    [{ responseHeaders: typed('image/png') }, 'static file'],
    [{ responseHeaders: typed('text/javascript') }, 'static file'],
    [{ method: 'OPTIONS', requestHeaders: [['Access-Control-Request-Method', 'PUT']] }, 'preflight'],
    [{ url: `https://a.test/${'long/'.repeat(200)}` }, 'path that is too long to be named'],
  ])('is left out and told: %j', async (overrides, what) => {
    expect(await gathered(overrides)).toEqual({ operations: [], lost: [what] });
  });

  it('are more than there is room for', async () => {
    const words = [
      'alpha',
      'beta',
      'gamma',
      'delta',
      'epsi',
      'zeta',
      'eta',
      'theta',
      'iota',
      'kappa',
      'lam',
      'mu',
      'nu',
    ];
    const urls = words.flatMap((a) =>
      words.flatMap((b) => words.map((c) => `https://a.test/${a}/${b}/${c}`)),
    );
    const { operations, lost } = await gathered(...urls.map((url) => ({ url, responseBody: '' })));
    expect(operations).toHaveLength(2000);
    expect(lost).toHaveLength(urls.length - 2000);
  });
});
