import fc from 'fast-check';
import { expect, test } from 'vitest';
import { charsetOf, decodeText, textOffset } from './charset.ts';

const bytes = (text: string) => Uint8Array.from(text, (unit) => unit.charCodeAt(0));
const utf8 = (text: string) => new TextEncoder().encode(text);

test('the header decides, unless a byte order mark says otherwise', () => {
  expect(charsetOf(bytes('x'), 'text/plain; charset=ISO-8859-1').charset).toBe('windows-1252');
  expect(charsetOf(bytes('\xef\xbb\xbfx'), 'text/plain; charset=latin1')).toEqual({
    charset: 'utf-8',
    markBytes: 3,
  });
  expect(charsetOf(bytes('\xff\xfex\0'), undefined)).toEqual({ charset: 'utf-16le', markBytes: 2 });
});

test('an unknown charset is as none', () => {
  expect(charsetOf(bytes('x'), 'text/plain; charset=nonsense').charset).toBe('utf-8');
});

test('declarations inside the text count when the header is silent', () => {
  expect(charsetOf(bytes('<meta charset="shift_jis">'), 'text/html').charset).toBe('shift_jis');
  expect(charsetOf(bytes('<meta http-equiv=x content="text/html; charset=gbk">'), 'text/html').charset).toBe(
    'gbk',
  );
  expect(charsetOf(bytes('<?xml version="1.0" encoding="koi8-r"?>'), 'text/xml').charset).toBe('koi8-r');
  expect(charsetOf(bytes('@charset "windows-1250";'), 'text/css').charset).toBe('windows-1250');
});

test('a declaration read as ASCII cannot be UTF-16', () => {
  expect(charsetOf(bytes('<meta charset="utf-16">'), 'text/html').charset).toBe('utf-8');
});

test('decodes', () => {
  expect(decodeText(bytes('gr\xfc\xdfe'), 'text/plain; charset=latin1').text).toBe('grüße');
  expect(decodeText(utf8('日本'), undefined)).toMatchObject({ text: '日本', lossy: false });
  expect(decodeText(bytes('\xef\xbb\xbfhi'), undefined)).toMatchObject({ text: 'hi', markBytes: 3 });
});

test('R6 invalid bytes are said, not hidden', () => {
  expect(decodeText(bytes('a\xffb'), undefined)).toMatchObject({ text: 'a\ufffdb', lossy: true });
});

test('a character cut off at the end of a part is not an error', () => {
  const part = utf8('aé').subarray(0, 2);
  expect(decodeText(part, undefined, true)).toMatchObject({ text: 'a', lossy: false });
  expect(decodeText(part, undefined).lossy).toBe(true);
});

test('byte offsets become text offsets', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme' }),
      fc.string({ unit: 'grapheme' }),
      fc.boolean(),
      (a, b, mark) => {
        // A text that itself begins with U+FEFF is its own mark.
        fc.pre(!(a + b).startsWith('\ufeff'));
        const source = utf8((mark ? '\ufeff' : '') + a + b);
        const decoded = decodeText(source, undefined);
        expect(textOffset(source, decoded, (mark ? 3 : 0) + utf8(a).length)).toBe(a.length);
      },
    ),
  );
});
