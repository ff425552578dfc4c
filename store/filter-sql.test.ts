import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { FILTER_FIELDS, type Filter, type FilterField } from '#model/filter/ast.ts';
import { FIELDS } from '#model/filter/fields.ts';
import { parseFilter } from '#model/filter/parse.ts';
import { filterPredicate } from '#model/filter/predicate.ts';
import { FailureCode, type SessionRow, Severity } from '#model/session.ts';
import { makeSession } from '#proxy-core/testing/session-factory.ts';
import { filterSql } from './filter-sql.ts';
import { emptyIndex, putRow } from './testing.ts';

const db = emptyIndex();
afterAll(() => db.close());

/** Puts the rows, and only them, into the index. */
function put(rows: readonly SessionRow[]): void {
  db.exec('BEGIN; DELETE FROM sessions; DELETE FROM origins; DELETE FROM texts WHERE id > 0');
  for (const row of rows) putRow(db, row);
  db.exec('COMMIT');
}

function selected(filter: Filter): number[] {
  const { sql, params } = filterSql(filter);
  return db
    .prepare(`SELECT id FROM sessions WHERE ${sql} ORDER BY id`)
    .all(...params)
    .map((row) => Number(row.id));
}

// Few letters, so that words are found; all that LIKE, wildcards and case make special.
const text = fc.string({ unit: fc.constantFrom(...'aAbB%_\\*."1éÉ'), maxLength: 4 });
const number = fc.constantFrom(0, 1, 2, 3, 100, 200, 299.5, 404, 499);

const row = fc
  .record({
    method: fc.constantFrom('GET', 'get', 'POST'),
    path: text,
    host: fc.constantFrom('a.test', 'b.a.test', 'ab.test'),
    status: fc.option(fc.constantFrom(100, 200, 404, 499), { nil: null }),
    mime: fc.option(fc.constantFrom('text/a', 'image/b'), { nil: null }),
    size: fc.nat({ max: 3 }),
    durationMs: number,
    mark: fc.constantFrom(0, 1, 2),
    comment: fc.option(text, { nil: undefined }),
    error: fc.option(fc.constantFrom(...FailureCode.options), { nil: undefined }),
    severity: fc.option(fc.constantFrom(...Severity.options), { nil: undefined }),
    parentId: fc.option(fc.constantFrom(1, 2, 3), { nil: undefined }),
    active: fc.boolean(),
  })
  .map((made) => {
    const { row: result } = makeSession({
      method: made.method,
      url: `https://${made.host}/x`,
      status: made.status,
      responseHeaders: made.mime === null ? [] : [['Content-Type', made.mime]],
      responseBody: 'x'.repeat(made.size),
      durationMs: made.durationMs,
      mark: made.mark as 0 | 1 | 2,
      ...(made.comment === undefined ? {} : { comment: made.comment }),
      ...(made.parentId === undefined ? {} : { parentId: made.parentId }),
      ...(made.error === undefined ? {} : { failure: { code: made.error, detail: '' } }),
      ...(made.active ? { state: 'active' as const } : {}),
    }).session;
    return {
      ...result,
      path: `/${made.path}`,
      url: `https://${made.host}/${made.path}`,
      ...(made.severity === undefined ? {} : { severity: made.severity, findings: 2 }),
    };
  });
const rows = fc
  .array(row, { minLength: 1, maxLength: 8 })
  .map((list) => list.map((r, i) => ({ ...r, id: i + 1 })));

const fieldsOf = (isText: boolean) =>
  FILTER_FIELDS.filter((field) => (FIELDS[field].kind === 'text') === isText);
const leaf: fc.Arbitrary<Filter> = fc.oneof(
  fc.constant<Filter>({ type: 'all' }),
  text.map((value): Filter => ({ type: 'word', text: value })),
  fc
    .constantFrom('get', 'TEXT/', '20', 'dns', '.test/')
    .map((value): Filter => ({ type: 'word', text: value })),
  fc.record({
    type: fc.constant('text' as const),
    field: fc.constantFrom<FilterField>(...fieldsOf(true)),
    operator: fc.constantFrom(':', '=', '!='),
    text: fc.oneof(text, fc.constantFrom('GET', 'a.test', 'text/A', 'HTTPS', 'active', 'dns')),
  }),
  fc.record({
    type: fc.constant('number' as const),
    field: fc.constantFrom<FilterField>(...fieldsOf(false)),
    operator: fc.constantFrom(':', '=', '!=', '>', '<', '>=', '<='),
    value: number,
  }),
  fc.record({
    type: fc.constant('wildcard' as const),
    field: fc.constantFrom<FilterField>('host', 'path'),
    pattern: fc.oneof(text, fc.constantFrom('*.test', 'a*', '*', '**a*t', 'A.TEST', '_.test*', '/*%*')),
  }),
);
const filter = fc.letrec<{ tree: Filter }>((tie) => ({
  tree: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    leaf,
    fc.record({
      type: fc.constantFrom('and' as const, 'or' as const),
      terms: fc.array(tie('tree'), { maxLength: 3 }),
    }),
    fc.record({ type: fc.constant('not' as const), term: tie('tree') }),
  ),
})).tree;

describe('SQL and predicate', () => {
  it('select the same sessions', () => {
    fc.assert(
      fc.property(rows, fc.array(filter, { minLength: 1, maxLength: 10 }), (list, filters) => {
        put(list);
        for (const tree of filters) {
          const expected = list.filter(filterPredicate(tree)).map((r) => r.id);
          expect(selected(tree), JSON.stringify(tree)).toEqual(expected);
        }
      }),
      { numRuns: 400 },
    );
  });

  it('bear the largest filter the language lets through', () => {
    put([makeSession().session.row]);
    for (const words of [
      'x '.repeat(2000),
      `${'x or '.repeat(799)}acme`,
      `${'(a or '.repeat(55)}acme${')'.repeat(55)}`,
    ]) {
      const result = parseFilter(words.trim());
      if (!result.ok) throw new Error(result.problem.message);
      const found = filterPredicate(result.filter)(makeSession().session.row);
      expect(selected(result.filter)).toEqual(found ? [1] : []);
    }
  });

  it('never put user text into the SQL', () => {
    const { sql, params } = filterSql({ type: 'word', text: "'; DROP TABLE sessions; --" });
    expect(sql).not.toContain('DROP');
    expect(params).toEqual(["%'; DROP TABLE sessions; --%"]);
  });

  it('know every field by each operator that it has', () => {
    put([makeSession().session.row]);
    for (const field of FILTER_FIELDS) {
      const filters: Filter[] =
        FIELDS[field].kind === 'text'
          ? [
              { type: 'text', field, operator: ':', text: '' },
              { type: 'wildcard', field, pattern: '*' },
            ]
          : [{ type: 'not', term: { type: 'number', field, operator: '=', value: -1 } }];
      for (const tree of filters) expect(selected(tree), field).toEqual([1]);
    }
    const unknown: Filter = { type: 'text', field: 'size', operator: ':', text: '' };
    expect(() => filterSql(unknown)).toThrow('size');
  });
});
