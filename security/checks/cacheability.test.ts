import { testCheck } from '../testing/test-check.ts';
import { cacheability } from './cacheability.ts';

testCheck(cacheability, {
  tellsValue: true,
  finds: [
    'GET /me\nAuthorization: Bearer abcdefgh\n---\n200\nCache-Control: «public, max-age=60»\n\n{}',
    'GET /me\nCookie: sid=abcdefgh\n---\n200\nCache-Control: «max-age=60»\n\n{}',
  ],
  passes: [
    'GET /me\nAuthorization: Bearer abcdefgh\n---\n200\nCache-Control: private, max-age=60\n\n{}',
    'GET /me\nAuthorization: Bearer abcdefgh\n---\n200\nCache-Control: no-store\n\n{}',
    'GET /logo\n---\n200\nCache-Control: public, max-age=60\n\n{}',
    'GET /me\nCookie: sid=abcdefgh\n---\n200\nCache-Control: max-age=60\nVary: Cookie\n\n{}',
    'POST /me\nCookie: sid=abcdefgh\n---\n200\nCache-Control: max-age=60\n\n{}',
    '500',
  ],
  lowOnly: ['200\nCache-Control: no-store\n\n{}', '200\nCache-Control: max-age=3\n\n{}'],
});
