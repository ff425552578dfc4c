import { testCheck } from '../testing/test-check.ts';
import { verificationRequest } from './verification-request.ts';

testCheck(verificationRequest, {
  tellsValue: true,
  finds: [
    'GET /api/me\nAuthorization: Bearer abcdefgh\n---\n200\nContent-Type: application/json\n\n{"id":1}',
    'GET /users/me\nCookie: sid=abcdefgh\n---\n200',
  ],
  passes: [
    'GET /api/me\n---\n200',
    'GET /api/me\nAuthorization: Bearer abcdefgh\n---\n401',
    'GET /api/orders\nAuthorization: Bearer abcdefgh\n---\n200',
    'GET /api/menu\nAuthorization: Bearer abcdefgh\n---\n200',
  ],
});
