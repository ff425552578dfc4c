/**
 * HPACK (RFC 7541), writing: fields to header blocks. Fields that repeat go into the dynamic table; what is secret or seldom the same
 * twice never does, so that requests of several clients on one connection tell nothing of each other by their size (§7.1).
 */
import type { HeaderPair, Headers } from '#model/headers.ts';
import { isSensitive } from './field.ts';
import { STATIC_PAIRS } from './static-table.ts';

/** Used of the table that the peer allows. */
const MAX_TABLE_SIZE = 4096;
const RING = MAX_TABLE_SIZE / 32;
/** Larger fields would push out too much. */
const MAX_ENTRY = 1024;
const LITERAL = 0x00;
const NEVER_INDEXED = 0x10;
const INDEXING = 0x40;

const NOT_INDEXED = new Set([
  ':path',
  'age',
  'authorization',
  'content-length',
  'content-range',
  'cookie',
  'etag',
  'if-modified-since',
  'if-none-match',
  'last-modified',
  'location',
  'proxy-authorization',
  'range',
  'set-cookie',
]);

interface StaticName {
  readonly index: number;
  readonly values: ReadonlyMap<string, number>;
}

const STATIC_NAMES = new Map<string, StaticName>();
for (const [at, [name, value]] of STATIC_PAIRS.entries()) {
  const known = STATIC_NAMES.get(name);
  const values = new Map(known?.values).set(value, at + 1);
  STATIC_NAMES.set(name, { index: known?.index ?? at + 1, values });
}

interface Entry {
  readonly name: string;
  readonly value: string;
  readonly size: number;
  /** Which in the order of adding. */
  readonly number: number;
}

export class HpackEncoder {
  readonly #ring: (Entry | undefined)[] = [];
  readonly #byName = new Map<string, Map<string, Entry>>();
  #added = 0;
  #count = 0;
  #size = 0;
  #maxSize = MAX_TABLE_SIZE;
  /** The smallest size since the last block, where the peer has changed it: to be told first (RFC 7541 §4.2). */
  #smallest: number | undefined;
  #out = Buffer.allocUnsafeSlow(1024);
  #at = 0;

  /** The peer's SETTINGS_HEADER_TABLE_SIZE. */
  setTableSize(allowed: number): void {
    const size = Math.min(allowed, MAX_TABLE_SIZE);
    if (size === this.#maxSize) return;
    this.#maxSize = size;
    this.#smallest = Math.min(this.#smallest ?? size, size);
    this.#evict(size);
  }

  /** The header block, valid until the next call. `pseudo` come first. */
  encode(pseudo: Headers, headers: Headers): Buffer {
    this.#at = 0;
    if (this.#smallest !== undefined) {
      this.#room(12);
      if (this.#smallest < this.#maxSize) this.#integer(0x20, 0x1f, this.#smallest);
      this.#integer(0x20, 0x1f, this.#maxSize);
      this.#smallest = undefined;
    }
    for (const pair of pseudo) this.#field(pair);
    for (const pair of headers) this.#field(pair);
    return this.#out.subarray(0, this.#at);
  }

  #field(pair: HeaderPair): void {
    const [name, value] = pair;
    this.#room(name.length + value.length + 24);
    const known = STATIC_NAMES.get(name);
    const whole = known?.values.get(value);
    if (whole !== undefined) {
      this.#integer(0x80, 0x7f, whole);
      return;
    }
    const secret = isSensitive(pair);
    const values = secret ? undefined : this.#byName.get(name);
    const entry = values?.get(value);
    if (entry !== undefined) {
      this.#integer(0x80, 0x7f, this.#indexOf(entry));
      return;
    }
    const index = known?.index ?? 0;
    if (secret) this.#literal(NEVER_INDEXED, 0x0f, index, name, value);
    else if (NOT_INDEXED.has(name) || name.length + value.length > MAX_ENTRY) {
      this.#literal(LITERAL, 0x0f, index, name, value);
    } else {
      this.#literal(INDEXING, 0x3f, index || this.#nameIndex(values), name, value);
      this.#add(name, value);
    }
  }

  #indexOf({ number }: Entry): number {
    return STATIC_PAIRS.length + this.#added - number;
  }

  #nameIndex(values: Map<string, Entry> | undefined): number {
    for (const entry of values?.values() ?? []) return this.#indexOf(entry);
    return 0;
  }

  #literal(kind: number, mask: number, index: number, name: string, value: string): void {
    this.#integer(kind, mask, index);
    // HTTP/2 knows no capitals (RFC 9113 §8.2.1); whoever edits a message may.
    if (index === 0) this.#string(name.toLowerCase());
    this.#string(value);
  }

  #integer(first: number, mask: number, value: number): void {
    const out = this.#out;
    if (value < mask) {
      out[this.#at] = first | value;
      this.#at += 1;
      return;
    }
    out[this.#at] = first | mask;
    this.#at += 1;
    let rest = value - mask;
    for (; rest >= 0x80; rest >>>= 7) {
      out[this.#at] = (rest & 0x7f) | 0x80;
      this.#at += 1;
    }
    out[this.#at] = rest;
    this.#at += 1;
  }

  #string(text: string): void {
    this.#integer(0, 0x7f, text.length);
    this.#out.write(text, this.#at, 'latin1');
    this.#at += text.length;
  }

  #room(octets: number): void {
    if (this.#out.length - this.#at >= octets) return;
    const larger = Buffer.allocUnsafeSlow((this.#at + octets) * 2);
    this.#out.copy(larger, 0, 0, this.#at);
    this.#out = larger;
  }

  #add(name: string, value: string): void {
    const size = name.length + value.length + 32;
    this.#evict(this.#maxSize - size);
    if (size > this.#maxSize) return;
    const entry: Entry = { name, value, size, number: this.#added };
    this.#ring[this.#added & (RING - 1)] = entry;
    this.#added += 1;
    this.#count += 1;
    this.#size += size;
    const values = this.#byName.get(name);
    if (values === undefined) this.#byName.set(name, new Map([[value, entry]]));
    else values.set(value, entry);
  }

  #evict(target: number): void {
    while (this.#size > target && this.#count > 0) {
      const at = (this.#added - this.#count) & (RING - 1);
      const oldest = this.#ring[at];
      this.#ring[at] = undefined;
      this.#count -= 1;
      if (oldest === undefined) continue;
      this.#size -= oldest.size;
      const values = this.#byName.get(oldest.name);
      if (values?.get(oldest.value) === oldest) values.delete(oldest.value);
      if (values?.size === 0) this.#byName.delete(oldest.name);
    }
  }
}
