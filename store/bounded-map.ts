/**
 * A map from texts that holds only so much: when it is full it forgets everything and fills anew, which for a cache of what is in use
 * costs less than keeping an order. Keys are copied, because a piece of a string keeps the whole of it in memory.
 */

/** The same text in memory of its own. */
function copyOf(text: string): string {
  const encoding = /[^\0-\xff]/.test(text) ? 'utf16le' : 'latin1';
  return Buffer.from(text, encoding).toString(encoding);
}

export class BoundedMap<V> {
  readonly #map = new Map<string, V>();
  readonly #maxEntries: number;
  readonly #maxUnits: number;
  #units = 0;

  /** At most so many entries, with keys of at most so many UTF-16 units together. */
  constructor(maxEntries: number, maxUnits: number) {
    this.#maxEntries = maxEntries;
    this.#maxUnits = maxUnits;
  }

  get(key: string): V | undefined {
    return this.#map.get(key);
  }

  /** Puts an entry whose key is not there. */
  add(key: string, value: V): void {
    if (this.#map.size >= this.#maxEntries || this.#units + key.length > this.#maxUnits) {
      this.#map.clear();
      this.#units = 0;
    }
    this.#map.set(copyOf(key), value);
    this.#units += key.length;
  }
}
