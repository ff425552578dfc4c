// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the strings are JavaScript under test
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { jsTokens } from './js-tokens.ts';

const kinds = (source: string) => [...jsTokens(source)].map((token) => `${token.kind}:${token.text}`);

test('words, numbers, strings, punctuation', () => {
  expect(kinds('let a=0x1fn+.5e3,b="x\\"y"')).toEqual([
    'word:let',
    'word:a',
    'punctuation:=',
    'number:0x1fn',
    'punctuation:+',
    'number:.5e3',
    'punctuation:,',
    'word:b',
    'punctuation:=',
    'string:"x\\"y"',
  ]);
});

test('a slash after an operand divides, elsewhere it begins a regular expression', () => {
  expect(kinds('a/b/c')).not.toContain('regex:/b/c');
  expect(kinds('x=/b[/]\\//gi')).toContain('regex:/b[/]\\//gi');
  expect(kinds('return/a/')).toContain('regex:/a/');
  expect(kinds('f()/a/g').some((one) => one.startsWith('regex'))).toBe(false);
});

test('templates hold their substitutions, nested ones too', () => {
  expect(kinds('`a${b?`c${{d:1}.d}`:"}"}e`;')).toEqual([
    'template:`a${b?`c${{d:1}.d}`:"}"}e`',
    'punctuation:;',
  ]);
});

test('an open template or comment ends with the source', () => {
  expect(kinds('`a${')).toEqual(['template:`a${']);
  expect(kinds('/* a')).toEqual(['comment:/* a']);
});

test('optional chaining is not a ternary with a number', () => {
  expect(kinds('a?.b')).toContain('punctuation:?.');
  expect(kinds('a?.5:1')).toContain('number:.5');
});

test('line breaks before a token are counted', () => {
  expect([...jsTokens('a\n\n b c')].map((token) => token.breaks)).toEqual([0, 2, 0]);
});

test('any text: tokens and the gaps between them are the source', () => {
  const piece = fc.constantFrom(
    'a',
    '/',
    '"',
    "'",
    '`',
    '${',
    '}',
    '{',
    '\\',
    '\n',
    ' ',
    '1',
    '*',
    '#',
    '😀',
    '.',
    '?.',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
      const source = pieces.join('');
      let at = 0;
      for (const token of jsTokens(source)) {
        expect(source.slice(at, token.start).trim()).toBe('');
        expect(source.slice(token.start, token.end)).toBe(token.text);
        at = token.end;
      }
      expect(source.slice(at).trim()).toBe('');
    }),
    { numRuns: 500 },
  );
});
