import { describe, expect, it } from 'vitest';
import { parseQuery } from '#model/filter/query.ts';
import {
  FIGURES,
  GROUPINGS,
  groupCondition,
  groupsQuery,
  selectionFilter,
  sortedRows,
  totalsQuery,
} from './queries.ts';

describe('what is asked', () => {
  it.each(['', 'host:a or host:b', '(host="a|b" under=/x) and (status>=400)'])(
    'of %s is a table',
    (filter) => {
      for (const by of GROUPINGS) {
        const query = parseQuery(groupsQuery(filter, by));
        expect(query).toMatchObject({ ok: true, table: { keys: [{ field: by }] } });
        if (query.ok) expect(query.table?.columns).toHaveLength(FIGURES.length);
      }
      expect(parseQuery(totalsQuery(filter))).toMatchObject({ ok: true, table: { keys: [] } });
    },
  );
});

describe('a selection', () => {
  it('is its numbers, in stretches', () => {
    expect(selectionFilter([5, 3, 4, 9])).toBe('id in (3..5, 9)');
    expect(parseQuery(`${selectionFilter([1, 3])}`)).toMatchObject({ ok: true });
  });

  it('that is too scattered is none', () => {
    const scattered = Array.from({ length: 1001 }, (_, i) => i * 2 + 1);
    expect(selectionFilter(scattered)).toBeUndefined();
    expect(selectionFilter(Array.from({ length: 50_000 }, (_, i) => i + 1))).toBe('id in (1..50000)');
  });
});

describe('a group', () => {
  it.each([
    ['host', 'a.test', 'host=a.test'],
    ['endpoint', '/orders/{id}', 'endpoint=/orders/{id}'],
    ['type', 'text/html; charset=utf-8', 'type="text/html; charset=utf-8"'],
    ['type', '', 'type=""'],
    ['status', '404', 'status=404'],
    ['status', '', undefined],
  ] as const)('of %s %s is the filter %s', (by, key, filter) => expect(groupCondition(by, key)).toBe(filter));
});

it('rows are sorted by a column, those without a number last', () => {
  const rows = [
    ['a', 1],
    ['b', null],
    ['c', 3],
  ] as const;
  expect(sortedRows(rows, 1, true).map(([key]) => key)).toEqual(['c', 'a', 'b']);
  expect(sortedRows(rows, 1, false).map(([key]) => key)).toEqual(['a', 'c', 'b']);
  expect(sortedRows(rows, 0, true).map(([key]) => key)).toEqual(['c', 'b', 'a']);
});
