import { describe, expect, it } from 'vitest';
import { eventStream, found, JSON_TYPE, websocket } from '../testing/run-check.ts';
import { testCheck } from '../testing/test-check.ts';
import { credentialsInClear } from './credentials-in-clear.ts';

const url = 'http://api.acme.test/orders';
const by = (headers: [string, string][], more = {}) =>
  found(credentialsInClear, { url, requestHeaders: headers, ...more });
const post = (body: string, type = 'application/json') =>
  by([['Content-Type', type]], { method: 'POST', requestBody: body });

describe('credentials-in-clear finds', () => {
  it.each([
    [[['Authorization', 'Basic bWlhOnMzY3JldA==']], 'Authorization', 'Basic bWlhOnMzY3JldA=='],
    [[['authorization', 'Bearer q8ZrT2mVbX5nK7wLp3Hd']], 'authorization', 'Bearer q8ZrT2mVbX5nK7wLp3Hd'],
    [[['X-Api-Key', 'q8ZrT2mVbX5nK7wLp3Hd']], 'X-Api-Key', 'q8ZrT2mVbX5nK7wLp3Hd'],
    [[['Cookie', 'theme=dark; PHPSESSID=q8zrt2mvbx5nk7wl']], 'PHPSESSID', 'q8zrt2mvbx5nk7wl'],
  ] as [[string, string][], string, string][])('%j', (headers, parameter, shown) => {
    expect(by(headers)).toMatchObject([{ parameter, shown }]);
  });

  it('a password in JSON and in a form', () => {
    expect(post('{"user":{"password":"vK8#qTz!2m"}}')).toMatchObject([
      { parameter: 'user.password', shown: 'vK8#qTz!2m' },
    ]);
    expect(post('name=mia&passwd=vK8qTz2m', 'application/x-www-form-urlencoded')).toMatchObject([
      { shown: 'vK8qTz2m' },
    ]);
  });

  it('a session that the response begins, and a token in its answer', () => {
    expect(
      found(credentialsInClear, {
        url,
        responseHeaders: [['Set-Cookie', 'shop_session=q8zrt2mvbx5nk7wl; HttpOnly']],
      }),
    ).toMatchObject([{ parameter: 'shop_session', shown: 'q8zrt2mvbx5nk7wl' }]);
    expect(
      found(credentialsInClear, {
        url,
        responseBody: '{"access_token":"q8ZrT2mVbX5nK7wLp3Hd","expires_in":3600}',
      }),
    ).toMatchObject([{ parameter: 'access_token' }]);
  });

  it('a password of any word: people choose such', () => {
    for (const word of ['password', 'secret', 'example', 'guest'])
      expect(post(`{"password":"${word}"}`)).toHaveLength(1);
  });

  it('less of it on loopback, and says why', () => {
    const [finding] = found(credentialsInClear, {
      url: 'http://localhost:3000/',
      requestHeaders: [['Authorization', 'Basic YTpi']],
    });
    expect(finding).toMatchObject({ severity: 'low', detail: expect.stringContaining('this machine') });
  });
});

describe('credentials-in-clear stays silent about', () => {
  it.each([
    [[['Authorization', 'Bearer']]],
    [[['Cookie', 'theme=dark; lang=en-GB; consent=2026-01-01']]],
    [[['X-Csrf-Token', 'q8ZrT2mVbX5nK7wLp3Hd']]],
    [[['X-Api-Key', 'your-api-key-here']]],
    [[['X-Request-Id', 'q8ZrT2mVbX5nK7wLp3Hd']]],
  ] as [[string, string][]][])('%j', (headers) => expect(by(headers)).toEqual([]));

  it.each([
    '{"password":""}',
    '{"password":null}',
    '{"password_hint":"blue"}',
    '{"token":"1"}',
    '{"note":"my password is long"}',
  ])('%s', (body) => {
    expect(post(body)).toEqual([]);
  });

  it('the same over HTTPS, and what only the response says', () => {
    const headers: [string, string][] = [['Authorization', 'Basic bWlhOnMzY3JldA==']];
    expect(found(credentialsInClear, { url: 'https://api.acme.test/', requestHeaders: headers })).toEqual([]);
    expect(
      found(credentialsInClear, {
        url,
        responseHeaders: [JSON_TYPE],
        responseBody: '{"password":"vK8#qTz!2m"}',
      }),
    ).toEqual([]);
  });
});

describe('credentials-in-clear in messages', () => {
  it('finds a password, a token and an Authorization that the client sends', () => {
    expect(
      found(
        credentialsInClear,
        websocket([
          ['sent', '42["login",{"user":"mia","password":"vK8#qTz!2m"}]'],
          ['sent', '{"type":"connection_init","payload":{"Authorization":"Bearer q8ZrT2mVbX5nK7wLp3Hd"}}'],
          ['received', '{"access_token":"q8ZrT2mVbX5nK7wLp3Hd"}'],
        ]),
      ),
    ).toMatchObject([
      {
        parameter: '[1].password',
        shown: 'vK8#qTz!2m',
        detail: 'A message of the client carries a password over a connection without encryption.',
        evidence: [{ part: 'message', message: 0 }],
      },
      { parameter: 'payload.Authorization', evidence: [{ message: 1 }] },
      {
        parameter: 'access_token',
        detail: expect.stringContaining('of the server'),
        evidence: [{ message: 2 }],
      },
    ]);
  });

  it('finds a token in an event stream', () => {
    expect(
      found(credentialsInClear, eventStream('data: {"access_token":"q8ZrT2mVbX5nK7wLp3Hd"}\n\n')),
    ).toMatchObject([{ shown: 'q8ZrT2mVbX5nK7wLp3Hd', evidence: [{ part: 'response-body' }] }]);
  });

  it.each([
    ['sent', '{"password":""}'],
    ['sent', '{"authorization":"none"}'],
    ['sent', 'password: vK8#qTz!2m'],
    ['received', '{"password":"vK8#qTz!2m"}'],
    ['received', '{"token":"1"}'],
    ['sent', new Uint8Array([0x83, 0xa4, 0x70, 0x61, 0x73, 0x73])],
  ] as const)('is silent about %s %j', (direction, data) => {
    expect(found(credentialsInClear, websocket([[direction, data]]))).toEqual([]);
  });

  it('is silent about the same over TLS', () => {
    const login = [['sent', '{"password":"vK8#qTz!2m"}']] as const;
    expect(found(credentialsInClear, websocket(login, 'https://api.acme.test/live'))).toEqual([]);
  });
});

testCheck(credentialsInClear, {
  finds: [
    'GET http://a.test/\nAuthorization: «Bearer q8ZrT2mVbX5nK7wLp3Hd»\n---\n200',
    'POST http://a.test/login\nContent-Type: application/json\n\n{"user":"mia","password":"«vK8#qTz!2m»"}\n---\n200',
    websocket([['sent', '{"password":"vK8#qTz!2m"}']]),
  ],
  passes: [
    'GET https://a.test/\nAuthorization: Bearer q8ZrT2mVbX5nK7wLp3Hd\n---\n200',
    'GET http://a.test/\nX-Request-Id: q8ZrT2mVbX5nK7wLp3Hd\n---\n200',
    'GET http://a.test/\nCookie: theme=dark; lang=en-GB\n---\n200',
    'POST http://a.test/login\nContent-Type: application/json\n\n{"user":"mia","password":""}\n---\n200',
    websocket([['received', '{"password":"vK8#qTz!2m"}']]),
  ],
});
