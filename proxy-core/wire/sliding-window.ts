/**
 * The last octets of everything appended, as the dictionary that DEFLATE points back into (RFC 1951 §2.3). Grows with what it is given, to
 * twice its window at the most: so an octet is moved a constant number of times.
 */
const EMPTY = new Uint8Array();

export class SlidingWindow {
  readonly #window: number;
  #bytes = EMPTY;
  #length = 0;

  /** `window`: how many octets to remember; may be 0. */
  constructor(window: number) {
    this.#window = window;
  }

  /** At most `window` octets: a view, valid until the next append. */
  get last(): Uint8Array {
    return this.#bytes.subarray(Math.max(0, this.#length - this.#window), this.#length);
  }

  append(bytes: Uint8Array): void {
    const added = bytes.length > this.#window ? bytes.subarray(bytes.length - this.#window) : bytes;
    if (this.#length + added.length > this.#bytes.length) this.#makeRoom(added.length);
    this.#bytes.set(added, this.#length);
    this.#length += added.length;
  }

  clear(): void {
    this.#bytes = EMPTY;
    this.#length = 0;
  }

  #makeRoom(added: number): void {
    const { last } = this;
    const needed = last.length + added;
    const size = Math.min(2 * this.#window, Math.max(needed, this.#bytes.length * 2));
    const room = size > this.#bytes.length ? new Uint8Array(size) : this.#bytes;
    room.set(last);
    this.#bytes = room;
    this.#length = last.length;
  }
}
