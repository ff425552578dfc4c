/**
 * HPACK (RFC 7541), reading: header blocks to fields, with the dynamic table that the peer fills. A block over the limits is still read to
 * its end, because the table is shared by all that follow; only its fields are not kept.
 */
import { type Field, type FieldBlock, makeField, markSensitive } from './field.ts';
import { Http2Fault } from './http2-fault.ts';
import { decodeHuffman } from './huffman.ts';
import { STATIC_PAIRS } from './static-table.ts';

/** SETTINGS_HEADER_TABLE_SIZE of this side: the default, which is never announced. */
export const TABLE_SIZE = 4096;
const STATIC = STATIC_PAIRS.map(([name, value]) => makeField(name, value));
/** Four octets after the prefix: 28 bits and no more than any length here can need. */
const MAX_SHIFT = 28;
/** The table never has more: an entry counts 32 at least. A power of two. */
const RING = TABLE_SIZE / 32;
const NOTHING = Buffer.alloc(0);

export interface BlockLimits {
  /** As SETTINGS_MAX_HEADER_LIST_SIZE counts. */
  readonly size: number;
  readonly fields: number;
}

const fault = (message: string) => new Http2Fault('COMPRESSION_ERROR', message);

export class HpackDecoder {
  readonly #limits: BlockLimits;
  readonly #ring: (Field | undefined)[] = [];
  /** Entries ever added; the newest stands at `added - 1` in the ring. */
  #added = 0;
  #count = 0;
  #size = 0;
  #maxSize = TABLE_SIZE;
  // The block being read.
  #bytes: Buffer = NOTHING;
  #at = 0;
  #end = 0;

  constructor(limits: BlockLimits) {
    this.#limits = limits;
  }

  /** @throws Http2Fault COMPRESSION_ERROR; the connection is of no use then. */
  decode(bytes: Buffer, at: number, end: number): FieldBlock {
    this.#bytes = bytes;
    this.#at = at;
    this.#end = end;
    const fields: Field[] = [];
    let size = 0;
    let tooLarge = false;
    let first = true;
    while (this.#at < this.#end) {
      const octet = bytes[this.#at] ?? 0;
      if (octet >= 0x20 && octet < 0x40) {
        // RFC 7541 §4.2: at the beginning of a block.
        if (!first) throw fault('A table size stands within a header block.');
        this.#resize(this.#integer(0x1f));
        continue;
      }
      first = false;
      const field = octet >= 0x80 ? this.#field(this.#integer(0x7f)) : this.#literal(octet);
      size += field.size;
      if (size > this.#limits.size || fields.length >= this.#limits.fields) tooLarge = true;
      else fields.push(field);
    }
    this.#bytes = NOTHING;
    return { fields, size, tooLarge };
  }

  #literal(octet: number): Field {
    const indexing = octet >= 0x40;
    const index = this.#integer(indexing ? 0x3f : 0x0f);
    let field: Field;
    if (index === 0) {
      const name = this.#string();
      field = makeField(name, this.#string());
    } else {
      const { pair, nameTraits } = this.#field(index);
      field = makeField(pair[0], this.#string(), nameTraits);
    }
    if (indexing) this.#add(field);
    else if (octet >= 0x10) markSensitive(field.pair);
    return field;
  }

  /** RFC 7541 §5.1; `mask` is the prefix. */
  #integer(mask: number): number {
    let value = (this.#bytes[this.#at] ?? 0) & mask;
    this.#at += 1;
    if (value < mask) return value;
    for (let shift = 0; ; shift += 7) {
      if (this.#at >= this.#end) throw fault('A header block is cut off.');
      if (shift >= MAX_SHIFT) throw fault('A number in a header block is too large.');
      const octet = this.#bytes[this.#at] ?? 0;
      this.#at += 1;
      value += (octet & 0x7f) << shift;
      if (octet < 0x80) return value;
    }
  }

  #string(): string {
    if (this.#at >= this.#end) throw fault('A header block is cut off.');
    const huffman = (this.#bytes[this.#at] ?? 0) >= 0x80;
    const length = this.#integer(0x7f);
    const begin = this.#at;
    if (length > this.#end - begin) throw fault('A string in a header block is cut off.');
    this.#at = begin + length;
    return huffman
      ? decodeHuffman(this.#bytes, begin, this.#at)
      : this.#bytes.toString('latin1', begin, this.#at);
  }

  #field(index: number): Field {
    const found =
      index <= STATIC.length
        ? STATIC[index - 1]
        : index - STATIC.length <= this.#count
          ? this.#ring[(this.#added - (index - STATIC.length)) & (RING - 1)]
          : undefined;
    if (found === undefined) throw fault(`A header block names entry ${index}, which does not exist.`);
    return found;
  }

  #add(field: Field): void {
    this.#evict(this.#maxSize - field.size);
    // What is larger than the table leaves it empty (RFC 7541 §4.4).
    if (field.size > this.#maxSize) return;
    this.#ring[this.#added & (RING - 1)] = field;
    this.#added += 1;
    this.#count += 1;
    this.#size += field.size;
  }

  #evict(target: number): void {
    while (this.#size > target && this.#count > 0) {
      const oldest = (this.#added - this.#count) & (RING - 1);
      this.#size -= this.#ring[oldest]?.size ?? 0;
      this.#ring[oldest] = undefined;
      this.#count -= 1;
    }
  }

  #resize(size: number): void {
    if (size > TABLE_SIZE) throw fault(`A table of ${size} octets is more than was allowed.`);
    this.#maxSize = size;
    this.#evict(size);
  }
}
