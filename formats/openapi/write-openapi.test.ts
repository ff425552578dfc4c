/** Documents are held against the OpenAPI 3.1 schema, and read again by our own importer. */
import { Validator } from '@seriousme/openapi-schema-validator';
import { describe, expect, it } from 'vitest';
import type { HeaderPair } from '#model/headers.ts';
import { makeSession, type SessionOverrides } from '#proxy-core/testing/session-factory.ts';
import type { Format } from '../format.ts';
import { Losses } from '../losses.ts';
import { exportText } from '../testing/export-text.ts';
import { parseDocument } from './parse-document.ts';
import { readOpenApi } from './read-openapi.ts';
import { OPENAPI_FORMAT, OPENAPI_YAML_FORMAT } from './write-openapi.ts';

async function written(all: SessionOverrides[], format: Format = OPENAPI_FORMAT) {
  const { text, report } = await exportText(
    format,
    all.map((one, i) => makeSession({ id: i + 1, ...one })),
  );
  const document = await parseDocument(text);
  const { valid, errors } = await new Validator().validate(JSON.parse(JSON.stringify(document)));
  expect(errors).toBeUndefined();
  expect(valid).toBe(true);
  return { text, document, lost: report.losses.filter(({ session }) => session > 0) };
}

const JSON_TYPE: HeaderPair = ['Content-Type', 'application/json'];
const SHOP: SessionOverrides[] = [
  {
    url: 'https://acme.test/users/7/orders/1?expand=true',
    requestHeaders: [
      ['Host', 'acme.test'],
      ['Authorization', 'Bearer s3cret'],
      ['X-Tenant', 'north'],
    ],
    responseBody: '{"id":1,"placed":"2025-06-15T15:06:40Z","lines":[{"sku":"k-1","count":2}],"note":null}',
  },
  {
    url: 'https://acme.test/users/8/orders/2',
    requestHeaders: [
      ['Host', 'acme.test'],
      ['X-Tenant', 'south'],
    ],
    responseBody: '{"id":2,"placed":"2025-06-16T15:06:40Z","lines":[],"note":"gift"}',
  },
  {
    url: 'https://acme.test/users/8/orders/3',
    status: 404,
    reason: 'Not Found',
    responseBody: '{"error":"none"}',
  },
  {
    method: 'POST',
    url: 'https://acme.test/users/8/orders',
    requestHeaders: [JSON_TYPE, ['Cookie', 'sid=s3cret']],
    requestBody: '{"sku":"k-1"}',
    status: 201,
    reason: '',
    responseHeaders: [['Location', '/x']],
    responseBody: '',
  },
  { url: 'https://other.test/health', responseHeaders: [['Content-Type', 'text/plain']], responseBody: 'ok' },
];

describe('an OpenAPI document', () => {
  it('says what was seen of each endpoint, and no value of it', async () => {
    const { document, text, lost } = await written(SHOP);
    const order = {
      type: 'object',
      properties: {
        id: { type: 'integer' },
        placed: { type: 'string', format: 'date-time' },
        lines: {
          type: 'array',
          items: {
            type: 'object',
            properties: { sku: { type: 'string' }, count: { type: 'integer' } },
            required: ['sku', 'count'],
          },
        },
        note: { type: ['string', 'null'] },
      },
      required: ['id', 'placed', 'lines', 'note'],
    };
    expect(document).toEqual({
      openapi: '3.1.0',
      info: expect.objectContaining({ title: 'API of acme.test' }),
      servers: [{ url: 'https://acme.test' }],
      paths: {
        '/health': {
          servers: [{ url: 'https://other.test' }],
          get: {
            operationId: 'getHealth',
            responses: {
              200: { description: 'OK', content: { 'text/plain': { schema: { type: 'string' } } } },
            },
          },
        },
        '/users/{id}/orders': {
          post: {
            operationId: 'postUsersIdOrders',
            parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'integer' } }],
            requestBody: {
              required: true,
              content: {
                'application/json': {
                  schema: { type: 'object', properties: { sku: { type: 'string' } }, required: ['sku'] },
                },
              },
            },
            responses: { 201: { description: 'Success' } },
            security: [{ cookie_sid: [] }],
          },
        },
        '/users/{userId}/orders/{orderId}': {
          get: {
            operationId: 'getUsersUserIdOrdersOrderId',
            parameters: [
              { name: 'userId', in: 'path', required: true, schema: { type: 'integer' } },
              { name: 'orderId', in: 'path', required: true, schema: { type: 'integer' } },
              { name: 'expand', in: 'query', schema: { type: 'boolean' } },
              { name: 'x-tenant', in: 'header', schema: { type: 'string' } },
            ],
            responses: {
              200: { description: 'OK', content: { 'application/json': { schema: order } } },
              404: {
                description: 'Not Found',
                content: {
                  'application/json': {
                    schema: {
                      type: 'object',
                      properties: { error: { type: 'string' } },
                      required: ['error'],
                    },
                  },
                },
              },
            },
            security: [{ bearer: [] }, {}],
          },
        },
      },
      components: {
        securitySchemes: {
          bearer: { type: 'http', scheme: 'bearer' },
          cookie_sid: { type: 'apiKey', in: 'cookie', name: 'sid' },
        },
      },
    });
    expect(lost).toEqual([]);
    expect(text).not.toMatch(/s3cret|k-1|gift|north/);
  });

  it('is the same in YAML', async () => {
    const { document, text } = await written(SHOP, OPENAPI_YAML_FORMAT);
    expect(text.startsWith('openapi: 3.1.0\n')).toBe(true);
    expect(document).toEqual((await written(SHOP)).document);
  });

  it('gives the requests it was made of when it is read', async () => {
    const { document } = await written(SHOP);
    const lines = readOpenApi(document, new Losses()).map(({ method, url }) => `${method} ${url}`);
    expect(lines).toEqual([
      'GET https://other.test/health',
      'POST https://acme.test/users/1/orders',
      'GET https://acme.test/users/1/orders/1?expand=true',
    ]);
  });

  it('of nothing is valid too', async () => {
    expect((await written([])).document).toMatchObject({ info: { title: 'Captured API' }, paths: {} });
  });

  it('is valid whatever was seen', async () => {
    const odd: SessionOverrides[] = [
      { url: 'https://a.test/{x}/%7B/__proto__?__proto__=1&a[]=1&a[]=2&=x' },
      { url: 'https://a.test/{x}/%7B/__proto__', status: 999, reason: '' },
      { url: 'https://a.test/', method: 'HEAD', status: 204, responseBody: '', responseHeaders: [] },
      { url: 'https://a.test/a', responseBody: '{"__proto__":{"a":1}}' },
      { url: 'https://a.test/b', responseHeaders: [['Content-Type', 'garbage']], responseBody: '\xff' },
      {
        url: 'https://a.test/c',
        method: 'POST',
        requestHeaders: [
          ['Cookie', 'session id/é=1'],
          ['Authorization', 'x'],
        ],
        requestBody: 'y',
      },
    ];
    const { document } = await written(odd);
    expect(document).toHaveProperty(['paths', '/%7Bx%7D/%7B/__proto__', 'get', 'responses', 'default']);
  });

  it('says what is no endpoint', async () => {
    const { lost } = await written([
      { responseHeaders: [['Content-Type', 'image/png']] },
      { method: 'PURGE' },
    ]);
    expect(lost).toEqual([
      { session: 1, what: 'static file' },
      { session: 2, what: 'method that OpenAPI has no place for' },
    ]);
  });
});
