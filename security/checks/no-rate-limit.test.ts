import { testCheck } from '../testing/test-check.ts';
import { noRateLimit } from './no-rate-limit.ts';

const many = (count: number, answer: string, path = '/api/orders') =>
  Array.from({ length: count }, () => `GET ${path}\n---\n${answer}`);
const JSON_OK = '200\nContent-Type: application/json\n\n{}';

testCheck(noRateLimit, {
  tellsValue: true,
  finds: [
    many(32, JSON_OK),
    Array.from({ length: 40 }, (_, i) => `GET /api/orders/${i + 1}\n---\n${JSON_OK}`),
  ],
  passes: [
    many(10, JSON_OK),
    many(40, `200\nContent-Type: application/json\nRateLimit-Remaining: 9\n\n{}`),
    [...many(20, JSON_OK), ...many(1, '429'), ...many(20, JSON_OK)],
    many(40, '200\nContent-Type: image/png\n\nx', '/a.png'),
    many(40, '200\nContent-Type: text/html\n\n<p>', '/'),
  ],
});
