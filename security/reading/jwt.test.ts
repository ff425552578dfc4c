import { expect, it } from 'vitest';
import { makeSession } from '#proxy-core/testing/session-factory.ts';
import { sessionText } from '#proxy-core/testing/session-text.ts';
import { inputOf, shownBy } from '../testing/run-check.ts';
import { jwtsIn } from './jwt.ts';

const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
const TOKEN = `${part({ alg: 'HS256', typ: 'JWT' })}.${part({ sub: 'mia', exp: 1 })}.c2lnbmF0dXJl`;
const read = (text: string) => {
  const full = makeSession(sessionText(text).session);
  return { full, tokens: jwtsIn(inputOf(full)) };
};

it.each([
  `GET /\nAuthorization: Bearer ${TOKEN}\n---\n200`,
  `GET /\nCookie: a=b; auth=${TOKEN}\n---\n200`,
  `GET /?t=${TOKEN}\n---\n200`,
  `200\nContent-Type: application/json\n\n{"access_token":"${TOKEN}"}`,
])('finds one in %s', (text) => {
  const { full, tokens } = read(text);
  expect(tokens).toHaveLength(1);
  const [token] = tokens;
  expect(token).toMatchObject({
    header: { alg: 'HS256' },
    claims: { sub: 'mia' },
    signature: 'c2lnbmF0dXJl',
  });
  expect(token && shownBy(token.evidence, full)).toBe(TOKEN);
});

it('takes each once, and nothing that only looks alike', () => {
  expect(read(`GET /\nAuthorization: Bearer ${TOKEN}\nCookie: t=${TOKEN}\n---\n200`).tokens).toHaveLength(1);
  expect(read('GET /?t=eyJhbGciOiJ.eyJzdWIiOi.x\n---\n200').tokens).toEqual([]);
  expect(
    read(`GET /?t=${part({ alg: 'dir', enc: 'A128GCM' })}.${part({ a: 1 })}.x\n---\n200`).tokens,
  ).toEqual([]);
});
