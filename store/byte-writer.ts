/**
 * Numbers, texts and bytes one after the other in a buffer that grows: what passes to the worker and what stands in segments is written
 * with it. `ByteReader` reads them back exactly. It knows nothing of what they mean.
 */

/** A unit that has no octet of its own; texts without one take one byte a unit. */
const WIDE = /[^\0-\xff]/;

export class ByteWriter {
  #bytes: Buffer<ArrayBuffer>;
  #view: DataView;
  #length = 0;

  /** Writes into `bytes` from its beginning, and into a larger buffer when that is full. */
  constructor(bytes: Buffer<ArrayBuffer>) {
    this.#bytes = bytes;
    this.#view = viewOf(bytes);
  }

  /** Bytes written. */
  get length(): number {
    return this.#length;
  }

  /** What has been written: a view, good until more is. */
  get written(): Buffer<ArrayBuffer> {
    return this.#bytes.subarray(0, this.#length);
  }

  /** Forgets what was written after the first `length` bytes. */
  cut(length: number): void {
    this.#length = length;
  }

  /** Begins anew, in another buffer when one is given. */
  reset(bytes: Buffer<ArrayBuffer> = this.#bytes): void {
    this.#length = 0;
    if (bytes === this.#bytes) return;
    this.#bytes = bytes;
    this.#view = viewOf(bytes);
  }

  /** An integer from 0 to 255. */
  byte(value: number): void {
    this.#reserve(1);
    this.#bytes[this.#length++] = value;
  }

  /** A safe integer from 0 on, in LEB128: small ones are short. */
  count(value: number): void {
    this.#reserve(8);
    const bytes = this.#bytes;
    let rest = value;
    while (rest > 0x7fffffff) {
      bytes[this.#length++] = (rest % 128) | 128;
      rest = Math.floor(rest / 128);
    }
    while (rest > 127) {
      bytes[this.#length++] = (rest & 127) | 128;
      rest >>>= 7;
    }
    bytes[this.#length++] = rest;
  }

  /** Any number; integers from 0 to 2^52 are short. */
  number(value: number): void {
    if (Number.isInteger(value) && value >= 0 && value < 2 ** 52 && !Object.is(value, -0)) {
      this.count(value + 1);
    } else {
      this.byte(0);
      this.float(value);
    }
  }

  /** Any number, in eight bytes. */
  float(value: number): void {
    this.#reserve(8);
    this.#view.setFloat64(this.#length, value, true);
    this.#length += 8;
  }

  /** Any string, lone surrogates too. */
  text(value: string): void {
    const wide = WIDE.test(value);
    const size = wide ? value.length * 2 : value.length;
    this.count(value.length * 2 + (wide ? 1 : 0));
    if (size === 0) return;
    this.#reserve(size);
    this.#bytes.write(value, this.#length, wide ? 'utf16le' : 'latin1');
    this.#length += size;
  }

  /** Bytes as they are, without their number. */
  raw(value: Uint8Array): void {
    this.#reserve(value.length);
    this.#bytes.set(value, this.#length);
    this.#length += value.length;
  }

  /** source[start, end) as it is, without its length. */
  copy(source: Buffer, start: number, end: number): void {
    this.#reserve(end - start);
    source.copy(this.#bytes, this.#length, start, end);
    this.#length += end - start;
  }

  /** Leaves four bytes for a size that is known later. */
  openBlock(): number {
    this.#reserve(4);
    this.#length += 4;
    return this.#length;
  }

  /** Fills in how many bytes have been written since `openBlock` answered `start`. */
  closeBlock(start: number): void {
    this.#view.setUint32(start - 4, this.#length - start, true);
  }

  #reserve(more: number): void {
    const needed = this.#length + more;
    if (needed <= this.#bytes.length) return;
    const grown = Buffer.allocUnsafeSlow(Math.max(needed, this.#bytes.length * 2));
    this.#bytes.copy(grown, 0, 0, this.#length);
    this.#bytes = grown;
    this.#view = viewOf(grown);
  }
}

const viewOf = (bytes: Buffer<ArrayBuffer>) => new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
