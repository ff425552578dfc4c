/**
 * Finds the end of a message head in octets that arrive in any division. A head within one buffer is handed out without copying; one
 * that is spread over several is gathered, each octet copied a constant number of times.
 */
import { WireFault } from './wire-error.ts';

const CRLF = Buffer.from('\r\n');
const END = Buffer.from('\r\n\r\n');
const CR = 13;
const LF = 10;

/** Whether an LF without CR stands in bytes[from, end): then no later octet can make this head a valid one. */
function hasBareLf(bytes: Buffer, from: number): boolean {
  for (let at = bytes.indexOf(LF, from); at >= 0; at = bytes.indexOf(LF, at + 1)) {
    if (at === 0 || bytes[at - 1] !== CR) return true;
  }
  return false;
}

export class HeadBuffer {
  readonly #limit: number;
  readonly #ignoreEmptyLines: boolean;
  #gathered = Buffer.alloc(0);
  #length = 0;

  constructor(limit: number, ignoreEmptyLines: boolean) {
    this.#limit = limit;
    this.#ignoreEmptyLines = ignoreEmptyLines;
  }

  /** Octets held of an unfinished head. */
  get length(): number {
    return this.#length;
  }

  get empty(): boolean {
    return this.#length === 0;
  }

  /**
   * Adds buffer[at, …). `used` octets of it were consumed; `bytes` is the whole head when its end was found, or when a bare LF makes it
   * certain that it is none (its parser will say so).
   * @throws WireFault `head-too-large`, `at` relative to `buffer`.
   */
  add(buffer: Buffer, at: number): { used: number; bytes?: Buffer } {
    if (this.#length > 0) return this.#gather(buffer, at);
    const skipped = this.#skipEmptyLines(buffer, at);
    if (skipped > 0) return { used: skipped };
    const window = buffer.subarray(at, at + this.#limit);
    const bytes = this.#find(window, 0);
    if (bytes !== undefined) return { used: bytes.length, bytes };
    this.#checkSize(buffer.length - at, at);
    this.#append(window);
    return { used: window.length };
  }

  /** Hands out what is held and forgets it. */
  take(): Buffer {
    const held = this.#gathered.subarray(0, this.#length);
    this.#length = 0;
    return held;
  }

  #skipEmptyLines(buffer: Buffer, at: number): number {
    let next = at;
    while (this.#ignoreEmptyLines && buffer[next] === CR && buffer[next + 1] === LF) next += 2;
    return next - at;
  }

  #gather(buffer: Buffer, at: number): { used: number; bytes?: Buffer } {
    const before = this.#length;
    const window = buffer.subarray(at, at + this.#limit - before);
    this.#append(window);
    const held = this.#gathered.subarray(0, this.#length);
    if (this.#ignoreEmptyLines && held.length >= 2 && CRLF.equals(held.subarray(0, 2))) {
      // The first half of an empty line came alone; it and its second half are used up.
      this.#length = 0;
      return { used: 2 - before };
    }
    const bytes = this.#find(held, before);
    if (bytes === undefined) {
      this.#checkSize(before + buffer.length - at, at - before);
      return { used: window.length };
    }
    this.#length = 0;
    this.#gathered = Buffer.alloc(0);
    return { used: bytes.length - before, bytes };
  }

  #find(bytes: Buffer, from: number): Buffer | undefined {
    const end = bytes.indexOf(END, Math.max(0, from - END.length + 1));
    if (end >= 0) return bytes.subarray(0, end + END.length);
    return hasBareLf(bytes, from) ? bytes : undefined;
  }

  #checkSize(length: number, begin: number): void {
    if (length >= this.#limit) {
      throw new WireFault('head-too-large', begin, `The message head is longer than ${this.#limit} bytes.`);
    }
  }

  #append(bytes: Buffer): void {
    const needed = this.#length + bytes.length;
    if (needed > this.#gathered.length) {
      const grown = Buffer.allocUnsafe(Math.max(needed, this.#gathered.length * 2, 1024));
      this.#gathered.copy(grown, 0, 0, this.#length);
      this.#gathered = grown;
    }
    bytes.copy(this.#gathered, this.#length);
    this.#length = needed;
  }
}
