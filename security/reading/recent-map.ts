/** A map that forgets: at most so many keys, the one set longest ago goes first. What checks remember across sessions lives in these. */
export class RecentMap<K, V> {
  readonly #map = new Map<K, V>();
  readonly #most: number;

  constructor(most: number) {
    this.#most = most;
  }

  get size(): number {
    return this.#map.size;
  }

  get(key: K): V | undefined {
    return this.#map.get(key);
  }

  has(key: K): boolean {
    return this.#map.has(key);
  }

  set(key: K, value: V): void {
    this.#map.delete(key);
    this.#map.set(key, value);
    if (this.#map.size <= this.#most) return;
    for (const oldest of this.#map.keys()) {
      this.#map.delete(oldest);
      break;
    }
  }

  /** The value of a key, made where there is none. */
  at(key: K, make: () => V): V {
    const known = this.#map.get(key);
    if (known !== undefined) return known;
    const made = make();
    this.set(key, made);
    return made;
  }

  values(): IterableIterator<V> {
    return this.#map.values();
  }
}
