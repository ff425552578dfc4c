import { expect, it } from 'vitest';
import { testCheck, told } from '../testing/test-check.ts';
import { cookieNoHttponly } from './cookie-no-httponly.ts';

testCheck(cookieNoHttponly, {
  finds: [
    '200\nSet-Cookie: «sid=38afes7a8; Path=/; Secure; SameSite=Lax»',
    '302\nLocation: /\nset-cookie: «JSESSIONID=0123456789ABCDEF; Path=/»',
    '401\nSet-Cookie: «prefs=a%3Db; Secure»',
  ],
  passes: [
    '200\nSet-Cookie: sid=38afes7a8; Path=/; HttpOnly',
    '200\nSet-Cookie: sid=38afes7a8; httponly; secure',
    '200\nSet-Cookie: sid=; Max-Age=0',
    '200\nSet-Cookie: sid=deleted; expires=Thu, 01-Jan-1970 00:00:01 GMT; path=/',
    '200\nSet-Cookie: XSRF-TOKEN=38afes7a8; Path=/',
    'GET /x\nCookie: sid=38afes7a8\n---\n200',
  ],
  lowOnly: [
    '200\nSet-Cookie: _ga=GA1.2.3.4; Path=/',
    '200\nSet-Cookie: lang=de; Path=/',
    '200\nSet-Cookie: app-theme=dark; Path=/',
  ],
});

it('tells it of session cookies at the high threshold, of others not', () => {
  expect(told(cookieNoHttponly, '200\nSet-Cookie: sid=1', 'high').findings).toHaveLength(1);
  expect(told(cookieNoHttponly, '200\nSet-Cookie: theme=1', 'high').findings).toEqual([]);
});
