import fc from 'fast-check';
import { RE2JS } from 're2js';
import { describe, expect, it } from 'vitest';
import { requiredLiterals } from './regex-literals.ts';

describe('what every match holds', () => {
  it.each<[string, string[]]>([
    ['needle', ['needle']],
    ['order-\\d+-paid', ['order-', '-paid']],
    ['a\\.b', ['a.b']],
    ['colou?r', ['colo', 'r']],
    ['colou*r', ['colo', 'r']],
    ['colou+r', ['colou', 'r']],
    ['ab{2}c', ['ab', 'c']],
    ['ab{0,2}c', ['a', 'c']],
    ['ab{,2}c', []],
    ['id=[0-9a-f]+&', ['id=', '&']],
    ['x[]a]y[^]]z', ['x', 'y', 'z']],
    ['x[[:alpha:]]y', ['x', 'y']],
    ['(foo|bar)baz', ['baz']],
    ['(?:a(b[)]c)d)e', ['e']],
    ['^token: .*$', ['token: ']],
    ['foo.bar', ['foo', 'bar']],
    ['\u{1f600}?x', ['x']],
    ['foo|bar', []],
    ['(?i)foo', []],
    ['foo.\\x41', []],
    ['foo.\\x41|bar', []],
    ['a\\QB\\E', []],
    ['(\\Q)\\E)x', []],
    ['', []],
    ['a.*?bc', ['a', 'bc']],
  ])('%s', (pattern, literals) => {
    expect(requiredLiterals(pattern).filter((one) => one !== '')).toEqual(literals);
  });

  it('is in every match of any pattern', () => {
    const atom = fc.constantFrom(
      'a',
      'b',
      'ab',
      '.',
      '\\d',
      '\\.',
      '[ab]',
      '[^a]',
      '(a|b)',
      '(?:ab)',
      '^',
      '\\b',
      '1',
    );
    const times = fc.constantFrom('', '', '', '*', '+', '?', '{2}', '{0,1}', '*?', '{1,}');
    const pattern = fc.array(fc.tuple(atom, times), { minLength: 1, maxLength: 6 });
    const text = fc.string({ unit: fc.constantFrom('a', 'b', '1', '.', ' '), maxLength: 12 });
    fc.assert(
      fc.property(pattern, text, fc.boolean(), (parts, hay, either) => {
        const written =
          parts
            .map(([one, often]) => (/[\^b]$/.test(one) && one !== 'b' && one !== 'ab' ? one : one + often))
            .join('') + (either ? '|ab' : '');
        const matcher = RE2JS.compile(written).matcher(hay);
        if (!matcher.find()) return;
        const found = matcher.group() ?? '';
        for (const literal of requiredLiterals(written)) expect(found, written).toContain(literal);
      }),
      { numRuns: 2000 },
    );
  });
});
