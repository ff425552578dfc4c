import { describe, expect, it } from 'vitest';
import { makeSession } from '#proxy-core/testing/session-factory.ts';
import { sessionText } from '#proxy-core/testing/session-text.ts';
import { inputOf } from '../testing/run-check.ts';
import { identityOf, isLogout, loginOf } from './identity.ts';

const read = (text: string) => inputOf(makeSession(sessionText(text).session));
const login = (path: string, answer: string, body = '{"email":"mia@a.test","password":"x"}') =>
  loginOf(read(`POST ${path}\nContent-Type: application/json\n\n${body}\n---\n${answer}`));

describe('identityOf', () => {
  it.each([
    ['authorization', 'Authorization: Bearer abcdefgh'],
    ['api-key', 'X-API-Key: abcdefgh'],
    ['cookie', 'Cookie: theme=darkdark; JSESSIONID=abcdefgh'],
  ])('tells an identity by %s', (kind, field) =>
    expect(identityOf(read(`GET /\n${field}\n---\n200`))?.kind).toBe(kind),
  );

  it.each(['Cookie: theme=darkdark', 'Cookie: XSRF-TOKEN=abcdefgh', 'X-Request-Id: abcdefgh'])(
    'nobody by %s',
    (field) => expect(identityOf(read(`GET /\n${field}\n---\n200`))).toBeUndefined(),
  );
});

describe('loginOf', () => {
  it.each([
    ['/login', '200\nContent-Type: application/json\n\n{"access_token":"abcdefghijk"}', true],
    ['/api/auth/login', '200\nSet-Cookie: sid=1; HttpOnly', true],
    ['/session', '302\nLocation: /home\nSet-Cookie: session=abc', true],
    ['/login', '401\nContent-Type: application/json\n\n{"error":"bad credentials"}', false],
    ['/login', '200\nContent-Type: text/html\n\n<p>Invalid user name or password</p>', false],
    ['/login', '302\nLocation: /login?error=1', false],
    ['/login', '204', undefined],
  ])('%s answered %s', (path, answer, succeeded) =>
    expect(login(path, answer)).toMatchObject({ user: 'mia@a.test', succeeded }),
  );

  it('is no registration, no change of a password, and nothing without a password', () => {
    expect(login('/register', '201')).toBeUndefined();
    expect(login('/password', '200', '{"oldPassword":"a","newPassword":"b"}')).toBeUndefined();
    expect(login('/login', '200', '{"email":"mia@a.test"}')).toBeUndefined();
    expect(loginOf(read('GET /login?user=a&password=b\n---\n200'))).toBeUndefined();
  });
});

it('knows logouts', () => {
  expect(isLogout(read('POST /api/logout\n---\n204'))).toBe(true);
  expect(isLogout(read('DELETE /session\n---\n204'))).toBe(true);
  expect(isLogout(read('GET /logouts-report\n---\n204'))).toBe(false);
});
