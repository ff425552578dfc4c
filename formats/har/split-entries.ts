/**
 * Finds the elements of `log.entries` in a HAR file that arrives in chunks, and gives each as text to parse on its own. It looks at
 * structure alone (strings, brackets, keys of the two outer objects) and leaves everything inside an entry to JSON.parse. Memory is one
 * entry. Outside the entries only brackets and strings are checked, not every comma.
 */
import { isUtf8 } from 'node:buffer';
import { SluiceError } from '#model/errors.ts';

export interface HarLimits {
  readonly maxEntries: number;
  /** Bytes of one entry, its bodies included. */
  readonly maxEntryBytes: number;
  /** Objects and arrays within each other, counted from the file's top. */
  readonly maxDepth: number;
}

/** Ample for real files: Chrome's asynchronous stacks nest by the dozen, and what writeHar writes stays below 384 MiB an entry. */
export const DEFAULT_LIMITS: HarLimits = {
  maxEntries: 5_000_000,
  maxEntryBytes: 384 * 1024 * 1024,
  maxDepth: 1000,
};

export interface RawEntry {
  readonly text: string;
  /** Where it begins in the file, in bytes. */
  readonly offset: number;
  /** False: octets that are not UTF-8 were read as U+FFFD. */
  readonly exact: boolean;
}

/** What a log holds beside its entries, of each said once, of `pages` once a page. */
export type OutsideField = 'pages' | 'browser' | 'comment';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COLON = 0x3a;
const COMMA = 0x2c;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const OPEN_ARRAY = 0x5b;
const CLOSE_ARRAY = 0x5d;
const isSpace = (byte: number) => byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;

/** Keys longer than this are none of ours. */
const MAX_KEY = 16;
/** log object = 1, its fields = 2, elements of `entries` = 3. */
const ENTRY_DEPTH = 3;

/**
 * The entries in file order.
 * @throws SluiceError `bad-har` for what is not a HAR file, is cut, or passes a limit
 */
export async function* splitEntries(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  limits: HarLimits,
  onOutside: (field: OutsideField) => void = () => undefined,
): AsyncGenerator<RawEntry, void, undefined> {
  const splitter = new Splitter(limits, onOutside);
  for await (const chunk of chunks) yield* splitter.push(chunk);
  splitter.end();
}

class Splitter {
  readonly #limits: HarLimits;
  readonly #onOutside: (field: OutsideField) => void;
  /** Bytes before the current chunk. */
  #before = 0;
  /** Brackets that are open, outermost first. */
  readonly #open: number[] = [];
  #inString = false;
  #escaped = false;
  /** The last string at depth 1 or 2, and, after a colon, the key it was. */
  #string = '';
  readonly #keys = ['', '', ''];
  #parts: Uint8Array[] = [];
  #entryStart = -1;
  #entryBytes = 0;
  #entries = 0;
  #seen = false;

  constructor(limits: HarLimits, onOutside: (field: OutsideField) => void) {
    this.#limits = limits;
    this.#onOutside = onOutside;
  }

  *push(chunk: Uint8Array): Generator<RawEntry> {
    let from = this.#entryStart < 0 ? -1 : 0;
    for (let at = 0; at < chunk.length; at++) {
      // Most of a file is the inside of long strings.
      if (this.#inString && this.#open.length > ENTRY_DEPTH && !this.#escaped) {
        while (at < chunk.length && chunk[at] !== QUOTE && chunk[at] !== BACKSLASH) at++;
        if (at === chunk.length) break;
      }
      const byte = chunk[at] ?? 0;
      if (this.#inString) {
        this.#stringByte(byte);
        continue;
      }
      if (isSpace(byte)) continue;
      const depth = this.#open.length;
      const inEntries = depth === ENTRY_DEPTH && this.#inEntriesArray();
      if (inEntries && byte === OPEN_OBJECT) {
        from = at;
        this.#beginEntry(at);
      }
      this.#structureByte(byte, at, inEntries);
      if (this.#entryStart >= 0 && this.#open.length === ENTRY_DEPTH) {
        yield this.#endEntry(chunk.subarray(from, at + 1));
        from = -1;
      }
    }
    if (from >= 0) this.#keep(chunk.subarray(from));
    this.#before += chunk.length;
  }

