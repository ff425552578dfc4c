/**
 * Octets that wait. Small pieces are copied together, so that many of them cost what they hold, and none keeps the buffer alive that it
 * was read into.
 */

/** Pieces from this size on are kept as they are. */
const LARGE = 8 * 1024;
const BLOCK = 16 * 1024;

export class ByteQueue {
  #blocks: Buffer[] = [];
  /** Octets of the first block that are gone. */
  #from = 0;
  /** Room left in the last block, where that is one of our own. */
  #spare: Buffer | undefined;
  length = 0;

  push(bytes: Buffer): void {
    if (bytes.length === 0) return;
    this.length += bytes.length;
    if (bytes.length >= LARGE) {
      this.#blocks.push(bytes);
      this.#spare = undefined;
      return;
    }
    const spare = this.#spare;
    const last = this.#blocks.length - 1;
    const before = this.#blocks[last];
    if (spare !== undefined && before !== undefined && spare.length >= bytes.length) {
      bytes.copy(spare);
      this.#blocks[last] = Buffer.from(before.buffer, before.byteOffset, before.length + bytes.length);
      this.#spare = spare.subarray(bytes.length);
      return;
    }
    const block = Buffer.allocUnsafeSlow(BLOCK);
    bytes.copy(block);
    this.#blocks.push(block.subarray(0, bytes.length));
    this.#spare = block.subarray(bytes.length);
  }

  /** The next octets, at most `most` of them; undefined when there are none. */
  shift(most: number): Buffer | undefined {
    const [first] = this.#blocks;
    if (first === undefined || most <= 0) return undefined;
    const end = Math.min(first.length, this.#from + most);
    const piece = first.subarray(this.#from, end);
    this.length -= piece.length;
    if (end < first.length) {
      this.#from = end;
      return piece;
    }
    this.#blocks.shift();
    this.#from = 0;
    if (this.#blocks.length === 0) this.#spare = undefined;
    return piece;
  }

  clear(): void {
    this.#blocks = [];
    this.#spare = undefined;
    this.#from = 0;
    this.length = 0;
  }
}
