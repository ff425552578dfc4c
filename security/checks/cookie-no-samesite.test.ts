import { expect, it } from 'vitest';
import { testCheck, told } from '../testing/test-check.ts';
import { cookieNoSamesite } from './cookie-no-samesite.ts';

testCheck(cookieNoSamesite, {
  finds: [
    '200\nSet-Cookie: «sid=38afes7a8; Path=/; HttpOnly; Secure»',
    '200\nSet-Cookie: «sid=38afes7a8; SameSite=None; Secure»',
    '200\nSet-Cookie: «sid=38afes7a8; SameSite=Sometimes»',
  ],
  passes: [
    '200\nSet-Cookie: sid=38afes7a8; SameSite=Lax',
    '200\nSet-Cookie: sid=38afes7a8; samesite=STRICT',
    '200\nSet-Cookie: sid=; Expires=Thu, 01 Jan 1970 00:00:00 GMT',
    '200\nX-Cookie: sid=1',
  ],
});

it('says nothing of None at the high threshold', () => {
  expect(told(cookieNoSamesite, '200\nSet-Cookie: a=1; SameSite=None; Secure', 'high').findings).toEqual([]);
});
