import { expect, test } from 'vitest';
import type { Session } from '#model/session.ts';
import { compareAnswers } from './compare.ts';

const session = (
  status: number | undefined,
  size: number,
  durationMs: number,
  state = 'completed',
): Session =>
  ({
    row: { status, responseBodySize: size, durationMs, state },
    ...(status === undefined ? {} : { response: {} }),
  }) as unknown as Session;

const texts = (answer: Session, original: Session) =>
  compareAnswers(answer, original).map((change) => change.text);

test('the same answer is said to be the same', () => {
  expect(texts(session(200, 100, 50), session(200, 100, 50.4))).toEqual(['same status', 'same size']);
});

test('another status is notable', () => {
  const [change] = compareAnswers(session(403, 100, 50), session(200, 100, 50));
  expect(change).toEqual({ text: 'was 200', notable: true });
});

test('size and time differ with their sign', () => {
  expect(texts(session(200, 150, 70), session(200, 100, 50))).toEqual(['same status', '+50 B', '+20 ms']);
  expect(texts(session(200, 50, 30), session(200, 100, 50))).toEqual(['same status', '−50 B', '−20 ms']);
});

test('without a response there is no size to compare', () => {
  expect(texts(session(undefined, 0, 30), session(200, 100, 50))).toEqual(['was 200', '−20 ms']);
});

test('nothing is compared before both have ended', () => {
  expect(texts(session(200, 1, 1, 'active'), session(200, 1, 1))).toEqual([]);
});
