/** Takes from sessions what tables and completions need of them, a slice of time at a call, in the order of their ids. */
import type { DatabaseSync } from 'node:sqlite';
import { type Measured, measure, measuredNeeds } from '#model/filter/aggregate.ts';
import type { Need } from '#model/filter/fields.ts';
import type { Aggregation } from '#model/filter/query.ts';
import type { FilterSubject } from '#model/filter/subject.ts';
import type { SessionId } from '#model/session.ts';
import type { MeasuredSession, MeasurePage, MeasureQuery } from './capture-store.ts';
import { filterSql } from './filter-sql.ts';
import { readRows } from './list-reader.ts';
import type { SubjectLoader } from './subject-loader.ts';

const SLICE_MS = 20;
const ROWS_AT_ONCE = 500;

export class Measurer {
  readonly #db: DatabaseSync;
  readonly #loader: Pick<SubjectLoader, 'load'>;

  constructor(db: DatabaseSync, loader: Pick<SubjectLoader, 'load'>) {
    this.#db = db;
    this.#loader = loader;
  }

  /** Sessions for which the filter is not answered yet are left out: see Judge. */
  async page({ filter, table, newestFirst, from }: MeasureQuery): Promise<MeasurePage> {
    const needs = measuredNeeds(table);
    const until = performance.now() + SLICE_MS;
    const measured: Measured[] = [];
    let at = from ?? (newestFirst ? Number.MAX_SAFE_INTEGER : 0);
    do {
      const window = this.#window(at, newestFirst === true);
      if (window === undefined) return { measured };
      at = window.end;
      const ids = this.#matching(filter, window.first, window.last);
      if (newestFirst) ids.reverse();
      for await (const one of this.#subjects(ids, needs)) {
        measured.push(measure(table, one));
        // Rows are quick; what has to be loaded may take its time.
        if (needs.size > 0 && performance.now() >= until) return { measured, next: one.row.id };
      }
    } while (performance.now() < until);
    return { measured, next: at };
  }

  /** The same of these sessions alone, each with its number; those that are gone are passed over. */
  async of(ids: readonly SessionId[], table: Aggregation): Promise<MeasuredSession[]> {
    const found: MeasuredSession[] = [];
    for await (const one of this.#subjects(ids, measuredNeeds(table))) {
      found.push({ id: one.row.id, measured: measure(table, one) });
    }
    return found;
  }

  /** The next rows after an id, or before it. */
  #window(at: number, down: boolean): { first: number; last: number; end: number } | undefined {
    const rows = this.#db
      .prepare(
        `SELECT min(id) AS first, max(id) AS last FROM (SELECT id FROM sessions WHERE id ${down ? '<' : '>'} ? ORDER BY id ${down ? 'DESC' : 'ASC'} LIMIT ${ROWS_AT_ONCE})`,
      )
      .get(at);
    if (typeof rows?.first !== 'number') return undefined;
    const [first, last] = [rows.first, Number(rows.last)];
    return { first, last, end: down ? first : last };
  }

  #matching(filter: MeasureQuery['filter'], first: number, last: number): SessionId[] {
    const { sql, params } = filterSql(filter);
    const range = `id BETWEEN ?${params.length + 1} AND ?${params.length + 2}`;
    return this.#db
      .prepare(`SELECT id FROM sessions WHERE ${range} AND ${sql} ORDER BY id`)
      .all(...params, first, last)
      .map((row) => Number(row.id));
  }

  async *#subjects(ids: readonly SessionId[], needs: ReadonlySet<Need>): AsyncGenerator<FilterSubject> {
    const rows = readRows(this.#db, ids);
    if (needs.size === 0) yield* rows.map((row) => ({ row }));
    else {
      // What cannot be read of a session has no values.
      for (const row of rows) yield (await this.#loader.load(row.id, needs)) ?? { row };
    }
  }
}
