import { afterAll, describe, expect, it } from 'vitest';
import type { FilterLeaf } from '#model/filter/ast.ts';
import { FilterFunctions } from './filter-functions.ts';
import type { SqlCondition } from './filter-sql.ts';
import { emptyIndex } from './testing.ts';
import { Verdicts } from './verdicts.ts';

const db = emptyIndex();
afterAll(() => db.close());
const verdicts = new Verdicts();
const functions = new FilterFunctions(db, verdicts);
const leaf: FilterLeaf = { type: 'word', text: 'a' };
const condition = (more: Partial<SqlCondition>): SqlCondition => ({
  sql: '',
  params: [],
  tests: [],
  judged: [],
  ...more,
});
const value = (sql: string) => db.prepare(`SELECT ${sql} AS value`).get()?.value;

describe('while a condition is run', () => {
  it('its tests answer, by their number', () => {
    const tests = [(text: string) => text === 'a', (text: string) => text === ''];
    functions.during(condition({ tests }), () => {
      expect(value("sluice_test(0, 'a')")).toBe(1);
      expect(value("sluice_test(1, 'a')")).toBe(0);
      expect(value('sluice_test(1, NULL)')).toBe(1);
      expect(value("sluice_test(2, 'a')")).toBe(0);
    });
  });

  it('what was judged answers, and null where nobody has', () => {
    verdicts.on(leaf).set(7, true);
    verdicts.on(leaf).set(8, false);
    functions.during(condition({ judged: [leaf] }), () => {
      expect([7, 8, 9].map((id) => value(`sluice_judged(0, ${id})`))).toEqual([1, 0, null]);
      expect(value('sluice_judged(1, 7)')).toBeNull();
      expect(value('NOT sluice_judged(0, 9) OR 1')).toBe(1);
    });
  });

  it('gives what the run gives, and nothing answers afterwards', () => {
    expect(functions.during(condition({ tests: [() => true] }), () => value("sluice_test(0, 'a')"))).toBe(1);
    expect(value("sluice_test(0, 'a')")).toBe(0);
    const failing = () =>
      functions.during(condition({ judged: [leaf] }), () => {
        throw new Error('so');
      });
    expect(failing).toThrow('so');
    expect(value('sluice_judged(0, 7)')).toBeNull();
  });
});
