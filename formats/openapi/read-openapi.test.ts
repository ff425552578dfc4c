import { describe, expect, it } from 'vitest';
import { Losses } from '../losses.ts';
import { byteString } from '../octets.ts';
import { parseDocument } from './parse-document.ts';
import { isOpenApi, readOpenApi } from './read-openapi.ts';

async function read(text: string) {
  const losses = new Losses();
  const requests = readOpenApi(await parseDocument(text), losses).map(
    ({ name, folder, method, url, headers, body }) => ({
      name: [...folder, name].join('/'),
      line: `${method} ${url}`,
      headers: headers.map(({ name: key, value, on }) => `${on ? '' : '-'}${key}: ${value}`),
      body: byteString(body),
    }),
  );
  return { requests, lost: losses.report().losses.map(({ what, detail }) => `${what}: ${detail}`) };
}

const SHOP = `
openapi: 3.1.0
info: {title: Shop, version: '1'}
servers:
  - url: https://{region}.acme.test/v1/
    variables: {region: {default: eu}}
security: [{key: []}]
paths:
  /orders/{id}:
    parameters:
      - {name: id, in: path, required: true, schema: {type: integer}}
      - {name: page, in: query, schema: {type: integer, default: 3}}
    get:
      tags: [Orders]
      summary: One order
      parameters:
        - {name: page, in: query, schema: {type: string, example: first}}
        - {name: X-Trace, in: header, schema: {type: string}}
        - {name: X-Needed, in: header, required: true, schema: {type: string}}
        - {name: theme, in: cookie, schema: {type: string, default: dark}}
        - {name: maybe, in: query, schema: {}}
    put:
      operationId: change
      security: []
      requestBody: {$ref: '#/components/requestBodies/Order'}
  /open:
    servers: [{url: 'http://other.test'}]
    post:
      security: [{}, {basic: []}]
components:
  requestBodies:
    Order:
      content:
        application/json:
          schema: {$ref: '#/components/schemas/Order'}
  schemas:
    Order:
      type: object
      properties:
        item: {type: string, enum: [kettle, pot]}
        related: {type: array, items: {$ref: '#/components/schemas/Order'}}
  securitySchemes:
    key: {type: apiKey, in: header, name: X-Key}
    basic: {type: http, scheme: basic}
`;

describe('an OpenAPI document', () => {
  it('gives a request for each operation, with examples in every place', async () => {
    const { requests, lost } = await read(SHOP);
    expect(requests).toEqual([
      {
        name: 'Orders/One order',
        line: 'GET https://eu.acme.test/v1/orders/1?page=first',
        headers: ['-X-Trace: string', 'X-Needed: string', 'X-Key: KEY', 'Cookie: theme=dark'],
        body: '',
      },
      {
        name: 'change',
        line: 'PUT https://eu.acme.test/v1/orders/1?page=3',
        headers: ['Content-Type: application/json'],
        body: '{\n  "item": "kettle",\n  "related": []\n}',
      },
      {
        name: 'POST /open',
        line: 'POST http://other.test/open',
        headers: ['Authorization: Basic CREDENTIALS'],
        body: '',
      },
    ]);
    expect(lost).toEqual(['credentials: key', 'credentials: basic']);
  });

  it('of version 3.0 in JSON is read as well', async () => {
    const document = {
      openapi: '3.0.3',
      paths: { '/a': { get: { parameters: [{ name: 'q', in: 'query', required: true, example: 'x y' }] } } },
    };
    expect(await read(JSON.stringify(document))).toEqual({
      requests: [{ name: 'GET /a', line: 'GET https://example.com/a?q=x%20y', headers: [], body: '' }],
      lost: ['host of the address: no server is named'],
    });
  });

  it('says which credentials and references it does not have', async () => {
    const { requests, lost } = await read(`
openapi: 3.1.0
security: [{oauth: [read], session: [], inUrl: []}]
servers: [{url: /v2}]
paths:
  /a: {get: {parameters: [{$ref: 'common.yaml#/p'}]}}
components: {securitySchemes: {oauth: {type: oauth2}, session: {type: apiKey, in: cookie, name: sid}, inUrl: {type: apiKey, in: query, name: k}}}
`);
    expect(requests).toMatchObject([
      {
        line: 'GET https://example.com/v2/a?k=KEY',
        headers: ['Authorization: Bearer TOKEN', 'Cookie: sid=KEY'],
      },
    ]);
    expect(lost).toEqual([
      'credentials: oauth',
      'credentials: session',
      'credentials: inUrl',
      'reference to another file: common.yaml#/p',
      'host of the address: /v2',
    ]);
  });
});

describe('what is none', () => {
  it.each([
    ['swagger: "2.0"', 'this document is Swagger 2.0'],
    ['openapi: 4.0.0', 'this document is 4.0.0'],
    ['openapi: 3.1.0', 'no operation'],
    ['openapi: 3.1.0\npaths: [1]', 'no operation'],
    ['openapi: 3.1.0\npaths: {/a: {get: 1, x: {}}}', 'no operation'],
  ])('%j is refused', async (text, message) => {
    await expect(read(text)).rejects.toThrow(message);
  });

  it('is refused when there is too much of it', async () => {
    const paths = Object.fromEntries(Array.from({ length: 10_001 }, (_, i) => [`/${i}`, { get: {} }]));
    await expect(read(JSON.stringify({ openapi: '3.1.0', paths }))).rejects.toThrow('more than 10000');
  });

  it('is told from other documents', () => {
    expect([{ openapi: '3.1.0' }, { swagger: '2.0' }, { info: {} }, [], null].map(isOpenApi)).toEqual([
      true,
      true,
      false,
      false,
      false,
    ]);
  });
});
