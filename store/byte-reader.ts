/** Reads what `ByteWriter` wrote. What is cut short or is not of its making ends in a RangeError, never in a wrong answer beyond the end. */

const cutShort = () => new RangeError('the bytes end too early');

export class ByteReader {
  readonly #bytes: Buffer;
  readonly #end: number;
  /** Offset of what is read next. */
  at: number;

  /** Reads bytes[start, end). */
  constructor(bytes: Buffer, start = 0, end = bytes.length) {
    this.#bytes = bytes;
    this.#end = end;
    this.at = start;
  }

  get done(): boolean {
    return this.at >= this.#end;
  }

  byte(): number {
    const value = this.#bytes[this.at];
    if (value === undefined || this.at >= this.#end) throw cutShort();
    this.at += 1;
    return value;
  }

  count(): number {
    let value = this.byte();
    if (value < 128) return value;
    value &= 127;
    for (let scale = 128; ; scale *= 128) {
      const next = this.byte();
      value += (next & 127) * scale;
      if (next < 128) return value;
      if (scale > Number.MAX_SAFE_INTEGER) throw new RangeError('a number is too long');
    }
  }

  number(): number {
    const value = this.count();
    return value === 0 ? this.float() : value - 1;
  }

  float(): number {
    const at = this.#take(8);
    return this.#bytes.readDoubleLE(at);
  }

  text(): string {
    const head = this.count();
    const wide = head % 2 === 1;
    const units = Math.floor(head / 2);
    const size = wide ? units * 2 : units;
    const at = this.#take(size);
    return this.#bytes.toString(wide ? 'utf16le' : 'latin1', at, at + size);
  }

  /** Where the block that comes next begins and ends; goes on after it. */
  block(): { readonly start: number; readonly end: number } {
    const start = this.#take(4) + 4;
    const end = start + this.#bytes.readUInt32LE(start - 4);
    this.at = start;
    this.#take(end - start);
    return { start, end };
  }

  #take(size: number): number {
    const at = this.at;
    if (at + size > this.#end) throw cutShort();
    this.at = at + size;
    return at;
  }
}
