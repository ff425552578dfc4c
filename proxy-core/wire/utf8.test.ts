import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { validUtf8 } from './utf8.ts';

const bytes = (...octets: number[]) => Uint8Array.from(octets);

describe('validUtf8', () => {
  it.each(['', 'Hello', 'Grüße', '日本', '🙂'])('%j is', (text) =>
    expect(validUtf8(Buffer.from(text))).toBe(true),
  );

  it.each([[0xff], [0x80], [0xc3], [0xc0, 0x80], [0xed, 0xa0, 0x80], [0xf4, 0x90, 0x80, 0x80], [0xe2, 0x82]])(
    '%s is not',
    (...octets) => expect(validUtf8(bytes(...octets))).toBe(false),
  );

  it('forgives a cut nothing but the character it fell into', () => {
    expect(validUtf8(bytes(0x61, 0xc3), true)).toBe(true);
    expect(validUtf8(bytes(0xf0, 0x9f, 0x99), true)).toBe(true);
    expect(validUtf8(bytes(0xff, 0x61, 0xc3), true)).toBe(false);
    expect(validUtf8(bytes(0x61, 0x80), true)).toBe(false);
    expect(validUtf8(bytes(0xc3, 0xa9, 0xa9), true)).toBe(false);
    expect(validUtf8(bytes(0x80, 0x80, 0x80, 0x80), true)).toBe(false);
  });

  it('holds for every text cut anywhere', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), fc.nat(), (text, at) => {
        const all = Buffer.from(text);
        expect(validUtf8(all.subarray(0, all.length === 0 ? 0 : at % all.length), true)).toBe(true);
      }),
    );
  });
});
