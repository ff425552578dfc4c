import { describe, expect, it } from 'vitest';
import { makeSession, type SessionOverrides } from '#proxy-core/testing/session-factory.ts';
import { callFields, callKey, contentHash } from './call-fields.ts';

const fields = (overrides: SessionOverrides) => Object.fromEntries(callFields(makeSession(overrides)));

describe('a call as fields', () => {
  it('has its status, its query and its headers by lower-case names', () => {
    expect(
      fields({
        url: 'https://a.test/orders?page=2&tag=x&tag=y',
        requestHeaders: [
          ['Accept', 'a'],
          ['accept', 'b'],
        ],
        responseBody: '',
      }),
    ).toEqual({
      status: '200',
      'query.page': '2',
      'query.tag': 'x, y',
      'request.header.accept': 'a, b',
      'response.header.content-type': 'application/json; charset=utf-8',
    });
  });

  it('has the leaves of JSON by their paths, empty ones too', () => {
    const body = fields({ responseBody: '{"items":[{"price":1},{"price":"1"}],"none":[],"at":null}' });
    expect(body).toMatchObject({
      'response.body.items[0].price': '1',
      'response.body.items[1].price': '"1"',
      'response.body.none': '[]',
      'response.body.at': 'null',
    });
  });

  it('has the fields of a form', () => {
    expect(
      fields({
        method: 'POST',
        requestHeaders: [['Content-Type', 'application/x-www-form-urlencoded; charset=utf-8']],
        requestBody: 'a=1&b=x+y',
      }),
    ).toMatchObject({ 'request.body.a': '1', 'request.body.b': 'x y' });
  });

  it('takes text as it is, long text and octets by size and hash', () => {
    expect(fields({ responseBody: 'hello' })['response.body']).toBe('hello');
    expect(fields({ responseBody: '{broken' })['response.body']).toBe('{broken');
    expect(fields({ responseBody: 'x'.repeat(3000) })['response.body']).toMatch(
      /^3000 characters, [0-9a-f]{16}$/,
    );
    expect(fields({ responseBody: new Uint8Array([0xff, 0xfe, 0, 1]) })['response.body']).toMatch(
      /^4 bytes, [0-9a-f]{16}$/,
    );
  });

  it('takes JSON with too many or too deep values whole', () => {
    const many = JSON.stringify(Array.from({ length: 30_000 }, (_, i) => i));
    expect(fields({ responseBody: many })['response.body']).toMatch(/characters/);
    const deep = `${'['.repeat(5000)}1${']'.repeat(5000)}`;
    expect(Object.keys(fields({ responseBody: deep })).some((name) => name.startsWith('response.body'))).toBe(
      true,
    );
  });

  it('counts messages and takes their values', () => {
    const data = new Uint8Array(new TextEncoder().encode('{"op":"tick"}'));
    expect(fields({ messages: [{ direction: 'received', at: 1, opcode: 1, data }] })).toMatchObject({
      messages: '1',
      'message[0].received.op': '"tick"',
    });
  });

  it('says why a call failed', () => {
    expect(fields({ status: null, failure: { code: 'dns', detail: 'No such host.' } })).toMatchObject({
      failure: 'dns',
    });
  });
});

it('is matched by its endpoint and its exact target', () => {
  expect(callKey(makeSession({ id: 7, url: 'https://a.test/orders/17?x=1' }).session.row)).toEqual({
    id: 7,
    endpoint: 'GET https://a.test/orders/{id}',
    target: '/orders/17?x=1',
  });
});

it('has hashes that differ with the content and its order', () => {
  const of = (...bytes: number[]) => contentHash(new Uint8Array(bytes));
  expect(of(1, 2)).toBe(of(1, 2));
  expect(new Set([of(), of(1), of(1, 2), of(2, 1), of(1, 2, 0)]).size).toBe(5);
});
