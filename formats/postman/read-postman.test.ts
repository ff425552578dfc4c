import { describe, expect, it } from 'vitest';
import { Losses } from '../losses.ts';
import { byteString } from '../octets.ts';
import { isPostman, readPostman } from './read-postman.ts';

const SCHEMA = 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json';
const collection = (item: unknown, more: object = {}) => ({
  info: { name: 'Shop', schema: SCHEMA },
  item,
  ...more,
});

function read(document: unknown) {
  const losses = new Losses();
  const requests = readPostman(document, losses).map(({ name, folder, method, url, headers, body }) => ({
    name: [...folder, name].join('/'),
    line: `${method} ${url}`,
    headers: headers.map(({ name: key, value, on }) => `${on ? '' : '-'}${key}: ${value}`),
    body: byteString(body),
  }));
  return {
    requests,
    lost: losses.report().losses.map(({ session, what, detail }) => `${session} ${what}: ${detail}`),
  };
}

describe('a collection', () => {
  it('gives its requests with folders, variables and inherited credentials', () => {
    const { requests, lost } = read(
      collection(
        [
          {
            name: 'Orders',
            auth: { type: 'bearer', bearer: [{ key: 'token', value: '{{token}}' }] },
            variable: [{ key: 'token', value: 't-1' }],
            item: [
              {
                name: 'Create',
                request: {
                  method: 'POST',
                  header: [
                    { key: 'X-A', value: '{{v}}' },
                    { key: 'X-Off', value: '1', disabled: true },
                  ],
                  url: { raw: '{{base}}/orders', host: ['{{base}}'], path: ['orders'] },
                  body: { mode: 'raw', raw: '{}', options: { raw: { language: 'json' } } },
                },
              },
              { name: 'Open', request: { method: 'GET', auth: { type: 'noauth' }, url: '{{base}}/open' } },
            ],
          },
          { name: 'Plain', request: 'https://a.test/' },
        ],
        {
          variable: [
            { key: 'base', value: 'https://{{host}}' },
            { key: 'host', value: 'acme.test' },
            { key: 'v', value: '1', disabled: true },
          ],
        },
      ),
    );
    expect(requests).toEqual([
      {
        name: 'Orders/Create',
        line: 'POST https://acme.test/orders',
        headers: ['X-A: {{v}}', '-X-Off: 1', 'Authorization: Bearer t-1', 'Content-Type: application/json'],
        body: '{}',
      },
      { name: 'Orders/Open', line: 'GET https://acme.test/open', headers: [], body: '' },
      { name: 'Plain', line: 'GET https://a.test/', headers: [], body: '' },
    ]);
    expect(lost).toEqual(['1 variable without a value: v']);
  });

  it('keeps headers that a request has of its own', () => {
    const request = {
      method: 'POST',
      url: 'https://a.test/',
      auth: { type: 'bearer', bearer: [{ key: 'token', value: 'x' }] },
      header: 'Authorization: mine\ncontent-type: text/csv',
      body: { mode: 'raw', raw: 'a,b' },
    };
    expect(read(collection([{ name: '', request }])).requests[0]?.headers).toEqual([
      'Authorization: mine',
      'content-type: text/csv',
    ]);
  });

  it('puts a key into the address where it belongs there', () => {
    const auth = {
      type: 'apikey',
      apikey: [
        { key: 'key', value: 'k' },
        { key: 'value', value: 'a b' },
        { key: 'in', value: 'query' },
      ],
    };
    const items = ['https://a.test/', 'https://a.test/?x=1'].map((url) => ({ name: '', request: { url } }));
    expect(read(collection(items, { auth })).requests.map(({ line }) => line)).toEqual([
      'GET https://a.test/?k=a%20b',
      'GET https://a.test/?x=1&k=a%20b',
    ]);
  });

  it('says that scripts are not run and answers are not kept', () => {
    const event = [{ listen: 'test', script: { exec: ['pm.test()'] } }];
    const request = { url: 'https://a.test/' };
    const { lost } = read(
      collection([{ name: 'F', event, item: [{ name: 'R', event, request, response: [{}] }] }], { event }),
    );
    expect(lost).toEqual([
      '0 script: Shop',
      '0 script: F',
      '1 script: undefined',
      '1 saved answers: undefined',
    ]);
  });
});

describe('hostile collections', () => {
  it('S1: have limits on depth and count', () => {
    let item: unknown = [{ name: 'r', request: 'https://a.test/' }];
    for (let i = 0; i < 60; i += 1) item = [{ name: 'f', item }];
    expect(() => read(collection(item))).toThrow('nested more than 50');
    const many = Array.from({ length: 10_001 }, () => ({ request: 'https://a.test/' }));
    expect(() => read(collection(many))).toThrow('more than 10000');
  });

  it('may have anything anywhere', () => {
    const odd = JSON.parse(
      '[null, 1, "x", {"request": null}, {"request": {"url": {"__proto__": {"raw": "x"}}, "header": 1, "body": [], "auth": "x"}}]',
    );
    expect(read(collection(odd)).requests.map(({ line }) => line)).toEqual(['GET ', 'GET ']);
  });

  it('without a request are refused', () => {
    expect(() => read(collection([]))).toThrow('no request in this Postman collection');
  });
});

it('is told from other JSON', () => {
  expect(
    [collection([]), { info: {}, item: [] }, { info: { title: 'x' }, paths: {} }, [], null].map(isPostman),
  ).toEqual([true, true, false, false, false]);
});
