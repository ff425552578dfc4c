import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fold } from './fold.ts';

describe('folding case', () => {
  it.each([
    ['Zürich ZÜRICH', 'zürich zürich'],
    ['Straße', 'straße'],
    ['ΟΔΟΣ', 'οδοσ'],
    ['οδος', 'οδοσ'],
    // An old s and the sign of the kelvin are the letters they look like.
    ['ſ\u212a', 'sk'],
    ['ЖУК', 'жук'],
    ['\u{10400}', '\u{10428}'],
    ['', ''],
  ])('%s is %s', (text, folded) => {
    expect(fold(text)).toBe(folded);
  });

  it('leaves what would become longer', () => {
    expect('İ'.toLowerCase()).toHaveLength(2);
    expect(fold('aİB')).toBe('aİb');
  });

  it('keeps the length, so that places stay where they are', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.nat(0xffff).map((unit) => String.fromCharCode(unit)) }),
        (text) => fold(text).length === text.length,
      ),
    );
  });

  it('folds a part as it folds the whole', () => {
    const text = fc.string({
      unit: fc.constantFrom('a', 'B', 'Σ', 'ς', 'İ', 'ü', 'Ü', 'ſ', ' ', '\u{10400}'),
    });
    fc.assert(
      fc.property(text, text, text, (before, part, after) => {
        const whole = fold(before + part + after);
        expect(whole.slice(before.length, before.length + part.length)).toBe(fold(part));
      }),
    );
  });
});
