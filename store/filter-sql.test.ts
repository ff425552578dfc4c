import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { FILTER_FIELDS, type Filter, type FilterLeaf } from '#model/filter/ast.ts';
import { FIELDS } from '#model/filter/fields.ts';
import { parseFilter } from '#model/filter/parse.ts';
import { leafPredicate, sessionPredicate } from '#model/filter/predicate.ts';
import type { SessionRow } from '#model/session.ts';
import { filterCase, filterTree, NOW } from '#proxy-core/testing/filters.ts';
import { makeSession } from '#proxy-core/testing/session-factory.ts';
import { addFilterFunctions } from './filter-functions.ts';
import { answeredByIndex, filterSql, leafKey, MOST_JUDGED } from './filter-sql.ts';
import { emptyIndex, putRow } from './testing.ts';
import { Verdicts } from './verdicts.ts';

const db = emptyIndex();
const verdicts = new Verdicts();
addFilterFunctions(db, verdicts);
afterAll(() => db.close());

/** Puts the rows, and only them, into the index. */
function put(rows: readonly SessionRow[]): void {
  db.exec('BEGIN; DELETE FROM sessions; DELETE FROM origins; DELETE FROM texts WHERE id > 0');
  for (const row of rows) putRow(db, row);
  db.exec('COMMIT');
}

const parsed = (text: string): Filter => {
  const result = parseFilter(text, NOW);
  if (!result.ok) throw new Error(result.problem.message);
  return result.filter;
};

/** Ids for which the condition comes out as 1, 0 or null. */
function selected(filter: Filter, as: 1 | 0 | null = 1): number[] {
  const { sql, params } = filterSql(filter, NOW);
  return db
    .prepare(`SELECT id FROM sessions WHERE (${sql}) IS ?${params.length + 1} ORDER BY id`)
    .all(...params, as)
    .map((row) => Number(row.id));
}

/** As if somebody had looked into these sessions, and seen nothing but their rows. */
function lookInto(leaves: readonly FilterLeaf[], rows: readonly SessionRow[]): void {
  for (const leaf of leaves) {
    const passes = leafPredicate(leaf, NOW);
    for (const row of rows) verdicts.on(leaf).set(row.id, passes({ row }));
  }
}

// Findings are a table of their own here, which the capture as a whole is tested with.
const rowsOnly = (filter: Filter): boolean =>
  !JSON.stringify(filter).includes('"finding"') && !JSON.stringify(filter).includes('"ws"');
const rows = fc
  .integer({ min: 1, max: 8 })
  .chain((count) =>
    fc.tuple(...Array.from({ length: count }, (_, i) => filterCase(i + 1).map(({ subject }) => subject.row))),
  );

describe('SQL and predicate', () => {
  it('select the same sessions', () => {
    fc.assert(
      fc.property(rows, fc.array(filterTree, { minLength: 1, maxLength: 10 }), (list, filters) => {
        put(list);
        for (const tree of filters.filter(rowsOnly)) {
          lookInto(filterSql(tree, NOW).judged, list);
          const passes = sessionPredicate(tree, NOW);
          const expected = list.filter((row) => passes({ row })).map((row) => row.id);
          expect(selected(tree), JSON.stringify(tree)).toEqual(expected);
          expect(selected(tree, null)).toEqual([]);
        }
      }),
      { numRuns: 200 },
    );
  }, 60_000);

  it('bear the largest filter the language lets through', () => {
    put([makeSession().session.row]);
    for (const words of [
      'x '.repeat(2000),
      `${'x or '.repeat(799)}acme`,
      `${'(a or '.repeat(55)}acme${')'.repeat(55)}`,
    ]) {
      const tree = parsed(words.trim());
      lookInto(filterSql(tree).judged, [makeSession().session.row]);
      const found = sessionPredicate(tree)({ row: makeSession().session.row });
      expect(selected(tree)).toEqual(found ? [1] : []);
    }
  });

  it('never put user text into the SQL', () => {
    for (const type of ['word', 'text', 'regex'] as const) {
      const text = "'; DROP TABLE sessions; --";
      const leaf = { type, text, pattern: text, field: 'host', operator: ':' } as FilterLeaf;
      const { sql, params } = filterSql(leaf);
      expect(sql).not.toContain('DROP');
      expect(params[0]).toBe(type === 'regex' ? leafKey(leaf) : "%'; DROP TABLE sessions; --%");
    }
  });

  it('know every field by each operator that it has', () => {
    put([makeSession().session.row]);
    for (const field of FILTER_FIELDS) {
      const { texts, numbers, named } = FIELDS[field];
      const ref = named === undefined ? { field } : { field, name: 'a' };
      const filters: Filter[] = [];
      if (texts !== undefined) filters.push({ type: 'regex', ...ref, pattern: 'q{9}' });
      if (texts !== undefined && field !== 'status')
        filters.push({ type: 'text', ...ref, operator: '=', text: 'none' });
      if (field === 'time') filters.push({ type: 'time', operator: '<', at: 0 });
      else if (numbers !== undefined) filters.push({ type: 'number', ...ref, operator: '=', value: -1 });
      expect(filters.length, field).toBeGreaterThan(0);
      for (const tree of filters) {
        lookInto(filterSql(tree).judged, [makeSession().session.row]);
        expect(selected({ type: 'not', term: tree }), JSON.stringify(tree)).toEqual([1]);
      }
    }
    expect(() => filterSql({ type: 'number', field: 'path', operator: '=', value: 1 })).toThrow('path');
  });
});

describe('what nobody has looked into yet', () => {
  const row = makeSession({ id: 7, status: 404 }).session.row;
  it.each<[string, 1 | 0 | null]>([
    ['body:q', null],
    ['not body:q', null],
    ['status:404 body:q', null],
    ['status:200 body:q', 0],
    ['status:404 or body:q', 1],
    ['status:200 or not body:q', null],
    ['not (status:404 or body:q)', 0],
    ['acme', 1],
    ['nowhere', null],
    ['-acme', 0],
    ['header:x or json:$.a=1 or client:q', null],
  ])('leaves %s at %s', (text, as) => {
    put([row]);
    for (const value of [1, 0, null] as const) {
      expect(selected(parsed(text), value), String(value)).toEqual(value === as ? [7] : []);
    }
  });

  it('is asked for once, however often a condition stands in the filter', () => {
    expect(filterSql(parsed('body:a or (body:a x) or body:b')).judged).toHaveLength(3);
  });

  it('is nothing for filters over rows', () => {
    expect(answeredByIndex(parsed('host:a status>2 query:a=1 endpoint:/x finding:q ws>0 time>-5m'))).toBe(
      true,
    );
    expect(answeredByIndex(parsed('host:a word'))).toBe(false);
  });

  it('may be only so much', () => {
    const many = Array.from({ length: MOST_JUDGED + 1 }, (_, i) => `w${i}`).join(' ');
    expect(() => filterSql(parsed(many))).toThrow(/64 different/);
  });
});
