import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatCss } from './css.ts';
import { expectOnlyWhiteSpaceChanged } from './invariants.ts';

test('a minified sheet gets a declaration a line', () => {
  expect(formatCss('a,b{color:red;margin:0 auto}p{x:y}').text).toBe(
    'a,\nb {\n  color: red;\n  margin: 0 auto\n}\n\np {\n  x: y\n}',
  );
});

test('blocks nest', () => {
  expect(formatCss('@media (max-width:9px){a{b:c}}').text).toBe(
    '@media (max-width:9px) {\n  a {\n    b: c\n  }\n}',
  );
});

test('pseudo-classes are not declarations', () => {
  expect(formatCss('a:hover{b:c;&:focus{d:e}}').text).toContain('a:hover {');
  expect(formatCss('a:hover{b:c;&:focus{d:e}}').text).toContain('&:focus {');
});

test('descendant selectors keep their space', () => {
  expect(formatCss('.a .b :hover{c:d}').text).toContain('.a .b :hover {');
});

test('strings, comments and urls stay as sent', () => {
  const source = 'a{content:"};{";b:url(data:a;b,c)}/* ; { */';
  const { text } = formatCss(source);
  expect(text).toContain('content: "};{";');
  expect(text).toContain('url(data:a;b,c)');
  expect(text).toContain('/* ; { */');
});

test.each(['', '}', '}}}{', 'a{', '/* open', '"open', 'url(', '\\', 'u', ':', 'a:b:c'])(
  'copes with %j',
  (source) => {
    expectOnlyWhiteSpaceChanged(source, formatCss(source));
  },
);

test('whatever comes in, only white space changes', () => {
  const piece = fc.constantFrom(
    'a',
    '{',
    '}',
    ';',
    ':',
    ',',
    '"',
    "'",
    '/*',
    '*/',
    '(',
    ')',
    ' ',
    '\n',
    'url(',
    '\\',
    '@x',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
      const source = pieces.join('');
      expectOnlyWhiteSpaceChanged(source, formatCss(source));
    }),
    { numRuns: 400 },
  );
});
