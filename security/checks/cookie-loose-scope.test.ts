import { testCheck } from '../testing/test-check.ts';
import { cookieLooseScope } from './cookie-loose-scope.ts';

testCheck(cookieLooseScope, {
  finds: [
    '200\nSet-Cookie: «sid=1; Domain=acme.test»',
    '200\nSet-Cookie: «sid=1; domain=.ACME.test; Secure»',
  ],
  passes: [
    '200\nSet-Cookie: sid=1; Path=/',
    '200\nSet-Cookie: sid=1; Domain=api.acme.test',
    '200\nSet-Cookie: sid=1; Domain=.api.acme.test',
    '200\nSet-Cookie: sid=; Domain=acme.test; Max-Age=0',
    '200\nSet-Cookie: sid=1; Domain=other.test',
    '200\nSet-Cookie: sid=1; Domain=',
  ],
});
