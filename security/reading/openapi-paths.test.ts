import { expect, it } from 'vitest';
import { conformityOf, openApiPaths } from './openapi-paths.ts';

const paths = openApiPaths({
  openapi: '3.0.3',
  servers: [{ url: 'https://api.acme.test/v1/' }],
  paths: {
    '/orders': { get: {}, post: {}, parameters: [] },
    '/orders/{id}': { get: {} },
    '/files/{name}.json': { get: {} },
  },
});
if (paths === undefined) throw new Error('not read');

it.each([
  ['GET', '/v1/orders', 'known'],
  ['GET', '/v1/orders/', 'known'],
  ['GET', '/v1/orders/42', 'known'],
  ['GET', '/v1/files/a.json', 'known'],
  ['GET', '/v1/files/.json', 'unknown'],
  ['DELETE', '/v1/orders/42', 'method'],
  ['GET', '/v1/internal', 'unknown'],
  ['GET', '/v1/orders/42/items', 'unknown'],
  ['GET', '/health', 'outside'],
  ['GET', '/v10/orders', 'outside'],
])('%s %s is %s', (method, path, conformity) => expect(conformityOf(paths, method, path)).toBe(conformity));

it('reads Swagger 2 and relative servers', () => {
  expect(openApiPaths({ swagger: '2.0', host: 'a.test', basePath: '/b', paths: {} })).toEqual({
    bases: ['/b'],
    hosts: ['a.test'],
    operations: [],
  });
  expect(openApiPaths({ openapi: '3.1.0', paths: {} })?.bases).toEqual(['']);
});

it('takes nothing else', () => {
  for (const other of [null, [], 'x', {}, { paths: {} }, { openapi: '3.0.0' }])
    expect(openApiPaths(other)).toBeUndefined();
});
