import { testCheck } from '../testing/test-check.ts';
import { cookiePoisoning } from './cookie-poisoning.ts';

testCheck(cookiePoisoning, {
  finds: [
    'GET /x?theme=midnight\n---\n200\nSet-Cookie: «theme=midnight; Path=/»',
    'GET /x?ref=a%20b%20c%20d\n---\n302\nLocation: /\nSet-Cookie: «ref=a%20b%20c%20d»',
  ],
  passes: [
    'GET /x?theme=midnight\n---\n200\nSet-Cookie: theme=dark',
    'GET /x?on=true\n---\n200\nSet-Cookie: seen=true',
    'GET /x?theme=midnight\n---\n200\nSet-Cookie: theme=midnight; Max-Age=0',
    'GET /x\nCookie: theme=midnight\n---\n200\nSet-Cookie: theme=midnight',
    'GET /x?lang=en\n---\n200\nSet-Cookie: lang=en',
  ],
});
