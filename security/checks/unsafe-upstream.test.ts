import { testCheck } from '../testing/test-check.ts';
import { unsafeUpstream } from './unsafe-upstream.ts';

const AUTH = 'Authorization: Bearer abcdefgh';

testCheck(unsafeUpstream, {
  finds: [
    [
      `GET /files/7\n${AUTH}\n---\n302\nLocation: https://cdn.other.test/7`,
      `GET https://cdn.other.test/7\n${AUTH.replace('Bearer abcdefgh', '«Bearer abcdefgh»')}\n---\n200`,
    ],
    'GET /x\n---\n301\nLocation: «http://api.acme.test/y»',
    'GET http://data.other.test/x.json\nOrigin: «https://shop.test»\n---\n200\nContent-Type: application/json\n\n{}',
  ],
  passes: [
    [
      `GET /files/7\n${AUTH}\n---\n302\nLocation: https://cdn.other.test/7`,
      'GET https://cdn.other.test/7\n---\n200',
    ],
    [
      `GET /files/7\n${AUTH}\n---\n302\nLocation: https://www.acme.test/7`,
      `GET https://www.acme.test/7\n${AUTH}\n---\n200`,
    ],
    'GET /x\n---\n301\nLocation: https://api.acme.test/y',
    'GET http://api.acme.test/x\n---\n301\nLocation: http://api.acme.test/y',
    'GET http://localhost:3000/x.json\nOrigin: https://shop.test\n---\n200\nContent-Type: application/json\n\n{}',
    'GET http://data.other.test/x.json\n---\n200\nContent-Type: application/json\n\n{}',
  ],
});
