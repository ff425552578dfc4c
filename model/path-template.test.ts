import { describe, expect, it } from 'vitest';
import { endpointOf, pathsAbove, templatePath, templateSegment } from './path-template.ts';

describe('templatePath', () => {
  it.each([
    ['/orders/10482', '/orders/{id}'],
    ['/orders/10482/items/3?x=1', '/orders/{id}/items/{id}'],
    ['/users/7f3a9c1e-0b5d-4f7e-9a7c-2d6b8e1f4a55', '/users/{id}'],
    ['/reports/2026-11-23', '/reports/{date}'],
    ['/reset/eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc', '/reset/{token}'],
    ['/users/mia@acme.test', '/users/{id}'],
    ['/app/7f3a9c1e0b5d4f7e.js', '/app/{id}.js'],
    ['/a;jsessionid=8FJ2K1', '/a;jsessionid'],
  ])('%s → %s', (path, template) => expect(templatePath(path)).toBe(template));

  it.each(['/', '/v2/orders', '/api/users/me', '/static/logo.png', '/terms-and-conditions'])(
    'leaves %s',
    (path) => {
      expect(templatePath(path)).toBe(path);
    },
  );
});

describe('the paths above one', () => {
  it.each([
    ['/v2/orders/17/items?x=/y', ['/v2', '/v2/orders', '/v2/orders/{id}', '/v2/orders/{id}/items']],
    ['/', ['/']],
    ['/v2/', ['/v2', '/v2/']],
    ['*', ['*']],
    ['', ['']],
  ])('of %s', (path, above) => expect(pathsAbove(path)).toEqual(above));

  it('are made of segments that are templated each for itself', () => {
    expect(['v2', '17', 'a;jsessionid=8'].map(templateSegment)).toEqual(['v2', '{id}', 'a;jsessionid']);
  });
});

describe('endpointOf', () => {
  it('names method, scheme, host, a port that is not the usual one, and the templated path', () => {
    const row = { method: 'GET', scheme: 'https', host: 'acme.test', port: 443, path: '/a/1' };
    expect(endpointOf(row)).toBe('GET https://acme.test/a/{id}');
    expect(endpointOf({ ...row, port: 8443 })).toBe('GET https://acme.test:8443/a/{id}');
  });
});
