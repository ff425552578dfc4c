/**
 * Finds many known strings in a text at once: a rolling hash over the last octets of each (Rabin–Karp), so that the time follows the text
 * and not how many secrets there are. The tail is what is hashed, because tokens of one issuer begin alike.
 */

const TAIL = 8;
const BASE = 0x01000193;
/** Strings longer than this are looked up by their end and then compared. */
const KEY = 512;
const FILTER_BITS = 20;

/** BASE to the power of TAIL: what a unit weighs when it leaves the window. */
const LEAVING = Array.from({ length: TAIL }).reduce((power: number) => Math.imul(power, BASE), 1);

export interface KnownMatch<T> {
  readonly start: number;
  readonly end: number;
  readonly of: T;
}

interface Known<T> {
  readonly text: string;
  readonly of: T;
}

/** Strings of one tail: by length, then by their (last KEY) units. */
type Bucket<T> = Map<number, Map<string, Known<T>>>;

function hashOf(text: string, from: number): number {
  let hash = 0;
  for (let i = from; i < from + TAIL; i++) hash = (Math.imul(hash, BASE) + text.charCodeAt(i)) | 0;
  return hash;
}

const slot = (hash: number) => (Math.imul(hash, 0x9e3779b1) >>> (32 - FILTER_BITS)) | 0;

export class KnownSecrets<T> {
  /** One bit would do; an octet is faster. */
  readonly #filter = new Uint8Array(1 << FILTER_BITS);
  readonly #buckets = new Map<number, Bucket<T>>();

  /** Strings shorter than this cannot be known: they would be found everywhere. */
  static readonly shortest = TAIL;

  /** `text` stands for `of` from now on; the first meaning of a text is kept. */
  add(text: string, of: T): void {
    if (text.length < TAIL) return;
    const hash = hashOf(text, text.length - TAIL);
    this.#filter[slot(hash)] = 1;
    const bucket: Bucket<T> = this.#buckets.get(hash) ?? new Map();
    this.#buckets.set(hash, bucket);
    const same = bucket.get(text.length) ?? new Map<string, Known<T>>();
    bucket.set(text.length, same);
    const key = text.slice(-KEY);
    if (!same.has(key)) same.set(key, { text, of });
  }

  /**
   * Matches in order, without overlaps. A longer string wins over those inside it; of one that overlaps the match before it, the rest
   * still matches.
   */
  find(text: string): KnownMatch<T>[] {
    const matches: KnownMatch<T>[] = [];
    if (this.#buckets.size === 0 || text.length < TAIL) return matches;
    let hash = hashOf(text, 0);
    for (let end = TAIL; ; end++) {
      if (this.#filter[slot(hash)] === 1) {
        const match = this.#at(text, end, hash);
        if (match !== undefined) take(matches, match);
      }
      if (end >= text.length) return matches;
      const leaving = Math.imul(text.charCodeAt(end - TAIL), LEAVING);
      hash = (Math.imul(hash, BASE) + text.charCodeAt(end) - leaving) | 0;
    }
  }

  /** The longest known string that ends at `end`. */
  #at(text: string, end: number, hash: number): KnownMatch<T> | undefined {
    let best: KnownMatch<T> | undefined;
    for (const [length, same] of this.#buckets.get(hash) ?? []) {
      const start = end - length;
      if (start < 0 || (best !== undefined && start > best.start)) continue;
      const found = same.get(text.slice(Math.max(start, end - KEY), end));
      if (found !== undefined && text.startsWith(found.text, start)) best = { start, end, of: found.of };
    }
    return best;
  }
}

function take<T>(matches: KnownMatch<T>[], match: KnownMatch<T>): void {
  let last = matches.at(-1);
  while (last !== undefined && last.start >= match.start) {
    matches.pop();
    last = matches.at(-1);
  }
  matches.push(last !== undefined && last.end > match.start ? { ...match, start: last.end } : match);
}
