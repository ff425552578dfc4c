import { describe, expect, it } from 'vitest';
import { fold } from './fold.ts';
import { eachGram } from './grams.ts';
import { compileMatcher } from './matcher.ts';

const plain = { regex: false, caseSensitive: false, wholeWord: false };

function found(text: string, hay: string, change: Partial<typeof plain> = {}, limit = 100): string[] {
  const matcher = compileMatcher({ ...plain, ...change, text });
  if (matcher.kind !== 'text') throw new Error('not a text');
  return matcher.find(hay, limit).map(([start, end]) => hay.slice(start, end));
}

describe('text', () => {
  it('is found in any case, or in its own', () => {
    expect(found('zürich', 'Zürich ZÜRICH zürich')).toEqual(['Zürich', 'ZÜRICH', 'zürich']);
    expect(found('zürich', 'Zürich ZÜRICH zürich', { caseSensitive: true })).toEqual(['zürich']);
    expect(found('STRASSE', 'Straße')).toEqual([]);
  });

  it('is taken as it is, without overlap, up to a limit', () => {
    expect(found('a.c', 'abc a.c')).toEqual(['a.c']);
    expect(found('aa', 'aaaaa')).toEqual(['aa', 'aa']);
    expect(found('a', 'aaaaa', {}, 2)).toEqual(['a', 'a']);
    expect(found('x', '')).toEqual([]);
  });

  it('as a word stands alone', () => {
    const word = { wholeWord: true };
    expect(found('cat', 'cat concat cats cat_1 cat. (CAT) katcat cat', word)).toEqual([
      'cat',
      'cat',
      'CAT',
      'cat',
    ]);
    expect(found('über', 'darüber über', word)).toEqual(['über']);
    expect(found('ber', 'über', word)).toEqual([]);
    expect(found('a', 'aa a\u{1d400} a', word)).toEqual(['a']);
    // What is no word itself has no word's end.
    expect(found('=5', 'x=5 x=55', word)).toEqual(['=5']);
  });
});

describe('a pattern', () => {
  const regex = { regex: true };

  it('is RE2, line by line', () => {
    expect(found('order-\\d+', 'Order-1 order-22 order-', regex)).toEqual(['Order-1', 'order-22']);
    expect(found('order-\\d+', 'Order-1 order-22', { ...regex, caseSensitive: true })).toEqual(['order-22']);
    expect(found('^b.*$', 'a\nbc\nbd', regex)).toEqual(['bc', 'bd']);
    expect(found('x*', 'aaa', regex)).toEqual([]);
    expect(found('a|b', 'abab', regex, 3)).toEqual(['a', 'b', 'a']);
  });

  it('as a word takes the match that is one', () => {
    expect(found('foo|foobar', 'foobar foo', { ...regex, wholeWord: true })).toEqual(['foobar', 'foo']);
    expect(found('ber', 'über ber', { ...regex, wholeWord: true })).toEqual(['ber']);
  });

  it('that is none is refused, whatever would stand around it', () => {
    for (const text of ['a(', 'a)(b', '[', '*', '\\', '(?<=a)b']) {
      expect(() => compileMatcher({ ...plain, text, regex: true, wholeWord: true })).toThrow(
        expect.objectContaining({ code: 'bad-request' }),
      );
    }
  });

  it('is named as it was written where it is wrong', () => {
    const wrong = () => compileMatcher({ ...plain, text: 'a(', regex: true });
    expect(wrong).toThrow('This is no pattern that can be searched for: missing closing ): `a(`.');
  });

  it('takes no more than linear time', () => {
    expect(found('(a+)+b', 'a'.repeat(20_000), regex)).toEqual([]);
  });
});

describe('grams', () => {
  const grams = (text: string, change = {}) => {
    const matcher = compileMatcher({ ...plain, ...change, text });
    return matcher.kind === 'text' ? matcher.grams : undefined;
  };

  it('are those of the text without case, or of what a pattern must hold', () => {
    expect(grams('Needle')).toEqual(grams('needle', { caseSensitive: true }));
    expect(grams('abc')).toEqual([]);
    expect(grams('need.*thread', { regex: true })).toEqual([
      ...(grams('need') ?? []),
      ...(grams('thread') ?? []),
    ]);
    expect(grams('need|thread', { regex: true })).toEqual([]);
  });

  it('hold for what RE2 takes as the same letter', () => {
    const hay = 'Na\u017fty \u212aelvin';
    expect(found('nasty kelvin', hay, { regex: true })).toEqual([hay]);
    const all = new Set<number>();
    eachGram(fold(hay), (gram) => all.add(gram));
    expect(grams('nasty kelvin', { regex: true })?.every((gram) => all.has(gram))).toBe(true);
  });
});

describe('octets', () => {
  const at = (text: string, hex: string) => {
    const matcher = compileMatcher({ ...plain, text });
    return matcher.kind === 'bytes' ? matcher.find(Buffer.from(hex, 'hex'), 10) : undefined;
  };

  it('are found wherever they stand', () => {
    expect(at('hex:de ad', '00deaddead')).toEqual([
      [1, 3],
      [3, 5],
    ]);
    expect(at('HEX:0xDE,0xAD', '00dead')).toEqual([[1, 3]]);
    expect(at('hex:de:ad', 'deed')).toEqual([]);
  });

  it('and text that is empty is refused', () => {
    for (const regex of [true, false])
      expect(() => compileMatcher({ ...plain, regex, text: '' })).toThrow(
        expect.objectContaining({ code: 'bad-request' }),
      );
  });

  it.each(['hex:', 'hex:d', 'hex:xy', 'hex:de a'])('%s is refused', (text) => {
    expect(() => compileMatcher({ ...plain, text })).toThrow(
      expect.objectContaining({ code: 'bad-request' }),
    );
  });
});
