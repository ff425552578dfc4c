import { testCheck } from '../testing/test-check.ts';
import { sensitiveFlowAutomation } from './sensitive-flow-automation.ts';

const times = (count: number, text: string) => Array.from({ length: count }, () => text);
const post = (path: string, answer = '201', body = '{"code":"A1"}') =>
  `POST ${path}\nContent-Type: application/json\n\n${body}\n---\n${answer}`;

testCheck(sensitiveFlowAutomation, {
  tellsValue: true,
  finds: [times(9, post('/api/coupons/apply', '400')), times(8, post('/signup'))],
  passes: [
    times(4, post('/signup')),
    [...times(5, post('/signup')), ...times(6, post('/signup', '429'))],
    times(9, post('/signup', '201', '{"captchaToken":"x"}')),
    times(9, 'GET /checkout\n---\n200'),
    times(9, post('/events')),
    times(12, post('/signup')).map((text, i) => ({
      method: 'POST',
      url: 'https://a.test/signup',
      startedAt: 1_750_000_000_000 + i * 60_000,
      requestBody: text,
    })),
  ],
});
