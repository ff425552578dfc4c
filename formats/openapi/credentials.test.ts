import { describe, expect, it } from 'vitest';
import type { HeaderPair } from '#model/headers.ts';
import { credentialsOf, isCredentialHeader, isCredentialParameter } from './credentials.ts';

const found = (headers: HeaderPair[], query: string[] = []) =>
  credentialsOf(headers, query).map(({ id, scheme }) => `${id}: ${Object.values(scheme).join(' ')}`);

describe('credentials', () => {
  it.each([
    ['Bearer eyJhbGciOi.J9.x', 'bearerJwt: http bearer JWT'],
    ['bearer abc', 'bearer: http bearer'],
    ['Basic YTpi', 'basic: http basic'],
    ['Digest username="a"', 'digest: http digest'],
    ['Token abc', 'header_Authorization: apiKey header Authorization'],
  ])('Authorization: %s', (value, expected) => {
    expect(found([['authorization', value]])).toEqual([expected]);
  });

  it('are keys in headers, cookies and parameters, each once', () => {
    const headers: HeaderPair[] = [
      ['X-API-Key', 'secret'],
      ['X-Api-Key', 'secret'],
      ['Cookie', 'sid=1; theme=dark; PHPSESSID=2; outside=1; consider=x'],
      ['Cookie', 'auth_token=3'],
    ];
    expect(found(headers, ['api_key', 'page', 'access_token'])).toEqual([
      'header_X-API-Key: apiKey header X-API-Key',
      'header_X-Api-Key: apiKey header X-Api-Key',
      'cookie_sid: apiKey cookie sid',
      'cookie_PHPSESSID: apiKey cookie PHPSESSID',
      'cookie_auth_token: apiKey cookie auth_token',
      'query_api_key: apiKey query api_key',
      'query_access_token: apiKey query access_token',
    ]);
  });

  it('are not in plain requests', () => {
    expect(
      found(
        [
          ['Accept', '*/*'],
          ['Authorization', ''],
          ['Cookie', 'lang=en'],
        ],
        ['q', 'token_count'],
      ),
    ).toEqual([]);
  });

  it('have ids that OpenAPI allows', () => {
    const [one] = credentialsOf([['Cookie', 'my session/é=1']], []);
    expect(one?.id).toMatch(/^[A-Za-z0-9._-]+$/);
  });

  it('keep no secret', () => {
    const headers: HeaderPair[] = [
      ['Authorization', 'Bearer s3cret'],
      ['X-Api-Key', 's3cret'],
      ['Cookie', 'sid=s3cret'],
    ];
    expect(JSON.stringify(credentialsOf(headers, []))).not.toContain('s3cret');
  });
});

it('are told by name', () => {
  expect(['x-api-key', 'apikey', 'X-Auth-Token', 'x-trace', 'accept'].map(isCredentialHeader)).toEqual([
    true,
    true,
    true,
    false,
    false,
  ]);
  expect(['apikey', 'api_key', 'sig', 'key', 'q'].map(isCredentialParameter)).toEqual([
    true,
    true,
    true,
    false,
    false,
  ]);
});
