/** The SQL functions that conditions of filter-sql.ts call, on one connection. They mean what the condition that is being run says. */
import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';
import type { SqlCondition } from './filter-sql.ts';
import type { Verdicts } from './verdicts.ts';

const NOTHING: SqlCondition = { sql: '1', params: [], tests: [], judged: [] };

export class FilterFunctions {
  readonly #verdicts: Verdicts;
  #condition = NOTHING;
  /** Verdicts on the conditions that are judged, in their order. */
  #judged: ((id: number) => number | null)[] = [];

  constructor(db: DatabaseSync, verdicts: Verdicts) {
    this.#verdicts = verdicts;
    db.function('sluice_test', (slot: SQLOutputValue, text: SQLOutputValue) =>
      this.#condition.tests[Number(slot)]?.(String(text ?? '')) === true ? 1 : 0,
    );
    db.function(
      'sluice_judged',
      (slot: SQLOutputValue, id: SQLOutputValue) => this.#judged[Number(slot)]?.(Number(id)) ?? null,
    );
  }

  /** Runs statements with `condition` in them, to their end. */
  during<T>(condition: SqlCondition, run: () => T): T {
    this.#condition = condition;
    this.#judged = condition.judged.map((leaf) => {
      const verdicts = this.#verdicts.on(leaf);
      return (id) => verdicts.get(id);
    });
    try {
      return run();
    } finally {
      this.#condition = NOTHING;
      this.#judged = [];
    }
  }
}
