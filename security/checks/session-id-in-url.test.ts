import { testCheck } from '../testing/test-check.ts';
import { sessionIdInUrl } from './session-id-in-url.ts';

testCheck(sessionIdInUrl, {
  finds: [
    'GET /cart?sid=«a8f3b1c9d2e4f6a7»\n---\n200',
    'GET /cart;jsessionid=«0123456789ABCDEF»?x=1\n---\n200',
    'GET /cart?PHPSESSID=«8v3kq0m1n5p7r9t2»\n---\n200',
    'GET /t.gif\nReferer: https://shop.test/cart;jsessionid=«0123456789ABCDEF»\n---\n200',
  ],
  passes: [
    'GET /cart?sid=12\n---\n200',
    'GET /talks?session=keynote\n---\n200',
    'GET /talks?session_id=1234567890\n---\n200',
    'GET /cart\nCookie: sid=a8f3b1c9d2e4f6a7\n---\n200',
    'GET /t.gif\nReferer: https://www.acme.test/cart;jsessionid=0123456789ABCDEF\n---\n200',
    'GET /x?side=a8f3b1c9d2e4f6a7\n---\n200',
  ],
});
