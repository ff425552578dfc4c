import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Filter } from './ast.ts';
import { parseFilter } from './parse.ts';

function parsed(text: string): Filter {
  const result = parseFilter(text);
  if (!result.ok) throw new Error(`${text}: ${result.problem.message}`);
  return result.filter;
}

function problem(text: string) {
  const result = parseFilter(text);
  if (result.ok) throw new Error(`${text}: should not parse`);
  const { start, end, message, suggestion } = result.problem;
  return { at: text.slice(start, end), message, suggestion };
}

const word = (text: string): Filter => ({ type: 'word', text });
const and = (...terms: Filter[]): Filter => ({ type: 'and', terms });
const or = (...terms: Filter[]): Filter => ({ type: 'or', terms });
const not = (term: Filter): Filter => ({ type: 'not', term });

describe('words and operators', () => {
  it.each<[string, Filter]>([
    ['', { type: 'all' }],
    ['  \t ', { type: 'all' }],
    ['login', word('login')],
    ['"two words"', word('two words')],
    [String.raw`"a \"b\" \\ \n"`, word(String.raw`a "b" \ \n`)],
    ['"and"', word('and')],
    ['a b', and(word('a'), word('b'))],
    ['a AND b', and(word('a'), word('b'))],
    ['a or b c', or(word('a'), and(word('b'), word('c')))],
    ['(a or b) c', and(or(word('a'), word('b')), word('c'))],
    ['not a', not(word('a'))],
    ['-a -b', and(not(word('a')), not(word('b')))],
    ['-(a b)', not(and(word('a'), word('b')))],
    ['not not a', not(not(word('a')))],
    ['a - b', and(word('a'), word('-'), word('b'))],
    ['a-b', word('a-b')],
    ['android', word('android')],
    ['http://acme.test/x?y=1', word('http://acme.test/x?y=1')],
    ['localhost:8080', word('localhost:8080')],
    ['acme.test:443', word('acme.test:443')],
    ['colour=red', word('colour=red')],
    ['=', word('=')],
    ['é', word('é')],
  ])('%s', (text, filter) => {
    expect(parsed(text)).toEqual(filter);
  });
});

describe('conditions', () => {
  it.each<[string, Filter]>([
    ['method:post', { type: 'text', field: 'method', operator: ':', text: 'post' }],
    ['METHOD=POST', { type: 'text', field: 'method', operator: '=', text: 'POST' }],
    ['comment!=""', { type: 'text', field: 'comment', operator: '!=', text: '' }],
    ['comment:"to do"', { type: 'text', field: 'comment', operator: ':', text: 'to do' }],
    ['url:https://a/?b=c:d', { type: 'text', field: 'url', operator: ':', text: 'https://a/?b=c:d' }],
    ['host:*.acme.test', { type: 'wildcard', field: 'host', pattern: '*.acme.test' }],
    ['host!=*.acme.test', not({ type: 'wildcard', field: 'host', pattern: '*.acme.test' })],
    ['host:"*"', { type: 'text', field: 'host', operator: ':', text: '*' }],
    ['path:*', { type: 'text', field: 'path', operator: ':', text: '*' }],
    ['status:404', { type: 'number', field: 'status', operator: ':', value: 404 }],
    ['size>10kb', { type: 'number', field: 'size', operator: '>', value: 10_240 }],
    ['size<=2MB', { type: 'number', field: 'size', operator: '<=', value: 2_097_152 }],
    ['size=0', { type: 'number', field: 'size', operator: '=', value: 0 }],
    ['duration>=20ms', { type: 'number', field: 'duration', operator: '>=', value: 20 }],
    ['duration>1.5s', { type: 'number', field: 'duration', operator: '>', value: 1500 }],
    ['severity>=medium', { type: 'number', field: 'severity', operator: '>=', value: 3 }],
    ['severity:none', { type: 'number', field: 'severity', operator: ':', value: 0 }],
    ['finding>0', { type: 'number', field: 'finding', operator: '>', value: 0 }],
    ['mark!=0', { type: 'number', field: 'mark', operator: '!=', value: 0 }],
    ['id<7', { type: 'number', field: 'id', operator: '<', value: 7 }],
  ])('%s', (text, filter) => {
    expect(parsed(text)).toEqual(filter);
  });

  it('reads status classes as ranges', () => {
    const status = (operator: '>=' | '<=' | '>' | '<', value: number): Filter => ({
      type: 'number',
      field: 'status',
      operator,
      value,
    });
    expect(parsed('status:4xx')).toEqual(and(status('>=', 400), status('<=', 499)));
    expect(parsed('status!=2XX')).toEqual(not(and(status('>=', 200), status('<=', 299))));
    expect(parsed('status>3xx')).toEqual(status('>', 399));
    expect(parsed('status>=4xx')).toEqual(status('>=', 400));
    expect(parsed('status<5xx')).toEqual(status('<', 500));
    expect(parsed('status<=2xx')).toEqual(status('<=', 299));
  });
});

describe('problems', () => {
  it.each([
    ['a hots:acme', 'hots', /"host"/, 'host'],
    ['stauts=200', 'stauts', /"status"/, 'status'],
    ['colour:red', 'colour', /quotes/, undefined],
    ['host:', 'host:', /value/, undefined],
    ['(host:)', 'host:', /value/, undefined],
    ['a "b', '"b', /not closed/, undefined],
    ['x host:"b', '"b', /not closed/, undefined],
    ['(a or b', '(', /not closed/, undefined],
    ['a) b', ')', /closes nothing/, undefined],
    ['a or', '', /missing at the end/, undefined],
    ['or a', 'or', /Before "or"/, undefined],
    ['()', ')', /Before "\)"/, undefined],
    ['a and and b', 'and', /Before "and"/, undefined],
    ['size>big', 'big', /10kb/, undefined],
    ['size>1lightyear', '1lightyear', /10kb/, undefined],
    ['size>1constructor', '1constructor', /10kb/, undefined],
    ['status:ok', 'ok', /4xx/, undefined],
    ['severity:grave', 'grave', /high/, undefined],
    ['host>acme', 'host>acme', /is text/, undefined],
  ])('%s', (text, at, message, suggestion) => {
    expect(problem(text)).toEqual({ at, message: expect.stringMatching(message), suggestion });
  });

  it('are said for what is too long or nested too deep', () => {
    expect(problem('x'.repeat(4001)).message).toMatch(/4000/);
    expect(problem('('.repeat(2000)).message).toMatch(/too deep/);
    expect(problem('-'.repeat(2000)).message).toMatch(/too deep/);
    expect(parsed('x '.repeat(2000))).toMatchObject({ type: 'and' });
  });
});

describe('any text', () => {
  const pieces = fc.array(
    fc.constantFrom(
      ...[
        '(',
        ')',
        '-',
        '"',
        '\\',
        ' ',
        'and ',
        'or ',
        'not ',
        'host',
        'status',
        'sise',
        ':',
        '=',
        '!=',
        '>=',
      ],
      ...['4xx', '10kb', '*', 'a', '%', '_', '\u00e9', '\ud800', '\0', '//'],
    ),
    { maxLength: 30 },
  );

  it('parses or has a problem inside it, and never throws', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          pieces.map((parts) => parts.join('')),
        ),
        (text) => {
          const result = parseFilter(text);
          if (result.ok) return;
          const { start, end, message } = result.problem;
          expect(message).not.toBe('');
          expect(start >= 0 && start <= end && end <= text.length).toBe(true);
        },
      ),
      { numRuns: 2000 },
    );
  });
});
