import { describe, expect, it } from 'vitest';
import { parseQuery } from './query.ts';

function table(text: string) {
  const result = parseQuery(text);
  if (!result.ok) throw new Error(`${text}: ${result.problem.message}`);
  return result.table;
}

describe('a table', () => {
  it.each<[string, object | undefined]>([
    ['host:a', undefined],
    ['host:a | count by host', { keys: [{ field: 'host' }], columns: [{ name: 'count' }] }],
    ['| count', { keys: [], columns: [{ name: 'count' }] }],
    ['|count', undefined],
    [
      '| p95(duration) by endpoint',
      { keys: [{ field: 'endpoint' }], columns: [{ name: 'p95', of: { field: 'duration' } }] },
    ],
    [
      '| SUM( size ) BY Type',
      { keys: [{ field: 'type' }], columns: [{ name: 'sum', of: { field: 'size' } }] },
    ],
    ['| top 20 path', { keys: [{ field: 'path' }], columns: [{ name: 'count' }], limit: 20 }],
    [
      '| top 3 method, host',
      { keys: [{ field: 'method' }, { field: 'host' }], columns: [{ name: 'count' }], limit: 3 },
    ],
    [
      '| count, avg(json:$.items[0].price), max(header:content-length) by resheader:server, query:"a b" top 5',
      {
        keys: [
          { field: 'resheader', name: 'server' },
          { field: 'query', name: 'a b' },
        ],
        columns: [
          { name: 'count' },
          { name: 'avg', of: { field: 'json', name: '$.items[0].price' } },
          { name: 'max', of: { field: 'header', name: 'content-length' } },
        ],
        limit: 5,
      },
    ],
  ])('%s', (text, expected) => {
    expect(table(text)).toEqual(expected);
  });

  it('is of the filter before it', () => {
    expect(parseQuery('status:200 or a | count')).toMatchObject({ ok: true, filter: { type: 'or' } });
    expect(parseQuery('"a | b"')).toEqual({ ok: true, filter: { type: 'word', text: 'a | b' } });
    expect(parseQuery('  | count')).toMatchObject({ filter: { type: 'all' } });
  });
});

describe('what is wrong', () => {
  it.each<[string, string, RegExp, string?]>([
    ['hots:a | count', 'hots', /"host"/, 'host'],
    ['a |', '', /One of count, sum/],
    ['| cuont', 'cuont', /Did you mean "count"/, 'count'],
    ['| frobnicate by host', 'frobnicate', /One of count/],
    ['| sum', 'sum', /as in sum\(duration\)/],
    ['| sum size', 'sum', /of a field/],
    ['| sum(host)', 'host', /host is text/],
    ['| sum(size by host', 'sum(size ', /not closed/],
    ['| sum()', ')', /name of a field is missing/],
    ['| count by', '', /name of a field is missing/],
    ['| count by hsot', 'hsot', /"host"/, 'host'],
    ['| count by colour', 'colour', /no field "colour"/],
    ['| count by header', 'header', /header is missing/],
    ['| count by header:', 'header:', /as in header:content-type/],
    ['| count by host,', '', /missing/],
    ['| count host', 'host', /more than a table needs/],
    ['| count | top 3 host', '|', /more than a table needs/],
    ['| top host', 'host', /as in top 20/],
    ['| top 0 host', '0', /as in top 20/],
    ['| count by host top', '', /as in top 20/],
    [
      `| ${Array.from({ length: 21 }, () => 'count').join(', ')}`,
      Array.from({ length: 21 }, () => 'count').join(', '),
      /at most 20/,
    ],
  ])('%s', (text, at, message, suggestion) => {
    const result = parseQuery(text);
    if (result.ok) throw new Error(`${text}: should not parse`);
    const { start, end } = result.problem;
    expect({ ...result.problem, at: text.slice(start, end) }).toMatchObject({
      at,
      message: expect.stringMatching(message),
      ...(suggestion === undefined ? {} : { suggestion }),
    });
  });

  it('is said whatever the text', () => {
    for (const piece of ['|', ' | ', 'count', '(', ')', ',', ' by ', 'header:', '"', 'top ', '5', 'p95(']) {
      for (const more of ['|', ' host', '(size)', ', ', ')']) {
        expect(() => parseQuery(`| ${piece}${more}${piece}`)).not.toThrow();
      }
    }
  });
});
