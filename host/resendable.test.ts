import { describe, expect, it } from 'vitest';
import type { HeaderPair } from '#model/headers.ts';
import { resendable } from './resendable.ts';

describe('header fields of a recorded request', () => {
  const kept: HeaderPair[] = [
    ['Host', 'a.test'],
    ['X-Twice', '1'],
    ['x-twice', '2'],
    ['Content-Type', 'application/json'],
    ['Authorization', 'Bearer x'],
    ['TE', 'trailers'],
    ['X-Proxy-Authorization', 'x'],
  ];

  it('stay in order and case', () => {
    expect(resendable(kept)).toEqual(kept);
  });

  it.each([
    'Content-Length',
    'transfer-encoding',
    'Trailer',
    'Proxy-Connection',
    'Proxy-Authorization',
    'Expect',
  ])('go when they speak of the connection: %s', (name) =>
    expect(resendable([...kept, [name, 'x']])).toEqual(kept),
  );

  it('lose their Host when the request goes to another', () => {
    expect(resendable(kept, true)).toEqual(kept.slice(1));
    expect(resendable([['HOST', 'a.test']], true)).toEqual([]);
  });
});
