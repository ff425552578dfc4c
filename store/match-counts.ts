/**
 * How many sessions pass a filter, counted in blocks of ids: a block is counted once and again only when a session in it has changed. So a
 * long count can be done in steps, a list that grows is counted at its end alone, and the place of a row far down is found by adding up.
 */
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { SqlCondition } from './filter-sql.ts';

/** Ids to a block. */
export const BLOCK_IDS = 8192;

export const blockOf = (id: number): number => Math.floor(id / BLOCK_IDS);
/** `id` BETWEEN these. */
export const rangeOf = (block: number): readonly [number, number] => [
  block * BLOCK_IDS,
  (block + 1) * BLOCK_IDS - 1,
];

/** The numbers of the blocks that have sessions, from one end to the other. */
export class Blocks {
  readonly #up: StatementSync;
  readonly #down: StatementSync;

  constructor(db: DatabaseSync) {
    this.#up = db.prepare('SELECT min(id) AS id FROM sessions WHERE id >= ?');
    this.#down = db.prepare('SELECT max(id) AS id FROM sessions WHERE id < ?');
  }

  *all(descending: boolean): Generator<number> {
    for (let at = descending ? Number.MAX_SAFE_INTEGER : 0; ; ) {
      const { id } = (descending ? this.#down : this.#up).get(at) ?? {};
      if (typeof id !== 'number') return;
      const block = blockOf(id);
      yield block;
      at = (descending ? block : block + 1) * BLOCK_IDS;
    }
  }
}

export class MatchCounts {
  readonly #blocks: Blocks;
  readonly #statement: StatementSync;
  readonly #params: SqlCondition['params'];
  readonly #counts = new Map<number, number>();
  /** Blocks whose count is that of before a change. */
  readonly #stale = new Set<number>();
  #matched = 0;

  constructor(db: DatabaseSync, { sql, params }: SqlCondition, blocks: Blocks) {
    this.#blocks = blocks;
    this.#params = params;
    const [from, to] = [params.length + 1, params.length + 2];
    this.#statement = db.prepare(
      `SELECT count(*) AS count FROM sessions WHERE id BETWEEN ?${from} AND ?${to} AND ${sql}`,
    );
  }

  /** Of what has been counted so far. */
  get matched(): number {
    return this.#matched;
  }

  /** A block's count, where it has been counted since its last change. */
  known(block: number): number | undefined {
    return this.#stale.has(block) ? undefined : this.#counts.get(block);
  }

  count(block: number): number {
    const found = this.#statement.get(...this.#params, ...rangeOf(block));
    const count = Number(found?.count);
    this.#matched += count - (this.#counts.get(block) ?? 0);
    this.#counts.set(block, count);
    this.#stale.delete(block);
    return count;
  }

  /**
   * Counts what is not known, the newest first, until `due` (performance.now()), and one block at least, so that asking again always ends.
   * Answers whether everything is counted.
   */
  goOn(due: number): boolean {
    let done = 0;
    for (const block of this.#blocks.all(true)) {
      if (this.known(block) !== undefined) continue;
      if (done > 0 && performance.now() >= due) return false;
      this.count(block);
      done += 1;
    }
    // Blocks that have no sessions any more.
    for (const block of this.#stale) this.count(block);
    return true;
  }

  /** Sessions of these blocks have changed, come or gone. */
  changed(blocks: Iterable<number>): void {
    for (const block of blocks) if (this.#counts.has(block)) this.#stale.add(block);
  }
}
