/**
 * Reads a chunked body (RFC 9112 §7.1) from any division of its octets: chunk data without copying, extensions and trailers as they stood.
 * Strict: sizes are hexadecimal digits, every line ends in CRLF. Nothing is allocated for a chunk that has no extension.
 */
import type { HeaderPair } from '#model/headers.ts';
import { parseFields } from './fields.ts';
import { lenientFields } from './lenient-text.ts';
import type { WireLimits } from './limits.ts';
import { WireFault } from './wire-error.ts';

export interface ChunkedHandler {
  /** Body octets: a view into what was pushed. */
  data(bytes: Buffer): void;
  /** The text after the size of a chunk that has any, its semicolon included. */
  chunkExtension(text: string): void;
  /** Called once, at the end; mostly with no fields. */
  trailers(fields: HeaderPair[]): void;
}

const HTAB = 9;
const LF = 10;
const CR = 13;
const SPACE = 32;
const SEMICOLON = 59;
/** Sizes below 2^52: a number counts octets exactly up to 2^53. */
const MAX_DIGITS = 13;

const NO_DIGIT = 16;
const HEX = new Uint8Array(256).fill(NO_DIGIT);
for (const [value, digit] of [...'0123456789abcdef'].entries()) {
  HEX[digit.charCodeAt(0)] = value;
  HEX[digit.toUpperCase().charCodeAt(0)] = value;
}

const EXTENSION_LINE = /^[ \t]*;[^\0\r\n]*\r\n$/;

const badSize = (at: number) => new WireFault('chunk', at, 'A chunk size is not a hexadecimal number.');

export class ChunkedReader {
  readonly #limits: WireLimits;
  readonly #handler: ChunkedHandler;
  readonly #lenient: boolean;
  #state: 'size' | 'extension' | 'size-lf' | 'data' | 'data-cr' | 'data-lf' | 'trailers' | 'done' = 'size';
  #digits = 0;
  /** Octets of the chunk that are still to come. */
  #left = 0;
  /** An extension or the trailer section, as far as it has come. */
  #text = '';
  /** Of that text: whether the last octets gathered ended a line, and ended it in CRLF; its last octet; where its last line begins. */
  #complete = false;
  #crlf = false;
  #last = 0;
  #lineBegin = 0;
  /** Octets of extensions before that one. */
  #extensions = 0;
  /** Up to where the buffer in hand went into the above. */
  #next = 0;

  /** `lenient`: trailers are read as lenient-text.ts says; chunks never are, for their ends are where requests are smuggled. */
  constructor(handler: ChunkedHandler, limits: WireLimits, lenient = false) {
    this.#handler = handler;
    this.#limits = limits;
    this.#lenient = lenient;
  }

  get done(): boolean {
    return this.#state === 'done';
  }

