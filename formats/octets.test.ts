import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  base64,
  byteString,
  fromBase64,
  joined,
  readable,
  utf8,
  utf8ByteString,
  utf8Text,
} from './octets.ts';

describe('byte strings', () => {
  it('hold one unit per octet, however many there are', () => {
    const bytes = Uint8Array.from({ length: 20_000 }, (_, i) => i % 256);
    const text = byteString(bytes);
    expect(text).toHaveLength(20_000);
    expect(Uint8Array.from(text, (unit) => unit.charCodeAt(0))).toEqual(bytes);
  });

  it('of text are those of its UTF-8 form, and are read back', () => {
    expect(utf8ByteString('plain ~')).toBe('plain ~');
    expect(utf8ByteString('é')).toBe('\xc3\xa9');
    expect(readable('\xc3\xa9')).toBe('é');
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(readable(utf8ByteString(text))).toBe(text);
      }),
    );
  });

  it('that are not UTF-8 are read as latin1', () => {
    expect(readable('caf\xe9')).toBe('café');
  });
});

describe('UTF-8', () => {
  it('is told from what only looks like text', () => {
    expect(utf8Text(utf8('中 🚀'))).toBe('中 🚀');
    expect(utf8Text(Uint8Array.of(0xff))).toBeUndefined();
    expect(utf8Text(Uint8Array.of(0xc3))).toBeUndefined();
  });

  it('keeps a byte order mark, because it is octets too', () => {
    expect(utf8Text(Uint8Array.of(0xef, 0xbb, 0xbf, 0x61))).toBe('\ufeffa');
  });
});

describe('base64', () => {
  it('gives back any octets', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        const text = base64(bytes);
        expect(text).toBe(Buffer.from(bytes).toString('base64'));
        expect(fromBase64(text)).toEqual(Uint8Array.from(bytes));
      }),
    );
  });

  it('says nothing of what is not base64', () => {
    expect(fromBase64('%')).toBeUndefined();
  });
});

it('joins pieces in order', () => {
  expect(joined([])).toEqual(new Uint8Array());
  expect(joined([Uint8Array.of(1, 2), new Uint8Array(), Uint8Array.of(3)])).toEqual(Uint8Array.of(1, 2, 3));
});
