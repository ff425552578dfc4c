import fc from 'fast-check';
import { expect, test } from 'vitest';
import { expectOnlyWhiteSpaceChanged } from './invariants.ts';
import { formatMarkup } from './markup.ts';
import { formattedOffset } from './writer.ts';

const html = (source: string) => formatMarkup(source, 'html').text;
const xml = (source: string) => formatMarkup(source, 'xml').text;

test('elements nest; an element that holds only text stays on its line', () => {
  expect(xml('<?xml version="1.0"?><a x="1"><b>t</b><c/></a>')).toBe(
    '<?xml version="1.0"?>\n<a x="1">\n  <b>t</b>\n  <c/>\n</a>',
  );
});

test('inline elements stay in the text', () => {
  expect(html('<div><p>One <b>two</b> three</p></div>')).toBe('<div>\n  <p>One <b>two</b> three</p>\n</div>');
});

test('void elements and unclosed paragraphs do not indent for ever', () => {
  expect(html('<div><br><hr><p>a<p>b</div>')).toBe('<div><br>\n  <hr>\n  <p>a\n  <p>b\n</div>');
});

test('scripts, styles and JSON are laid out in their own way', () => {
  const out = html(
    '<head><style>a{b:c}</style><script>if(a){b()}</script><script type="application/json">{"a":1}</script></head>',
  );
  expect(out).toContain('<style>\n    a {\n      b: c\n    }\n  </style>');
  expect(out).toContain('<script>\n    if (a) {\n      b()\n    }\n  </script>');
  expect(out).toContain('    {\n      "a": 1\n    }\n  </script>');
});

test('pre and unknown scripts stay as sent', () => {
  expect(html('<pre>\n  a\n b</pre>')).toContain('<pre>\n  a\n b</pre>');
  expect(html('<script type="text/x-template"><a>  b</script>')).toContain('<a>  b');
});

test('markup inside a script is not markup', () => {
  expect(html('<script>a="<div>"</script><i>x</i>')).toContain('a = "<div>"');
});

test('a greater-than sign inside an attribute does not end the tag', () => {
  expect(html('<input value="a>b"><hr>')).toContain('<input value="a>b">');
});

test('a place in a script is found again', () => {
  const source = '<body><script>if(a){secret()}</script></body>';
  const formatted = formatMarkup(source, 'html');
  const at = formattedOffset(formatted, source.indexOf('secret'));
  expect(formatted.text.slice(at, at + 6)).toBe('secret');
});

test.each(['', '<', '<<', '</a>', '<a', '<!--', '<![CDATA[', '<a b="', '<script>', '</', '<?'])(
  'copes with %j',
  (source) => {
    for (const language of ['html', 'xml'] as const)
      expectOnlyWhiteSpaceChanged(source, formatMarkup(source, language));
  },
);

test('whatever comes in, only white space changes', () => {
  const piece = fc.constantFrom(
    '<a>',
    '</a>',
    '<p>',
    '</p>',
    '<br>',
    '<b>',
    '</b>',
    'text',
    ' ',
    '\n',
    '<!--',
    '-->',
    '<script>',
    '</script>',
    '<pre>',
    '</pre>',
    '<',
    '>',
    '"',
    '&amp;',
    '<x y="',
  );
  fc.assert(
    fc.property(
      fc.array(piece, { maxLength: 30 }),
      fc.constantFrom('html' as const, 'xml' as const),
      (pieces, language) => {
        const source = pieces.join('');
        expectOnlyWhiteSpaceChanged(source, formatMarkup(source, language));
      },
    ),
    { numRuns: 500 },
  );
});
