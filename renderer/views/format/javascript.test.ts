// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the strings are JavaScript under test
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { expectOnlyWhiteSpaceChanged } from './invariants.ts';
import { formatJavaScript } from './javascript.ts';

const text = (source: string) => formatJavaScript(source).text;

test('statements get lines, blocks get indentation', () => {
  expect(text('function f(a,b){if(a){return b}else{g()}}')).toBe(
    'function f(a, b) {\n  if (a) {\n    return b\n  } else {\n    g()\n  }\n}',
  );
});

test('the head of a for stays on its line', () => {
  expect(text('for(var i=0;i<9;i++){x()}')).toBe('for (var i = 0; i < 9; i++) {\n  x()\n}');
});

test('signs and operators are told apart', () => {
  expect(text('a=-1;b=c-1;d=!e;f++;g=h- -i')).toBe('a = -1;\nb = c - 1;\nd = !e;\nf++;\ng = h - -i');
  expect(text('return-1')).toBe('return -1');
});

test('ternaries are spaced, keys are not', () => {
  expect(text('a?b:c')).toBe('a ? b : c');
  expect(text('x={a:1}')).toBe('x = {\n  a: 1\n}');
  expect(text('a?{b:1}:c')).toContain('} : c');
});

test('a block inside brackets of the same line is indented once', () => {
  expect(text('f(a,{b:1})')).toBe('f(a, {\n  b: 1\n})');
  expect(text('f([{a:1},{b:2}]);g()')).toBe('f([{\n  a: 1\n}, {\n  b: 2\n}]);\ng()');
  expect(text('p.then((r)=>{if(r){a({b:1})}}).catch(()=>{c()})')).toBe(
    'p.then((r) => {\n  if (r) {\n    a({\n      b: 1\n    })\n  }\n}).catch(() => {\n  c()\n})',
  );
});

test('brackets that were broken into lines indent what is in them', () => {
  expect(text('f(\n{a:1},\nb)')).toBe('f(\n  {\n    a: 1\n  },\n  b)');
});

test('empty blocks stay closed', () => {
  expect(text('a=>{}')).toBe('a => {}');
  expect(text('try{a()}catch(e){}')).toContain('catch (e) {}');
});

test('line breaks that are there stay', () => {
  expect(text('a()\nb()\n\nc()')).toBe('a()\nb()\n\nc()');
});

test('strings, templates, regular expressions and comments stay as sent', () => {
  const source = 'a="{;}";b=`x${1}\n  y`;c=/[{;]/g;// d {\ne()';
  const out = text(source);
  for (const piece of ['"{;}"', '`x${1}\n  y`', '/[{;]/g', '// d {']) expect(out).toContain(piece);
  expect(out.endsWith('\ne()')).toBe(true);
});

test.each(['', '}', ')))', '{{{', '`${', '/*', '"', '?:?:', '=>', '#'])('copes with %j', (source) => {
  expectOnlyWhiteSpaceChanged(source, formatJavaScript(source));
});

test('whatever comes in, only white space changes', () => {
  const piece = fc.constantFrom(
    'a',
    'if',
    '(',
    ')',
    '{',
    '}',
    '[',
    ']',
    ';',
    ',',
    ':',
    '?',
    '"',
    '`',
    '/',
    '+',
    '-',
    '=>',
    ' ',
    '\n',
    '1',
    '//',
    '/*',
    '*/',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
      const source = pieces.join('');
      expectOnlyWhiteSpaceChanged(source, formatJavaScript(source));
    }),
    { numRuns: 500 },
  );
});
