import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { turnKey, unmask } from './unmask.ts';

/** RFC 6455 §5.3, word for word: octet i of the original XOR octet i mod 4 of the key. */
function asTheRfcSays(bytes: Uint8Array, key: number): Uint8Array {
  const octets = [key >>> 24, (key >>> 16) & 255, (key >>> 8) & 255, key & 255];
  return bytes.map((octet, i) => octet ^ (octets[i % 4] ?? 0));
}

const key = fc.integer({ min: 0, max: 0xffffffff });

describe('unmask', () => {
  it('takes the mask off the example of RFC 6455 §5.7', () => {
    const bytes = Uint8Array.of(0x7f, 0x9f, 0x4d, 0x51, 0x58);
    unmask(bytes, 0, 5, 0x37fa213d);
    expect(Buffer.from(bytes).toString()).toBe('Hello');
  });

  it('does at every place and length what the RFC says, and touches nothing around it', () => {
    const around = fc.nat({ max: 9 });
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 300 }),
        around,
        around,
        around,
        key,
        (bytes, offset, before, after, key) => {
          const whole = Buffer.concat([Buffer.alloc(before, 7), bytes, Buffer.alloc(after, 9)]);
          // A view at any offset: the words of the fast path must find their own alignment.
          const memory = new Uint8Array(offset + whole.length);
          memory.set(whole, offset);
          const view = memory.subarray(offset);
          unmask(view, before, before + bytes.length, key);
          expect(view.subarray(before, before + bytes.length)).toEqual(asTheRfcSays(bytes, key));
          expect([...view.subarray(0, before)]).toEqual(Array(before).fill(7));
          expect([...view.subarray(before + bytes.length)]).toEqual(Array(after).fill(9));
        },
      ),
    );
  });

  it('is its own inverse', () => {
    const bytes = Uint8Array.from({ length: 1001 }, (_, i) => i);
    unmask(bytes, 3, 1000, 0xdeadbeef);
    expect(bytes).not.toEqual(Uint8Array.from({ length: 1001 }, (_, i) => i));
    unmask(bytes, 3, 1000, 0xdeadbeef);
    expect(bytes).toEqual(Uint8Array.from({ length: 1001 }, (_, i) => i));
  });

  it('in pieces, each with the key turned to its place, is the same as at once', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 200 }), fc.nat(), key, (bytes, at, key) => {
        const cut = at % bytes.length;
        const pieces = bytes.slice();
        unmask(pieces, 0, cut, key);
        unmask(pieces, cut, bytes.length, turnKey(key, cut));
        expect(pieces).toEqual(asTheRfcSays(bytes, key));
      }),
    );
  });
});

describe('turnKey', () => {
  it.each([
    [0, 0x01020384],
    [1, 0x02038401],
    [2, 0x03840102],
    [3, 0x84010203],
    [4, 0x01020384],
    [4_000_000_001, 0x02038401],
  ])('by %d', (octets, turned) => expect(turnKey(0x01020384, octets)).toBe(turned));
});
