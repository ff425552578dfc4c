import { testCheck } from '../testing/test-check.ts';
import { loginNoThrottle } from './login-no-throttle.ts';

const attempt = (i: number, answer = '401\nContent-Type: application/json\n\n{"error":"bad credentials"}') =>
  `POST /login\nContent-Type: application/json\n\n{"user":"mia","password":"guess${i}"}\n---\n${answer}`;
const times = (count: number, answer?: string) => Array.from({ length: count }, (_, i) => attempt(i, answer));

testCheck(loginNoThrottle, {
  tellsValue: true,
  finds: [
    times(6),
    times(5, '200\nContent-Type: text/html\n\n<p>Invalid user name or password</p>'),
    times(8, '302\nLocation: /login?error=1'),
  ],
  passes: [
    times(4),
    [...times(4), attempt(9, '429\nRetry-After: 60'), ...times(2, '429\nRetry-After: 60')],
    times(6, '401\nRateLimit-Remaining: 3'),
    [
      ...times(3),
      attempt(4, '200\nContent-Type: application/json\n\n{"token":"q8ZrT2mVbX5nK7w"}'),
      ...times(3),
    ],
    Array.from({ length: 8 }, () => 'GET /orders\n---\n401'),
    times(5, '423\nContent-Type: application/json\n\n{"error":"locked"}'),
  ],
});
