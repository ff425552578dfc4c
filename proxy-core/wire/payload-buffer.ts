/**
 * Gathers a payload that arrives in pieces, up to a limit; what is beyond it is counted and let go. The memory taken follows what has
 * arrived, never what a length field promises. The result owns its memory alone.
 */
import { unmask } from './unmask.ts';

const EMPTY = new Uint8Array();
const LEAST_GROWTH = 1024;

export class PayloadBuffer {
  readonly #limit: number;
  #bytes = EMPTY;
  #kept = 0;
  #size = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** All octets appended, kept or not. */
  get size(): number {
    return this.#size;
  }

  /** Whether some were not kept. */
  get cut(): boolean {
    return this.#size > this.#kept;
  }

  /** Adds a copy of bytes[from, to), with `key` taken off it (see `unmask`). */
  append(bytes: Uint8Array, from: number, to: number, key = 0): void {
    this.#size += to - from;
    const end = Math.min(to, from + this.#limit - this.#kept);
    if (end <= from) return;
    const kept = this.#kept + end - from;
    if (kept > this.#bytes.length) this.#grow(kept);
    this.#bytes.set(from === 0 && end === bytes.length ? bytes : bytes.subarray(from, end), this.#kept);
    unmask(this.#bytes, this.#kept, kept, key);
    this.#kept = kept;
  }

  /** What was kept, exactly. The buffer is empty afterwards. */
  take(): Uint8Array<ArrayBuffer> {
    const whole = this.#bytes.length === this.#kept;
    const taken = whole ? this.#bytes : new Uint8Array(this.#bytes.buffer.transfer(this.#kept));
    this.#bytes = EMPTY;
    this.#kept = 0;
    this.#size = 0;
    return taken;
  }

  #grow(needed: number): void {
    // A payload in one piece is mostly all there will be: it gets what it needs and no more.
    if (this.#kept === 0) this.#bytes = new Uint8Array(needed);
    else {
      const size = Math.min(this.#limit, Math.max(needed, this.#bytes.length * 2, LEAST_GROWTH));
      this.#bytes = new Uint8Array(this.#bytes.buffer.transfer(size));
    }
  }
}
