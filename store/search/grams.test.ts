import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eachGram, GRAM, gramsOf } from './grams.ts';

const all = (text: string) => {
  const grams: number[] = [];
  eachGram(text, (gram) => grams.push(gram));
  return grams;
};

describe('grams', () => {
  it('are of four units, one for each place', () => {
    expect(all('abcdef')).toHaveLength(6 - GRAM + 1);
    expect(all('abcdabcd')[0]).toBe(all('abcd')[0]);
    expect(all('abc')).toEqual([]);
    expect(all('')).toEqual([]);
  });

  it('differ when the order does, and in any unit', () => {
    const texts = ['abcd', 'abdc', 'bacd', 'dcba', 'abce', 'übcd', 'ab\u{1f600}', 'ab\u{1f601}'];
    expect(new Set(texts.flatMap(all)).size).toBe(texts.length);
  });

  it('spread over the low bits, of which a group uses a few', () => {
    const digits = Array.from({ length: 10_000 }, (_, i) => all(String(i).padStart(4, '0'))[0] ?? 0);
    const rows = new Set(digits.map((gram) => gram & 0xffff));
    // 10,000 throws at 65,536 places hit about 9,270 of them.
    expect(rows.size).toBeGreaterThan(9000);
    expect(digits.every((gram) => Number.isInteger(gram) && gram >= 0 && gram < 2 ** 32)).toBe(true);
  });
});

describe("a needle's grams", () => {
  it('are a few when it is long, and none when it is short', () => {
    expect(gramsOf('abc')).toEqual([]);
    expect(gramsOf('aaaaaaaa')).toHaveLength(1);
    expect(gramsOf('needle')).toHaveLength(3);
    const long = gramsOf('abcdefghijklmnopqrstuvwxyz0123456789');
    expect(long).toHaveLength(16);
    expect(new Set(long).size).toBe(16);
  });

  it('are all in every text that holds the needle', () => {
    fc.assert(
      fc.property(fc.string(), fc.string({ maxLength: 60 }), fc.string(), (before, needle, after) => {
        const grams = new Set(all(before + needle + after));
        expect(gramsOf(needle).every((gram) => grams.has(gram))).toBe(true);
      }),
    );
  });
});
