import { afterAll, describe, expect, it } from 'vitest';
import type { FilterLeaf } from '#model/filter/ast.ts';
import { addFilterFunctions } from './filter-functions.ts';
import { leafKey } from './filter-sql.ts';
import { emptyIndex } from './testing.ts';
import { Verdicts } from './verdicts.ts';

const db = emptyIndex();
afterAll(() => db.close());
const verdicts = new Verdicts();
addFilterFunctions(db, verdicts);

const test = (leaf: FilterLeaf, text: string | null) =>
  db.prepare('SELECT sluice_test(?, ?) AS value').get(leafKey(leaf), text)?.value;
const judged = (leaf: FilterLeaf, id: number) =>
  db.prepare('SELECT sluice_judged(?, ?) AS value').get(leafKey(leaf), id)?.value;

describe('sluice_test', () => {
  const regex = (pattern: string): FilterLeaf => ({ type: 'regex', field: 'path', pattern });

  it('compares as the leaf says', () => {
    expect([test(regex('^a'), 'Ab'), test(regex('^a'), 'ba'), test(regex('^$'), null)]).toEqual([1, 0, 1]);
    const network: FilterLeaf = { type: 'network', field: 'host', network: '10.0.0.0/8' };
    expect([test(network, '10.1.1.1'), test(network, '11.1.1.1')]).toEqual([1, 0]);
  });

  it('works fields out of the path', () => {
    const query: FilterLeaf = { type: 'text', field: 'query', name: 'a', operator: '=', text: '1' };
    expect([test(query, '/x?a=1'), test(query, '/x?a=2'), test(query, '/a=1')]).toEqual([1, 0, 0]);
    const endpoint: FilterLeaf = { type: 'text', field: 'endpoint', operator: '=', text: '/orders/{id}' };
    expect([test(endpoint, '/orders/17?x'), test(endpoint, '/orders')]).toEqual([1, 0]);
  });

  it('knows any number of leaves', () => {
    for (let i = 0; i < 1000; i++) expect(test(regex(`^${i}$`), String(i))).toBe(1);
    expect(test(regex('^0$'), '0')).toBe(1);
  });

  it('is not for what SQL compares itself', () => {
    expect(() => test({ type: 'text', field: 'path', operator: ':', text: 'a' }, 'a')).toThrow(/in SQL/);
  });
});

describe('sluice_judged', () => {
  const leaf: FilterLeaf = { type: 'word', text: 'a' };

  it('says what was judged, and null where nobody has', () => {
    verdicts.on(leaf).set(7, true);
    verdicts.on(leaf).set(8, false);
    expect([7, 8, 9].map((id) => judged(leaf, id))).toEqual([1, 0, null]);
    expect(judged({ type: 'word', text: 'b' }, 7)).toBeNull();
    verdicts.forget([7]);
    expect(judged(leaf, 7)).toBeNull();
  });
});
