import { describe, expect, it } from 'vitest';
import { checkPattern, patternTest } from './pattern.ts';

describe('a pattern', () => {
  it.each([
    ['a.c', 'xABCx', true],
    ['^a', 'ba', false],
    ['(?-i)A', 'a', false],
    ['\\d{3}', 'x404', true],
    ['é', 'É', true],
    ['', 'anything', true],
    ['a|b', 'B', true],
  ])('%s in %s: %s', (pattern, text, found) => {
    expect(patternTest(pattern)(text)).toBe(found);
  });

  it.each([
    ['(', /missing closing \)/i],
    ['[a', /missing closing \]/i],
    ['a**', /nested|repetition/i],
    ['(?=a)', /invalid|unsupported/i],
    ['\\1', /invalid escape/i],
    ['a{99999}', /repe/i],
  ])('is not %s', (pattern, why) => {
    expect(checkPattern(pattern)).toMatch(why);
    expect(checkPattern(pattern)).not.toMatch(/^error parsing/);
    expect(patternTest(pattern)(pattern)).toBe(false);
  });

  it('that is one has nothing said against it', () => {
    expect(checkPattern('^/api/v\\d+(/|$)')).toBeUndefined();
  });

  it('takes time in proportion to the text, where backtracking would take years', () => {
    const begun = performance.now();
    expect(patternTest('^(a+)+$')(`${'a'.repeat(5000)}b`)).toBe(false);
    expect(performance.now() - begun).toBeLessThan(10_000);
  });
});
