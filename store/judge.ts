/**
 * Looks into sessions for filters that the index alone cannot answer: newest first, a slice of time at a call, and only into those on
 * which the filter still depends. Between slices the worker takes batches; what has changed meanwhile is looked into again.
 * The connection has the functions of filter-functions.ts, on the same verdicts.
 */
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Filter, FilterLeaf } from '#model/filter/ast.ts';
import { leafNeeds } from '#model/filter/needs.ts';
import { leafPredicate } from '#model/filter/predicate.ts';
import type { SessionId } from '#model/session.ts';
import { filterSql, type SqlCondition } from './filter-sql.ts';
import { type Narrowing, requiredGrams } from './search/narrowing.ts';
import type { SubjectLoader } from './subject-loader.ts';
import type { Verdicts } from './verdicts.ts';

const SLICE_MS = 20;
/** So many rows are walked through at once: about a millisecond. */
const WINDOW = 500;
const MOST_FILTERS = 16;

const isCheap = (leaf: FilterLeaf) => leafNeeds(leaf).every((need) => need === 'session');

/** The questions that one filter asks of the index. Null is what the filter says of sessions that it still depends on. */
class Undecided {
  readonly condition: SqlCondition;
  readonly #window: StatementSync;
  readonly #within: StatementSync;
  readonly #newest: StatementSync;
  readonly #among: StatementSync;

  constructor(db: DatabaseSync, filter: Filter) {
    this.condition = filterSql(filter);
    const { sql, params } = this.condition;
    const open = `(${sql}) IS NULL`;
    const [a, b] = [`?${params.length + 1}`, `?${params.length + 2}`];
    this.#window = db.prepare(
      `SELECT min(id) AS first FROM (SELECT id FROM sessions WHERE id < ? ORDER BY id DESC LIMIT ${WINDOW})`,
    );
    this.#within = db.prepare(
      `SELECT id FROM sessions WHERE id >= ${a} AND id < ${b} AND ${open} ORDER BY id DESC`,
    );
    this.#newest = db.prepare(`SELECT id FROM sessions WHERE ${open} ORDER BY id DESC LIMIT 1`);
    this.#among = db.prepare(
      `SELECT id FROM sessions WHERE id IN (SELECT value FROM json_each(${a})) AND ${open}`,
    );
  }

  /** The highest id of all; 0 when the filter is answered. */
  newest(): SessionId | 0 {
    return this.#ids(this.#newest)[0] ?? 0;
  }

  /** Those of the next rows below an id, highest first, and where these rows end; undefined when there are no more rows. */
  below(id: number): { readonly ids: SessionId[]; readonly end: SessionId } | undefined {
    const end = this.#window.get(id)?.first;
    return typeof end === 'number' ? { ids: this.#ids(this.#within, end, id), end } : undefined;
  }

  among(ids: readonly SessionId[]): SessionId[] {
    return ids.length === 0 ? [] : this.#ids(this.#among, JSON.stringify(ids));
  }

  #ids(statement: StatementSync, ...more: (string | number)[]): SessionId[] {
    const { params } = this.condition;
    return statement.all(...params, ...more).map((row) => Number(row.id));
  }
}

export class Judge {
  readonly #db: DatabaseSync;
  readonly #verdicts: Verdicts;
  readonly #loader: Pick<SubjectLoader, 'load'>;
  readonly #judged: (ids: readonly SessionId[]) => void;
  /** Of each filter, the id down to which the walk has come. */
  readonly #below = new Map<string, number>();
  readonly #narrowing: () => Pick<Narrowing, 'without'> | undefined;
  /** One for each look that is under way: the sessions that have changed since it began, of which what it sees does not count. */
  readonly #changes = new Set<Set<SessionId>>();

  constructor(
    db: DatabaseSync,
    verdicts: Verdicts,
    loader: Pick<SubjectLoader, 'load'>,
    judged: (ids: readonly SessionId[]) => void = () => {},
    narrowing: () => Pick<Narrowing, 'without'> | undefined = () => undefined,
  ) {
    this.#narrowing = narrowing;
    this.#judged = judged;
    this.#db = db;
    this.#verdicts = verdicts;
    this.#loader = loader;
  }