  /**
   * After a fault in `buffer`: the octets that had been read and told to nobody, and those behind them. A size is written as it was
   * understood.
   */
  refused(buffer: Buffer): Buffer[] {
    const size = this.#left.toString(16).padStart(this.#digits, '0');
    const read = {
      size: this.#digits === 0 ? '' : size,
      'size-lf': `${size}\r`,
      extension: size,
      'data-lf': '\r',
      trailers: '0\r\n',
      done: '0\r\n',
      data: '',
      'data-cr': '',
    }[this.#state];
    return [Buffer.from(read + this.#text, 'latin1'), buffer.subarray(this.#next)];
  }

  /**
   * Reads on in buffer[at, …) and stops after what it has told the handler, if not before; answers the index after the last octet used. So
   * a handler that pauses is heard.
   * @throws WireFault with `at` relative to `buffer`; negative when the fault began in an earlier one.
   */
  read(buffer: Buffer, at: number): number {
    this.#next = at;
    switch (this.#state) {
      case 'size':
        return this.#readSize(buffer, at);
      case 'extension':
        return this.#readExtension(buffer, at);
      case 'data':
        return this.#readData(buffer, at);
      case 'trailers':
        return this.#readTrailers(buffer, at);
      default:
        return this.#readLineEnd(buffer, at);
    }
  }

  #readData(buffer: Buffer, at: number): number {
    const end = Math.min(buffer.length, at + this.#left);
    this.#left -= end - at;
    if (this.#left === 0) this.#state = 'data-cr';
    this.#handler.data(at === 0 && end === buffer.length ? buffer : buffer.subarray(at, end));
    return end;
  }

  #readSize(buffer: Buffer, start: number): number {
    for (let at = start; at < buffer.length; at++) {
      const octet = buffer[at] ?? 0;
      const digit = HEX[octet] ?? NO_DIGIT;
      if (digit < NO_DIGIT) {
        if (this.#digits === MAX_DIGITS) throw badSize(at);
        this.#digits += 1;
        this.#next = at + 1;
        this.#left = this.#left * 16 + digit;
        continue;
      }
      if (this.#digits === 0) throw badSize(at);
      if (octet === CR) {
        this.#state = 'size-lf';
        return at + 1;
      }
      if (octet !== SEMICOLON && octet !== SPACE && octet !== HTAB) throw badSize(at);
      this.#state = 'extension';
      return at;
    }
    return buffer.length;
  }

  #readLineEnd(buffer: Buffer, at: number): number {
    const octet = buffer[at];
    if (this.#state === 'data-cr') {
      if (octet !== CR) throw new WireFault('chunk', at, 'Chunk data is not followed by CRLF.');
      this.#state = 'data-lf';
    } else if (octet !== LF) {
      throw new WireFault('chunk', at, 'A CR stands without LF in a chunked body.');
    } else if (this.#state === 'data-lf') this.#state = 'size';
    else this.#beginChunk();
    return at + 1;
  }

  #beginChunk(): void {
    this.#digits = 0;
    this.#state = this.#left === 0 ? 'trailers' : 'data';
  }

  #readExtension(buffer: Buffer, at: number): number {
    const begin = at - this.#text.length;
    const end = this.#gather(buffer, at);
    const lineEnd = this.#complete ? 2 : this.#last === CR ? 1 : 0;
    const length = this.#text.length - lineEnd;
    if (this.#extensions + length > this.#limits.chunkExtensions) {
      throw new WireFault(
        'chunk-extensions-too-large',
        begin,
        `Chunk extensions are longer than ${this.#limits.chunkExtensions} bytes.`,
      );
    }
    if (!this.#complete) return end;
    const line = this.#text;
    if (!EXTENSION_LINE.test(line)) {
      throw new WireFault('chunk', begin, 'A chunk extension is not one, or its line does not end in CRLF.');
    }
    this.#text = '';
    this.#extensions += length;
    this.#beginChunk();
    this.#handler.chunkExtension(line.slice(0, length));
    return end;
  }

  #readTrailers(buffer: Buffer, at: number): number {
    const begin = at - this.#text.length;
    const end = this.#gather(buffer, at);
    if (this.#text.length > this.#limits.trailers) {
      throw new WireFault(
        'trailers-too-large',
        begin,
        `The trailers are longer than ${this.#limits.trailers} bytes.`,
      );
    }
    if (!this.#complete) return end;
    const line = this.#text.length - this.#lineBegin;
    this.#lineBegin = this.#text.length;
    const empty = line === (this.#crlf ? 2 : 1);
    // An LF alone, unless in a lenient reading, is a fault that the parser finds.
    if (empty || !(this.#crlf || this.#lenient)) this.#endBody(begin);
    return end;
  }

  /** Adds buffer[at, …) to the text, up to and including the next LF. */
  #gather(buffer: Buffer, at: number): number {
    const lf = buffer.indexOf(LF, at);
    const end = lf < 0 ? buffer.length : lf + 1;
    this.#complete = lf >= 0;
    this.#crlf = this.#complete && (lf > at ? buffer[lf - 1] : this.#last) === CR;
    this.#last = buffer[end - 1] ?? 0;
    this.#text += buffer.toString('latin1', at, end);
    this.#next = end;
    return end;
  }

  #endBody(begin: number): void {
    this.#state = 'done';
    this.#handler.trailers(this.#crlf && this.#text.length === 2 ? [] : this.#parseTrailers(begin));
  }

  #parseTrailers(begin: number): HeaderPair[] {
    const text = this.#lenient ? lenientFields(this.#text) : this.#text;
    const options = { maxFields: this.#limits.fields, allowSpaceBeforeColon: false };
    try {
      return parseFields(text, 0, options).headers;
    } catch (error) {
      if (error instanceof WireFault) throw new WireFault(error.code, begin + error.at, error.message);
      throw error;
    }
  }
}
