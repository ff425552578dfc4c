import { describe, expect, it } from 'vitest';
import { makeSession, type SessionOverrides } from '#proxy-core/testing/session-factory.ts';
import { requestPart } from '../request-part.ts';
import { requestValues } from './request-values.ts';

const values = (overrides: SessionOverrides) => {
  const { session, requestBody } = makeSession({ requestHeaders: [], ...overrides });
  return [...requestValues(session, requestBody)].map(({ part, value }) => [part, value]);
};

describe('values of a request', () => {
  it('are path segments and the query', () =>
    expect(values({ url: 'https://a.test/orders/a%20b?page=2&q=x%26y' })).toEqual([
      ['path.1', 'orders'],
      ['path.2', 'a b'],
      ['query.page', '2'],
      ['query.q', 'x&y'],
    ]));

  it('are cookies, credentials and own fields', () =>
    expect(
      values({
        url: 'https://a.test/',
        requestHeaders: [
          ['Cookie', 'sid=1; b=x=y'],
          ['Authorization', 'Bearer tok'],
          ['X-CSRF', 'c'],
          ['User-Agent', 'curl'],
        ],
      }),
    ).toEqual([
      ['cookie.sid', '1'],
      ['cookie.b', 'x=y'],
      ['header.Authorization', 'tok'],
      ['header.X-CSRF', 'c'],
    ]));

  it.each<[string, string, string[][]]>([
    [
      'application/json',
      '{"a":{"b c":[7,"x"]},"t":true}',
      [
        ["$.a['b c'][0]", '7'],
        ["$.a['b c'][1]", 'x'],
      ],
    ],
    [
      'application/x-www-form-urlencoded',
      'a=1&_csrf=x%2B',
      [
        ['form.a', '1'],
        ['form._csrf', 'x+'],
      ],
    ],
    ['text/plain', 'nothing', []],
  ])('are fields of a body of %s', (type, requestBody, found) =>
    expect(
      values({
        url: 'https://a.test/',
        method: 'POST',
        requestHeaders: [['Content-Type', type]],
        requestBody,
      }),
    ).toEqual(found),
  );

  it('stand in parts that can be set', () => {
    const body = '{"a":{"b c":[7,"x"]}}';
    const { session, requestBody } = makeSession({
      url: 'https://a.test/o/1?p=2',
      method: 'POST',
      requestHeaders: [
        ['Authorization', 'Bearer t'],
        ['Cookie', 's=1'],
      ],
      requestBody: body,
    });
    let request = {
      method: 'POST',
      url: session.row.url,
      headers: session.request.head.headers,
      body: new Uint8Array(requestBody),
    };
    for (const { part } of requestValues(session, requestBody)) {
      request = {
        ...request,
        ...requestPart(part).set(request, '9'),
        headers: [...requestPart(part).set(request, '9').headers],
      };
    }
    expect(request.url).toBe('https://a.test/9/9?p=9');
    expect(request.headers).toEqual([
      ['Authorization', '9'],
      ['Cookie', 's=9'],
    ]);
    expect(Buffer.from(request.body).toString()).toBe('{"a":{"b c":[9,"9"]}}');
  });
});
