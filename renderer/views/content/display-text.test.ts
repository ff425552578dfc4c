import fc from 'fast-check';
import { expect, test } from 'vitest';
import { byteStringOfText, textOfByteString, visibleParts, visibleText } from './display-text.ts';

test('R6 control characters and bidi overrides become escapes', () => {
  expect(visibleText('a\u0000b\u001bc')).toBe('a\\x00b\\x1bc');
  expect(visibleText('user\u202etxt.exe')).toBe('user\\u202etxt.exe');
  expect(visibleText('a\u200bb\ufeff')).toBe('a\\u200bb\\ufeff');
});

test('line breaks and tabs stay in a text, and show in a line', () => {
  expect(visibleText('a\r\n\tb')).toBe('a\r\n\tb');
  expect(visibleParts('a\r\nb')).toEqual([
    { text: 'a', escaped: false },
    { text: '\\r', escaped: true },
    { text: '\\n', escaped: true },
    { text: 'b', escaped: false },
  ]);
});

test('letters of any script, and emoji, stay', () => {
  expect(visibleText('שלום 日本 😀 é')).toBe('שלום 日本 😀 é');
});

test('half a surrogate pair is shown as an escape', () => {
  expect(visibleText('\ud83d!')).toBe('\\ud83d!');
  expect(visibleText('!\ude00')).toBe('!\\ude00');
});

test('byte strings are read as UTF-8 where they are, else as latin1', () => {
  expect(textOfByteString('caf\xc3\xa9')).toBe('café');
  expect(textOfByteString('caf\xe9')).toBe('café');
  expect(textOfByteString('plain')).toBe('plain');
});

test('typed text goes to bytes and back', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      const bytes = byteStringOfText(text);
      expect([...bytes].every((unit) => unit.charCodeAt(0) < 256)).toBe(true);
      expect(textOfByteString(bytes)).toBe(text);
    }),
  );
});

test('parts joined are the visible text of a single line', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const line = text.replace(/[\t\r\n]/g, '');
      expect(
        visibleParts(line)
          .map((part) => part.text)
          .join(''),
      ).toBe(visibleText(line));
    }),
  );
});
