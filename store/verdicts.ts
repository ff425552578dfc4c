/**
 * What conditions that only a look into the session can answer came out as, session by session. Kept in memory for the conditions asked
 * for last, at a byte a session.
 */
import type { FilterLeaf } from '#model/filter/ast.ts';
import type { SessionId } from '#model/session.ts';
import { leafKey, MOST_JUDGED } from './filter-sql.ts';

/** Enough for two of the largest filters. */
const MOST_CONDITIONS = 2 * MOST_JUDGED;
const CHUNK = 8192;
const UNKNOWN = 0;
const NO = 1;
const YES = 2;

/** What one condition came out as. */
export class LeafVerdicts {
  /** Ids need not be dense. */
  readonly #chunks = new Map<number, Uint8Array>();

  /** 1 or 0, or null for a session that nobody has looked into. */
  get(id: SessionId): 0 | 1 | null {
    const known = this.#chunks.get(Math.floor(id / CHUNK))?.[id % CHUNK] ?? UNKNOWN;
    return known === UNKNOWN ? null : known === YES ? 1 : 0;
  }

  set(id: SessionId, passes: boolean): void {
    const at = Math.floor(id / CHUNK);
    const chunk = this.#chunks.get(at) ?? new Uint8Array(CHUNK);
    chunk[id % CHUNK] = passes ? YES : NO;
    this.#chunks.set(at, chunk);
  }

  forget(id: SessionId): void {
    const chunk = this.#chunks.get(Math.floor(id / CHUNK));
    if (chunk !== undefined) chunk[id % CHUNK] = UNKNOWN;
  }
}

export class Verdicts {
  /** The one asked for last comes last. */
  readonly #conditions = new Map<string, LeafVerdicts>();
  #last: { readonly key: string; readonly verdicts: LeafVerdicts } | undefined;

  on(leaf: FilterLeaf): LeafVerdicts {
    return this.byKey(leafKey(leaf));
  }

  /** Asked for row after row, mostly with the key of the last. */
  byKey(key: string): LeafVerdicts {
    if (this.#last?.key === key) return this.#last.verdicts;
    const verdicts = this.#conditions.get(key) ?? new LeafVerdicts();
    this.#conditions.delete(key);
    this.#conditions.set(key, verdicts);
    for (const oldest of this.#conditions.keys()) {
      if (this.#conditions.size <= MOST_CONDITIONS) break;
      this.#conditions.delete(oldest);
    }
    this.#last = { key, verdicts };
    return verdicts;
  }

  /** These sessions have changed: they have to be looked into again. */
  forget(ids: Iterable<SessionId>): void {
    for (const id of ids) for (const verdicts of this.#conditions.values()) verdicts.forget(id);
  }
}
