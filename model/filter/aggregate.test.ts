import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeSession, type SessionOverrides } from '#proxy-core/testing/session-factory.ts';
import { Aggregator, measure, measuredNeeds } from './aggregate.ts';
import { type Aggregation, parseQuery } from './query.ts';
import type { FilterSubject } from './subject.ts';

function wanted(text: string): Aggregation {
  const result = parseQuery(`| ${text}`);
  if (!result.ok || result.table === undefined) throw new Error(text);
  return result.table;
}

const subject = (overrides: SessionOverrides): FilterSubject => {
  const { session, responseBody } = makeSession(overrides);
  return { row: session.row, session, responseBody: new TextDecoder().decode(responseBody) };
};

function table(text: string, subjects: readonly FilterSubject[], most?: number) {
  const aggregation = wanted(text);
  const aggregator = new Aggregator(aggregation, most);
  for (const one of subjects) aggregator.add(measure(aggregation, one));
  return aggregator.table();
}

const sessions = Array.from({ length: 10 }, (_, i) =>
  subject({
    id: i + 1,
    url: `https://${i < 7 ? 'a' : 'b'}.test/orders/${i + 100}?page=${i % 2}&tag=x&tag=y`,
    durationMs: (i + 1) * 10,
    status: i === 9 ? null : 200,
    responseHeaders: i < 5 ? [['Server', 'nginx']] : [],
    responseBody: `{"total":${i}}`,
    startedAt: new Date(2026, 0, 31, 12, i % 2).getTime(),
  }),
);

describe('a table', () => {
  it('has a row a group, the greatest first', () => {
    expect(table('count by host', sessions)).toEqual({
      columns: [
        { title: 'host', kind: 'text' },
        { title: 'count', kind: 'number' },
      ],
      rows: [
        ['a.test', 7],
        ['b.test', 3],
      ],
      sessions: 10,
      groups: 2,
      left: 0,
    });
  });

  it.each<[string, (string | number | null)[][]]>([
    ['count', [[10]]],
    ['sum(duration), avg(duration), min(duration), max(duration)', [[550, 55, 10, 100]]],
    ['p50(duration), p90(duration), p95(duration), p99(duration)', [[50, 90, 100, 100]]],
    [
      'p50(duration) by host',
      [
        ['b.test', 90],
        ['a.test', 40],
      ],
    ],
    ['count by endpoint', [['/orders/{id}', 10]]],
    [
      'count by status',
      [
        ['200', 9],
        ['', 1],
      ],
    ],
    ['top 1 query:page', [['0', 5]]],
    [
      'count by query:tag',
      [
        ['x', 10],
        ['y', 10],
      ],
    ],
    [
      'count by query:tag, host top 2',
      [
        ['x', 'a.test', 7],
        ['y', 'a.test', 7],
      ],
    ],
    [
      'count by resheader:server',
      [
        ['', 5],
        ['nginx', 5],
      ],
    ],
    [
      'max(json:$.total) by host',
      [
        ['b.test', 8],
        ['a.test', 6],
      ],
    ],
    ['avg(json:$.none)', [[null]]],
    ['sum(json:$.none)', [[0]]],
    ['count by severity', [['none', 10]]],
    ['count by finding', [['0', 10]]],
    [
      'count by time',
      [
        ['2026-01-31 12:00', 5],
        ['2026-01-31 12:01', 5],
      ],
    ],
    ['count by mark, method', [['0', 'GET', 10]]],
  ])('%s', (text, rows) => {
    expect(table(text, sessions).rows).toEqual(rows);
  });

  it('says how its numbers are meant', () => {
    const kinds = (text: string) => table(text, []).columns.map(({ kind }) => kind);
    expect(
      kinds('sum(size), p95(duration), max(time), min(severity), avg(severity), max(json:$.a) by path'),
    ).toEqual(['text', 'size', 'duration', 'time', 'severity', 'number', 'number']);
  });

  it('of nothing is one row without keys, and none with them', () => {
    expect(table('count, avg(size)', []).rows).toEqual([[0, null]]);
    expect(table('count by host', []).rows).toEqual([]);
  });

  it('tells how many groups and sessions its rows are not of', () => {
    expect(table('top 1 host', sessions)).toMatchObject({ groups: 2, left: 0 });
    const few = table('count by id', sessions, 4);
    expect(few).toMatchObject({ groups: 4, left: 6, sessions: 10 });
    expect(few.rows).toHaveLength(4);
  });
});

it('percentiles are values that were there, by nearest rank', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 1, maxLength: 50 }), (values) => {
      const aggregator = new Aggregator(wanted('p50(size), p90(size), p99(size), min(size), max(size)'));
      for (const value of values)
        aggregator.add({ keys: [], numbers: Array.from({ length: 5 }, () => [value]) });
      const sorted = values.toSorted((a, b) => a - b);
      const rank = (share: number) => sorted[Math.ceil(share * sorted.length) - 1];
      expect(aggregator.table().rows[0]).toEqual([
        rank(0.5),
        rank(0.9),
        rank(0.99),
        sorted[0],
        sorted.at(-1),
      ]);
    }),
  );
});

it('groups by the names there are, where a field has names and none is given', () => {
  const aggregation: Aggregation = { keys: [{ field: 'resheader' }], columns: [{ name: 'count' }] };
  const aggregator = new Aggregator(aggregation);
  for (const one of sessions) aggregator.add(measure(aggregation, one));
  expect(aggregator.table().rows).toEqual([
    ['', 5],
    ['server', 5],
  ]);
});

it('knows what has to be loaded for it', () => {
  const needs = (text: string) => [...measuredNeeds(wanted(text))].toSorted();
  expect(needs('count, p95(duration) by host, endpoint, query:a, finding')).toEqual([]);
  expect(needs('count by header:a')).toEqual(['session']);
  expect(needs('max(ws)')).toEqual(['session']);
  expect(needs('max(json:$.a) by tls')).toEqual(['request', 'response', 'session']);
});
