/**
 * What sessions add up to, by keys, counted in blocks of ids as match-counts.ts counts lists: a block again only when a session in it has
 * changed, so that a long count goes in steps and a growing capture is counted at its end alone. It knows no SQL: who asks says what a
 * block adds up to.
 */
import { type Blocks, rangeOf } from './match-counts.ts';

/** Keys that are kept of a block; what the others have goes to `OTHERS`. */
const MOST_KEYS = 500;
/** No key of anybody. */
export const OTHERS = '\u0000others';

/** How the sums of one key are joined with others: counts are added, ranks compared. */
export interface Summing<V> {
  /** What the sessions of these ids, both included, add up to. */
  read(first: number, last: number): Map<string, V>;
  join(a: V, b: V): V;
  /** By which the keys are kept when there are too many; absent: all of them are. */
  weigh?(value: V): number;
}

export class BlockSums<V> {
  readonly #blocks: Blocks;
  readonly #summing: Summing<V>;
  readonly #known = new Map<number, ReadonlyMap<string, V>>();
  readonly #stale = new Set<number>();

  constructor(blocks: Blocks, summing: Summing<V>) {
    this.#blocks = blocks;
    this.#summing = summing;
  }

  /**
   * Counts what is not known, the newest first, until `due` (performance.now()), and one block at least. Answers whether everything is
   * counted. `wanted` leaves blocks out.
   */
  goOn(due: number, wanted: (block: number) => boolean = () => true): boolean {
    let done = 0;
    for (const block of this.#blocks.all(true)) {
      if (!wanted(block) || (this.#known.has(block) && !this.#stale.has(block))) continue;
      if (done > 0 && performance.now() >= due) return false;
      this.#count(block);
      done += 1;
    }
    return true;
  }

  /** Of what has been counted so far. */
  total(): Map<string, V> {
    const total = new Map<string, V>();
    for (const block of this.#known.values()) for (const [key, value] of block) this.#add(total, key, value);
    return total;
  }

  /** Sessions of these blocks have changed, come or gone. */
  changed(blocks: Iterable<number>): void {
    for (const block of blocks) if (this.#known.has(block)) this.#stale.add(block);
  }

  /** What is known of one block. */
  of(block: number): ReadonlyMap<string, V> | undefined {
    return this.#known.get(block);
  }

  #count(block: number): void {
    const read = this.#summing.read(...rangeOf(block));
    this.#known.set(block, this.#heaviest(read));
    this.#stale.delete(block);
  }

  #heaviest(read: Map<string, V>): Map<string, V> {
    const { weigh } = this.#summing;
    if (weigh === undefined || read.size <= MOST_KEYS) return read;
    const sorted = [...read].sort(([, a], [, b]) => weigh(b) - weigh(a));
    const kept = new Map(sorted.slice(0, MOST_KEYS));
    for (const [, value] of sorted.slice(MOST_KEYS)) this.#add(kept, OTHERS, value);
    return kept;
  }

  #add(into: Map<string, V>, key: string, value: V): void {
    const before = into.get(key);
    into.set(key, before === undefined ? value : this.#summing.join(before, value));
  }
}
