import { expect, test } from 'vitest';
import { formatText } from './format.ts';

test.each([
  ['json', '{"a":{"b":1}}'],
  ['css', 'a{b:c}'],
  ['javascript', 'if(a){b()}'],
  ['html', '<ul><li>a</li></ul>'],
  ['xml', '<a><b/></a>'],
] as const)('%s is laid out over several lines', (language, source) => {
  expect(formatText(language, source).text.split('\n').length).toBeGreaterThan(2);
});

test.each(['json', 'css', 'javascript', 'html', 'xml'] as const)(
  '%s: laying out twice changes nothing more',
  (language) => {
    const source = {
      json: '{"a":[{"b":1}]}',
      css: 'a{b:c}',
      javascript: 'a=b?1:2',
      html: '<p>a</p>',
      xml: '<a><b/></a>',
    }[language];
    const once = formatText(language, source).text;
    expect(formatText(language, once).text).toBe(once);
  },
);

test('a megabyte of minified JSON takes well under a second', () => {
  const source = JSON.stringify(
    Array.from({ length: 14_000 }, (_, id) => ({ id, name: `item ${id}`, tags: ['a', 'b'], ok: true })),
  );
  const begin = performance.now();
  formatText('json', source);
  expect(performance.now() - begin).toBeLessThan(2000);
});
