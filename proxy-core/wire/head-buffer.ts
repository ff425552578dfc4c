/**
 * Finds the end of a message head in octets that arrive in any division, and makes text of it: a byte string, one UTF-16 unit per octet. A
 * head that is spread over several buffers is gathered, each octet copied a constant number of times.
 */
import { WireFault } from './wire-error.ts';

const END = Buffer.from('\r\n\r\n');
const CR = 13;
const LF = 10;

export interface HeadOptions {
  /** The heads are those of requests: empty lines before them are ignored (RFC 9112 §2.2). */
  readonly requests: boolean;
  /** LF alone ends a line too (RFC 9112 §2.2 allows it); else it makes a head invalid as soon as it is seen. */
  readonly lenient: boolean;
}

/** Whether an LF without CR stands in bytes[from, end) of the head that begins at `begin`: then nothing later can make it a valid one. */
function hasBareLf(bytes: Buffer, begin: number, from: number): boolean {
  for (let at = bytes.indexOf(LF, from); at >= 0; at = bytes.indexOf(LF, at + 1)) {
    if (at === begin || bytes[at - 1] !== CR) return true;
  }
  return false;
}

/** The index after the first empty line at or after `from`, whatever ends the lines; -1 without one. */
function emptyLineEnd(bytes: Buffer, from: number): number {
  for (let at = bytes.indexOf(LF, from); at >= 0; at = bytes.indexOf(LF, at + 1)) {
    if (bytes[at + 1] === LF) return at + 2;
    if (bytes[at + 1] === CR && bytes[at + 2] === LF) return at + 3;
  }
  return -1;
}

export interface HeadStep {
  /** Octets consumed. */
  readonly used: number;
  /**
   * The whole head, its empty line included, when its end was found; or all there is, when a bare LF makes it certain that it is none (its
   * parser will say so).
   */
  readonly text?: string;
}

export class HeadBuffer {
  readonly #limit: number;
  readonly #requests: boolean;
  readonly #lenient: boolean;
  #gathered = Buffer.alloc(0);
  #length = 0;

  constructor(limit: number, options: HeadOptions) {
    this.#limit = limit;
    this.#requests = options.requests;
    this.#lenient = options.lenient;
  }

  /** Octets held of an unfinished head. */
  get length(): number {
    return this.#length;
  }

  get empty(): boolean {
    return this.#length === 0;
  }

  /**
   * Adds buffer[at, …).
   * @throws WireFault `head-too-large`, or `target-too-long` when a request's first line alone is; `at` relative to `buffer`.
   */
  add(buffer: Buffer, at: number): HeadStep {
    if (this.#length > 0) return this.#gather(buffer, at);
    const skipped = this.#skipEmptyLines(buffer, at);
    if (skipped > 0) return { used: skipped };
    // Only the limit's worth is looked at: what follows the head may be a large body.
    const window = buffer.length - at > this.#limit ? buffer.subarray(0, at + this.#limit) : buffer;
    const end = this.#find(window, at, at);
    if (end > 0) return { used: end - at, text: buffer.toString('latin1', at, end) };
    this.#checkSize(window, at, buffer.length - at, at);
    this.#append(window, at);
    return { used: window.length - at };
  }

  get held(): Buffer {
    return this.#gathered.subarray(0, this.#length);
  }

  /** Hands out what is held and forgets it. */
  take(): Buffer {
    const { held } = this;
    this.#length = 0;
    this.#gathered = Buffer.alloc(0);
    return held;
  }

  #skipEmptyLines(buffer: Buffer, at: number): number {
    if (!this.#requests) return 0;
    let next = at;
    for (;;) {
      if (buffer[next] === CR && buffer[next + 1] === LF) next += 2;
      else if (this.#lenient && buffer[next] === LF) next += 1;
      else return next - at;
    }
  }

  #gather(buffer: Buffer, at: number): HeadStep {
    const before = this.#length;
    const window = buffer.subarray(at, at + this.#limit - before);
    this.#append(window, 0);
    const held = this.#gathered.subarray(0, this.#length);
    if (this.#requests && held[0] === CR && held[1] === LF) {
      // The first half of an empty line came alone; it and its second half are used up.
      this.#length = 0;
      return { used: 2 - before };
    }
    const end = this.#find(held, 0, before);
    if (end <= 0) {
      this.#checkSize(held, 0, before + buffer.length - at, at - before);
      return { used: window.length };
    }
    this.#length = 0;
    this.#gathered = Buffer.alloc(0);
    return { used: end - before, text: held.toString('latin1', 0, end) };
  }

  /** Where the head that begins at `begin` ends, when octets from `from` on are new; 0 when that is not known yet. */
  #find(bytes: Buffer, begin: number, from: number): number {
    const overlap = Math.max(begin, from - END.length + 1);
    if (this.#lenient) return emptyLineEnd(bytes, overlap);
    const end = bytes.indexOf(END, overlap);
    if (end >= 0) return end + END.length;
    return hasBareLf(bytes, begin, from) ? bytes.length : 0;
  }

  #checkSize(bytes: Buffer, begin: number, length: number, at: number): void {
    if (length < this.#limit) return;
    if (this.#requests && bytes.indexOf(LF, begin) < 0) {
      throw new WireFault('target-too-long', at, `The request line is longer than ${this.#limit} bytes.`);
    }
    throw new WireFault('head-too-large', at, `The message head is longer than ${this.#limit} bytes.`);
  }

  #append(bytes: Buffer, from: number): void {
    const needed = this.#length + bytes.length - from;
    if (needed > this.#gathered.length) {
      const grown = Buffer.allocUnsafe(Math.max(needed, this.#gathered.length * 2, 1024));
      this.#gathered.copy(grown, 0, 0, this.#length);
      this.#gathered = grown;
    }
    bytes.copy(this.#gathered, this.#length, from);
    this.#length = needed;
  }
}
