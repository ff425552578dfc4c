import fc from 'fast-check';
import { expect, test } from 'vitest';
import { expectOnlyWhiteSpaceChanged } from './invariants.ts';
import { formatJson } from './json.ts';
import { FormatError, formattedOffset } from './writer.ts';

const lines = (source: string) => formatJson(source).text.split('\n');

test('members get lines of their own, short lists of scalars stay on one', () => {
  expect(lines('{"a":1,"b":["x",2,null],"c":{},"d":[]}')).toEqual([
    '{',
    '  "a": 1,',
    '  "b": ["x", 2, null],',
    '  "c": {},',
    '  "d": []',
    '}',
  ]);
});

test('long lists are broken', () => {
  const source = `[${Array.from({ length: 40 }, (_, i) => 1000 + i).join(',')}]`;
  expect(lines(source)).toHaveLength(42);
});

test('lists of lists are broken, the inner ones are not', () => {
  expect(lines('[[1,2],[3]]')).toEqual(['[', '  [1, 2],', '  [3]', ']']);
});

test('long numbers, duplicate keys and escapes stay as sent', () => {
  const { text } = formatJson('{"a":12345678901234567890,"a":1e400,"\\u0041":"\\/"}');
  expect(text).toContain('12345678901234567890');
  expect(text).toContain('1e400');
  expect(text).toContain('"\\u0041": "\\/"');
  expect(text.match(/"a"/g)).toHaveLength(2);
});

test('several values, one after the other, and the guard line some servers send', () => {
  expect(lines('1\n"a"\n{"b":2}')).toEqual(['1', '"a"', '{', '  "b": 2', '}']);
  expect(lines(")]}',\n[1]")).toEqual([")]}',", '[1]']);
  expect(lines('\uFEFF[1]').join('')).toMatch(/\[1\]$/);
});

test.each([
  '',
  '   ',
  '{',
  ']',
  '{"a"}x',
  '{"a":}',
  '[1,]',
  '{,}',
  '[1 2]',
  'hello',
  '"open',
  '{"a":1]',
  '01',
  '{a:1}',
])('refuses %j', (source) => {
  expect(() => formatJson(source)).toThrow(FormatError);
});

test('says where it stops being JSON', () => {
  expect(() => formatJson('{"a": nope}')).toThrow('character 7');
});

test('nesting beyond the cap is refused, below it is laid out', () => {
  expect(() => formatJson('['.repeat(1_000_000))).toThrow('levels deep');
  expect(formatJson('['.repeat(5000) + ']'.repeat(5000)).text).toContain('[');
});

test('a place in the source is found in the layout', () => {
  const source = '{"user":{"card":"4111"}}';
  const formatted = formatJson(source);
  const at = source.indexOf('4111');
  const start = formattedOffset(formatted, at);
  expect(formatted.text.slice(start, formattedOffset(formatted, at + 4))).toBe('4111');
});

test('any value: the layout parses to the same value, and only white space changed', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.constantFrom(0, 1, 4), (value, indent) => {
      const source = JSON.stringify(value, null, indent);
      const formatted = formatJson(source);
      expect(JSON.parse(formatted.text)).toEqual(JSON.parse(source));
      expect(formatted.spans.length).toBeGreaterThan(0);
    }),
    { numRuns: 200 },
  );
});

test('spans tell the truth', () => {
  const source = '{"a":[1,{"b":"x y"}],"c":"d"}';
  expectOnlyWhiteSpaceChanged(source, formatJson(source));
});
