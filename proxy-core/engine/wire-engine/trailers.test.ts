import { expect, it } from 'vitest';
import { passingTrailers } from './trailers.ts';

it('trailers pass but for those that frame, route or authenticate', () => {
  const sum: [string, string] = ['X-Sum', '1'];
  const status: [string, string] = ['grpc-status', '0'];
  expect(
    passingTrailers([
      sum,
      ['Content-Length', '5'],
      ['transfer-encoding', 'chunked'],
      ['HOST', 'x'],
      ['Authorization', 'x'],
      ['Set-Cookie', 'a'],
      ['Connection', 'close'],
      status,
    ]),
  ).toEqual([sum, status]);
});
