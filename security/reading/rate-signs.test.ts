import { expect, it } from 'vitest';
import { makeSession } from '#proxy-core/testing/session-factory.ts';
import { sessionText } from '#proxy-core/testing/session-text.ts';
import { inputOf } from '../testing/run-check.ts';
import { answersChallenge, showsLimit } from './rate-signs.ts';

const read = (text: string) => inputOf(makeSession(sessionText(text).session));

it.each([
  '429',
  '423',
  '200\nRateLimit: limit=10',
  '200\nX-RateLimit-Remaining: 3',
  '503\nRetry-After: 5',
  '403\nContent-Type: text/html\n\nPlease solve the captcha',
])('%s shows a limit', (text) => expect(showsLimit(read(text))).toBe(true));

it.each([
  '200',
  '401\nContent-Type: application/json\n\n{"error":"bad credentials"}',
  '200\nContent-Type: text/html\n\ncaptcha',
])('%s shows none', (text) => expect(showsLimit(read(text))).toBe(false));

it('knows the answer to a challenge', () => {
  expect(
    answersChallenge(
      read('POST /x\nContent-Type: application/json\n\n{"g-recaptcha-response":"x"}\n---\n200'),
    ),
  ).toBe(true);
  expect(answersChallenge(read('POST /x\nContent-Type: application/json\n\n{"a":1}\n---\n200'))).toBe(false);
});
