import { testCheck } from '../testing/test-check.ts';
import { cookieNoSecure } from './cookie-no-secure.ts';

testCheck(cookieNoSecure, {
  finds: [
    '200\nSet-Cookie: «sid=38afes7a8; Path=/; HttpOnly»',
    '302\nLocation: /\nSet-Cookie: «a=1»',
    '200\nSet-Cookie: a=1; Secure\nset-cookie: «b=2; path=/secure»',
  ],
  passes: [
    '200\nSet-Cookie: sid=38afes7a8; SECURE; HttpOnly',
    '200\nSet-Cookie: sid=; Max-Age=0; Path=/',
    'GET http://api.acme.test/x\n---\n200\nSet-Cookie: sid=38afes7a8; HttpOnly',
    'GET /x\nCookie: sid=1\n---\n200',
  ],
});
