import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { filterTree } from '#proxy-core/testing/filters.ts';
import type { Filter } from './ast.ts';
import { parseFilter } from './parse.ts';
import { printFilter, writeRegex, writeValue } from './print.ts';

function parsed(text: string): Filter {
  const result = parseFilter(text);
  if (!result.ok) throw new Error(`${text}: ${result.problem.message}`);
  return result.filter;
}

describe('a printed filter', () => {
  it.each([
    ['', ''],
    ['Login', 'Login'],
    ['"and"', '"and"'],
    ['"-a"', '"-a"'],
    ['"a b"', '"a b"'],
    ['a b or c', '(a and b) or c'],
    ['-(a b)', 'not (a and b)'],
    ['HOST:*.acme.test', 'host:*.acme.test'],
    ['host!=10.0.0.0/8', 'not host:10.0.0.0/8'],
    ['host:"*"', 'host:"*"'],
    ['comment!=""', 'comment!=""'],
    ['size>10kb', 'size>10240'],
    ['severity>=medium', 'severity>=medium'],
    ['severity:none', 'severity:none'],
    ['status:4xx', 'status>=400 and status<=499'],
    ['status in (200, 404)', 'status=200 or status=404'],
    ['header:X-A', 'header:X-A'],
    ['cookie:"a b"=1', 'cookie:"a b"=1'],
    ["json:$.a['b c']>2", "json:$.a['b c']>2"],
    ['path~^/(a|b)$', 'path~"^/(a|b)$"'],
    ['path~\\d+', 'path~"\\\\d+"'],
    ['ws:404', 'ws:"404"'],
    ['finding="2"', 'finding="2"'],
    ['finding=2', 'finding=2'],
    ['time>-5m', 'time>-300s'],
    ['time>=2026-01-31T12:00:00Z', 'time>=2026-01-31T12:00:00.000Z'],
  ])('%s', (text, printed) => {
    expect(printFilter(parsed(text))).toBe(printed);
    expect(printFilter(parsed(printed))).toBe(printed);
  });

  it('means what it was printed from', () => {
    fc.assert(
      fc.property(filterTree, (filter) => {
        const text = printFilter(filter);
        expect(parsed(text), text).toEqual(filter);
      }),
      { numRuns: 500 },
    );
  }, 60_000);
});

it('words and values of any letters come back', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', minLength: 1, maxLength: 12 }), (text) => {
      expect(parsed(printFilter({ type: 'word', text }))).toEqual({ type: 'word', text });
      expect(parsed(`path=${writeValue(text)}`)).toEqual({
        type: 'text',
        field: 'path',
        operator: '=',
        text,
      });
      expect(parsed(`host:${writeValue(text)}`)).toMatchObject({ type: 'text', text });
      const regex = text.replace(/[^\w ."\\]/g, '').replace(/\\/g, '\\\\');
      if (regex !== '') expect(parsed(`path~${writeRegex(regex)}`)).toMatchObject({ pattern: regex });
    }),
    { numRuns: 50 },
  );
}, 60_000);
