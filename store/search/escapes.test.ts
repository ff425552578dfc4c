import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Reading, readJson, readPercent } from './escapes.ts';

/** What the place of `needle` in a reading is in the original. */
function originalOf(original: string, reading: Reading | undefined, needle: string): string | undefined {
  const start = reading?.text.indexOf(needle) ?? -1;
  if (reading === undefined || start < 0) throw new Error(`${needle} is not there`);
  const range = reading.original(start, start + needle.length);
  return range && original.slice(...range);
}

describe('escapes of JSON', () => {
  it.each([
    ['"Z\\u00fcrich"', 'Zürich', 'Z\\u00fcrich'],
    ['{"a":"x\\"y"}', 'x"y', 'x\\"y'],
    ['["https:\\/\\/acme.test\\/a"]', '//acme', '\\/\\/acme'],
    ['"\\ud83d\\ude00!"', '\u{1f600}!', '\\ud83d\\ude00!'],
    ['"a\\nb\\tc\\\\d"', 'b\tc\\d', 'b\\tc\\\\d'],
    ['\\u0041\\u0042\\u0043', 'ABC', '\\u0041\\u0042\\u0043'],
    ['\\u0041\\u0042\\u0043', 'B', '\\u0042'],
  ])('in %s: %s stands for %s', (original, needle, place) => {
    expect(originalOf(original, readJson(original), needle)).toBe(place);
  });

  it('know which places have none', () => {
    const original = 'before \\u00fc after';
    const reading = readJson(original);
    expect(originalOf(original, reading, 'before')).toBeUndefined();
    expect(originalOf(original, reading, 'after')).toBeUndefined();
    expect(originalOf(original, reading, ' ü')).toBe(' \\u00fc');
    expect(originalOf(original, reading, 'ü a')).toBe('\\u00fc a');
  });

  it('that are none stay as they are', () => {
    expect(readJson('no escapes')).toBeUndefined();
    expect(readJson('\\x \\u12 \\')).toBeUndefined();
    expect(readJson('C:\\\\x \\u12zz')?.text).toBe('C:\\x \\u12zz');
  });

  it('are read as JSON reads them', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.nat(0xffff).map((unit) => String.fromCharCode(unit)) }), (text) => {
        const written = JSON.stringify(text);
        const reading = readJson(written);
        const own = JSON.parse(written);
        expect((reading?.text ?? written).slice(1, -1)).toBe(own);
      }),
    );
  });
});

describe('percent-encoding', () => {
  it.each([
    ['/?q=Z%C3%BCrich&x=1', false, 'Zürich', 'Z%C3%BCrich'],
    ['/?q=a+b%20c', false, 'b c', 'b%20c'],
    ['q=a+b%20c', true, 'a b c', 'a+b%20c'],
    ['/%F0%9F%98%80', false, '/\u{1f600}', '/%F0%9F%98%80'],
  ])('in %s: %s stands for %s', (original, form, needle, place) => {
    expect(originalOf(original, readPercent(original, form), needle)).toBe(place);
  });

  it('that is none stays as it is', () => {
    expect(readPercent('100% sure', false)).toBeUndefined();
    expect(readPercent('a+b', false)).toBeUndefined();
    expect(readPercent('%zz%41', false)?.text).toBe('%zzA');
  });

  it('that is no UTF-8 is read as far as it goes', () => {
    expect(readPercent('a%FCb', false)?.text).toBe('a\ufffdb');
  });
});