  /** These sessions have changed. */
  changed(ids: Iterable<SessionId>): void {
    for (const changed of this.#changes) for (const id of ids) changed.add(id);
    this.#verdicts.forget(ids);
  }

  /**
   * Looks into sessions for some milliseconds, beginning with those of `first`; true when the filter is answered for all there are.
   * Closing the capture meanwhile makes it reject.
   */
  async look(filter: Filter, first: readonly SessionId[] = []): Promise<boolean> {
    if (filterSql(filter).judged.length === 0) return true;
    const undecided = new Undecided(this.#db, filter);
    const until = performance.now() + SLICE_MS;
    for (const id of undecided.among(first)) await this.#lookInto(id, undecided);
    const narrowing = this.#narrowing();
    const key = JSON.stringify(filter);
    let below = this.#below.get(key) ?? undecided.newest() + 1;
    while (performance.now() < until) {
      const rows = undecided.below(below);
      if (rows === undefined) {
        // What has come or changed behind the walk's back.
        const newest = undecided.newest();
        if (newest === 0) {
          this.#below.delete(key);
          return true;
        }
        below = newest + 1;
        continue;
      }
      below = rows.end;
      for (const id of this.#narrowed(rows.ids, undecided, narrowing)) {
        await this.#lookInto(id, undecided);
        if (performance.now() < until) continue;
        below = id;
        break;
      }
    }
    this.#keep(key, below);
    return false;
  }

  /** Those that have to be looked into, once the search index has said what it knows. */
  #narrowed(
    ids: readonly SessionId[],
    undecided: Undecided,
    narrowing: Pick<Narrowing, 'without'> | undefined,
  ): readonly SessionId[] {
    const told = new Set<SessionId>();
    for (const leaf of narrowing === undefined ? [] : undecided.condition.judged) {
      const verdicts = this.#verdicts.on(leaf);
      const open = ids.filter((id) => verdicts.get(id) === null);
      for (const id of narrowing?.without(requiredGrams(leaf), open) ?? []) {
        verdicts.set(id, false);
        told.add(id);
      }
    }
    if (told.size === 0) return ids;
    this.#judged([...told]);
    // With one thing to be looked for, those that have an answer are answered.
    if (undecided.condition.judged.length === 1) return ids.filter((id) => !told.has(id));
    return undecided.among(ids).sort((a, b) => b - a);
  }

  #keep(key: string, below: number): void {
    this.#below.delete(key);
    this.#below.set(key, below);
    for (const oldest of this.#below.keys()) {
      if (this.#below.size <= MOST_FILTERS) break;
      this.#below.delete(oldest);
    }
  }

  /** First what heads tell: often nobody needs the bodies then. */
  async #lookInto(id: SessionId, undecided: Undecided): Promise<void> {
    const leaves = undecided.condition.judged.filter((leaf) => this.#verdicts.on(leaf).get(id) === null);
    const cheap = leaves.filter(isCheap);
    await this.#judge(id, cheap);
    const rest = leaves.filter((leaf) => !isCheap(leaf));
    if (rest.length === 0) return;
    if (cheap.length === 0 || undecided.among([id]).length > 0) await this.#judge(id, rest);
  }

  async #judge(id: SessionId, leaves: readonly FilterLeaf[]): Promise<void> {
    if (leaves.length === 0) return;
    const changed = new Set<SessionId>();
    this.#changes.add(changed);
    // What cannot be read matches nothing.
    const subject = await this.#loader
      .load(id, new Set(leaves.flatMap(leafNeeds)))
      .finally(() => this.#changes.delete(changed));
    if (changed.has(id)) return;
    for (const leaf of leaves) {
      const passes = subject !== undefined && leafPredicate(leaf, 0)(subject);
      this.#verdicts.on(leaf).set(id, passes);
    }
    this.#judged([id]);
  }
}
