/** The SQL functions that conditions of filter-sql.ts call. They know what they are asked about by its name, and keep nothing of a statement. */
import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';
import { BoundedMap } from './bounded-map.ts';
import { testOf } from './filter-sql.ts';
import type { Verdicts } from './verdicts.ts';

/** Comparisons made ready, and the length of their names together. */
const KEPT_TESTS = 256;
const KEPT_UNITS = 256 * 1024;

/** Gives the connection `sluice_test` and `sluice_judged`. */
export function addFilterFunctions(db: DatabaseSync, verdicts: Verdicts): void {
  const tests = new BoundedMap<(text: string) => boolean>(KEPT_TESTS, KEPT_UNITS);
  const testFor = (key: string) => {
    const known = tests.get(key);
    if (known !== undefined) return known;
    const made = testOf(key);
    tests.add(key, made);
    return made;
  };
  db.function('sluice_test', (key: SQLOutputValue, text: SQLOutputValue) =>
    testFor(String(key))(String(text ?? '')) ? 1 : 0,
  );
  db.function('sluice_judged', (key: SQLOutputValue, id: SQLOutputValue) =>
    verdicts.byKey(String(key)).get(Number(id)),
  );
}
