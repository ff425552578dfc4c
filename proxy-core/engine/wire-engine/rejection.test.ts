import { expect, it } from 'vitest';
import { rejectionOf, SLOW_HEAD, STALLED } from './rejection.ts';

it.each([
  ['head-too-large', 431],
  ['too-many-fields', 431],
  ['target-too-long', 414],
  ['version', 505],
  ['content-length', 400],
  ['chunk', 400],
] as const)('%s is answered %d, with its place and reason in the session', (code, status) => {
  const rejection = rejectionOf({ code, offset: 17, message: 'It is wrong.' });
  expect(rejection).toMatchObject({ status, failure: { code: 'bad-request' } });
  expect(rejection.failure.detail).toContain(`${code} at byte 17: It is wrong.`);
});

it('what does not come in time is 408', () => {
  expect([SLOW_HEAD, STALLED].map(({ status, failure }) => [status, failure.code])).toEqual([
    [408, 'timeout'],
    [408, 'timeout'],
  ]);
});