  /** @throws SluiceError when the file ends too early or had no entries array */
  end(): void {
    if (this.#before === 0) throw new SluiceError('bad-har', 'The file is empty.');
    if (this.#open.length > 0 || this.#inString) {
      throw new SluiceError(
        'bad-har',
        `The file is cut: it ends at byte ${this.#before} inside ${this.#place()}.`,
      );
    }
    if (!this.#seen) throw new SluiceError('bad-har', 'The file has no log.entries: it is not a HAR file.');
  }

  #stringByte(byte: number): void {
    if (this.#escaped) this.#escaped = false;
    else if (byte === BACKSLASH) this.#escaped = true;
    else if (byte === QUOTE) this.#inString = false;
    if (this.#inString && this.#open.length < ENTRY_DEPTH && this.#string.length <= MAX_KEY) {
      this.#string += String.fromCharCode(byte);
    }
  }

  #structureByte(byte: number, at: number, inEntries: boolean): void {
    const depth = this.#open.length;
    if (byte === QUOTE || byte === OPEN_OBJECT) this.#outside(byte, depth);
    if (byte === QUOTE && depth > 0 && !inEntries) {
      this.#inString = true;
      this.#string = '';
    } else if (byte === COLON && depth > 0 && depth < ENTRY_DEPTH) {
      this.#keys[depth] = this.#string;
    } else if (byte === COMMA && depth === 2) {
      this.#keys[2] = '';
    } else if (byte === OPEN_OBJECT || byte === OPEN_ARRAY) {
      if ((depth === 0 && byte === OPEN_ARRAY) || (inEntries && byte === OPEN_ARRAY))
        this.#fail(at, 'an array');
      if (depth >= this.#limits.maxDepth) {
        throw new SluiceError(
          'bad-har',
          `${this.#place()} nests deeper than ${this.#limits.maxDepth} levels.`,
        );
      }
      this.#open.push(byte);
      if (depth === 2 && this.#inEntriesArray()) this.#seen = true;
    } else if (byte === CLOSE_OBJECT || byte === CLOSE_ARRAY) {
      // In ASCII each closing bracket is its opening one plus 2.
      if (this.#open.pop() !== byte - 2) this.#fail(at, `an unmatched "${String.fromCharCode(byte)}"`);
    } else if (depth === 0) {
      // A byte order mark at the very start is allowed.
      const place = this.#before + at;
      if (place > 2 || byte !== [0xef, 0xbb, 0xbf][place])
        this.#fail(at, 'something that is not a JSON object');
    } else if (inEntries && byte !== COMMA) {
      this.#fail(at, 'something other than an object among the entries');
    }
  }

  #inEntriesArray(): boolean {
    const [top, log, entries] = this.#open;
    if (top !== OPEN_OBJECT || log !== OPEN_OBJECT || entries !== OPEN_ARRAY) return false;
    return this.#keys[1] === 'log' && this.#keys[2] === 'entries';
  }

  #beginEntry(at: number): void {
    this.#entries += 1;
    this.#entryStart = this.#before + at;
    this.#entryBytes = 0;
    if (this.#entries > this.#limits.maxEntries) {
      throw new SluiceError(
        'bad-har',
        `The file has more than ${this.#limits.maxEntries} entries; split it.`,
      );
    }
  }

  #keep(part: Uint8Array): void {
    this.#entryBytes += part.length;
    if (this.#entryBytes > this.#limits.maxEntryBytes) {
      throw new SluiceError(
        'bad-har',
        `${this.#place()} is larger than ${this.#limits.maxEntryBytes} bytes.`,
      );
    }
    this.#parts.push(part);
  }

  #endEntry(last: Uint8Array): RawEntry {
    this.#keep(last);
    const [only] = this.#parts;
    const bytes = this.#parts.length === 1 && only !== undefined ? only : Buffer.concat(this.#parts);
    const offset = this.#entryStart;
    this.#parts = [];
    this.#entryStart = -1;
    const exact = isUtf8(bytes);
    return { text: new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes), offset, exact };
  }

  /** `byte` begins a value at `depth`. */
  #outside(byte: number, depth: number): void {
    if (this.#keys[1] !== 'log') return;
    const [, , key] = this.#keys;
    if (depth === 3 && key === 'pages' && byte === OPEN_OBJECT) this.#onOutside('pages');
    if (depth === 2 && key === 'browser' && byte === OPEN_OBJECT) this.#onOutside('browser');
    if (depth === 2 && key === 'comment' && byte === QUOTE) this.#onOutside('comment');
  }

  #place(): string {
    return this.#entryStart < 0 ? 'the part outside the entries' : `entry ${this.#entries}`;
  }

  #fail(at: number, what: string): never {
    throw new SluiceError('bad-har', `At byte ${this.#before + at} stands ${what}: it is not a HAR file.`);
  }
}
