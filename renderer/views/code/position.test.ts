import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hasHugeLine, positionAt } from './position.ts';

test('lines end with any of the three', () => {
  const text = 'a\nb\r\nc\rd';
  expect(positionAt(text, 0)).toEqual({ lineNumber: 1, column: 1 });
  expect(positionAt(text, text.indexOf('b'))).toEqual({ lineNumber: 2, column: 1 });
  expect(positionAt(text, text.indexOf('c'))).toEqual({ lineNumber: 3, column: 1 });
  expect(positionAt(text, text.indexOf('d'))).toEqual({ lineNumber: 4, column: 1 });
});

test('between CR and LF is still the end of the line', () => {
  expect(positionAt('ab\r\nc', 3)).toEqual({ lineNumber: 1, column: 4 });
});

test('an offset beyond the end is the end', () => {
  expect(positionAt('ab', 99)).toEqual({ lineNumber: 1, column: 3 });
});

test('agrees with splitting into lines', () => {
  const piece = fc.constantFrom('a', 'é', '😀', '\n', '\r\n', '\r');
  fc.assert(
    fc.property(fc.array(piece), fc.nat(), (pieces, at) => {
      const text = pieces.join('');
      const offset = pieces.slice(0, at % (pieces.length + 1)).join('').length;
      if (text[offset - 1] === '\r' && text[offset] === '\n') return;
      const before = text.slice(0, offset).split(/\r\n|\r|\n/);
      expect(positionAt(text, offset)).toEqual({
        lineNumber: before.length,
        column: (before.at(-1) ?? '').length + 1,
      });
    }),
  );
});

test('R3 a line too long to be left unwrapped is found wherever it stands', () => {
  const huge = 'x'.repeat(100_001);
  expect(hasHugeLine(huge)).toBe(true);
  expect(hasHugeLine(`a\n${huge}\nb`)).toBe(true);
  expect(hasHugeLine(`${'x'.repeat(100_000)}\n`.repeat(5))).toBe(false);
  expect(hasHugeLine('')).toBe(false);
});
