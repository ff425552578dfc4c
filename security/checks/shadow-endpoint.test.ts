import { expect, it } from 'vitest';
import { openApiPaths } from '../reading/openapi-paths.ts';
import { testCheck, told } from '../testing/test-check.ts';
import { shadowEndpoint } from './shadow-endpoint.ts';

const openapi = openApiPaths({
  openapi: '3.0.3',
  servers: [{ url: 'https://api.acme.test/v1' }],
  paths: { '/orders': { get: {} }, '/orders/{id}': { get: {}, delete: {} } },
});
if (openapi === undefined) throw new Error('not read');

testCheck(shadowEndpoint, {
  tellsValue: true,
  context: { openapi },
  finds: [
    'GET /v1/internal/users\n---\n200',
    'POST /v1/orders\n---\n201',
    ['GET http://localhost:3000/v1/orders/7\n---\n200', 'GET http://localhost:3000/v1/hidden\n---\n401'],
  ],
  passes: [
    'GET /v1/orders/7?x=1\n---\n200',
    'GET /v1/hidden\n---\n404',
    'OPTIONS /v1/orders\n---\n204',
    'GET /v1/logo.png\n---\n200',
    'GET https://other.test/v1/hidden\n---\n200',
    'GET /health\n---\n200',
  ],
});

it('says nothing without a document', () => {
  expect(told(shadowEndpoint, 'GET /v1/internal/users\n---\n200').findings).toEqual([]);
});
