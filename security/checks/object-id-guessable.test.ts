import { testCheck } from '../testing/test-check.ts';
import { objectIdGuessable } from './object-id-guessable.ts';

const AUTH = 'Authorization: Bearer abcdefgh';
const OK = '200\nContent-Type: application/json\n\n{}';

testCheck(objectIdGuessable, {
  finds: [
    `GET /api/orders/«1042»\n${AUTH}\n---\n${OK}`,
    `GET /api/invoice?invoice_id=«17»\n${AUTH}\n---\n${OK}`,
    `DELETE /users/«7»\nCookie: session=abcdefgh\n---\n204`,
    `GET /users/«7»/orders/«12»?x=1\n${AUTH}\n---\n${OK}`,
  ],
  passes: [
    `GET /api/orders/123e4567-e89b-12d3-a456-426614174000\n${AUTH}\n---\n${OK}`,
    `GET /api/orders/1042\n---\n${OK}`,
    `GET /api/orders/1042\n${AUTH}\n---\n404`,
    `GET /api/v/2/orders\n${AUTH}\n---\n${OK}`,
    `GET /api/orders?page=2&limit=10&category_id=3\n${AUTH}\n---\n${OK}`,
    `GET /reports/2024/summary\n${AUTH}\n---\n${OK}`,
    `GET /orders/12345678901234567\n${AUTH}\n---\n${OK}`,
    `GET /img/7\n${AUTH}\n---\n200\nContent-Type: image/png\n\nx`,
  ],
});
