import { expect, it } from 'vitest';
import { testCheck, told } from '../testing/test-check.ts';
import { corsCredentials } from './cors-credentials.ts';

const ok = (origin: string) =>
  `200\nContent-Type: application/json\nAccess-Control-Allow-Origin: ${origin}\nAccess-Control-Allow-Credentials: true\n\n{}`;

testCheck(corsCredentials, {
  tellsValue: true,
  finds: [
    `GET /me\nOrigin: https://evil.test\n---\n${ok('«https://evil.test»')}`,
    `GET /me\nOrigin: null\n---\n${ok('«null»')}`,
    `GET /me\nOrigin: https://acme.test.evil.test\n---\n${ok('«https://acme.test.evil.test»')}`,
    `GET /me\nOrigin: http://app.acme.test\n---\n${ok('«http://app.acme.test»')}`,
  ],
  passes: [
    `GET /me\nOrigin: https://app.acme.test\n---\n${ok('https://app.acme.test')}`,
    `GET /me\nOrigin: https://evil.test\n---\n${ok('https://app.acme.test')}`,
    `GET /me\n---\n${ok('https://partner.test')}`,
    'GET /me\nOrigin: https://evil.test\n---\n200\nAccess-Control-Allow-Origin: https://evil.test',
    `GET http://localhost:3000/me\nOrigin: http://localhost:5173\n---\n${ok('http://localhost:5173')}`,
    '200\nAccess-Control-Allow-Credentials: true',
  ],
});

it('is sure once a second site is allowed', () => {
  const ask = (origin: string) => `GET /me\nOrigin: ${origin}\n---\n${ok(origin)}`;
  const { findings } = told(corsCredentials, [ask('https://a.evil.test'), ask('https://b.other.test')]);
  expect(findings.map(({ confidence }) => confidence)).toEqual(['medium', 'high']);
});
