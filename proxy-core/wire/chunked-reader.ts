/**
 * Reads a chunked body (RFC 9112 §7.1) from any division of its octets: chunk data without copying, extensions and trailers as they stood.
 * Strict: sizes are hexadecimal digits, every line ends in CRLF.
 */
import type { HeaderPair } from '#model/headers.ts';
import { parseFields } from './fields.ts';
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

/** Up to 2^52, beyond which a number could not count octets exactly. */
const SIZE_LINE = /^([0-9A-Fa-f]{1,13})([ \t]*;[^\0\r\n]*)?$/;
/** A size line's digits and CRLF beside its extensions. */
const SIZE_LINE_SLACK = 16;
const LF = 10;

export class ChunkedReader {
  readonly #limits: WireLimits;
  readonly #handler: ChunkedHandler;
  #state: 'size' | 'data' | 'data-end' | 'trailers' | 'done' = 'size';
  #line = '';
  #left = 0;
  #extensions = 0;
  #trailers = '';

  constructor(handler: ChunkedHandler, limits: WireLimits) {
    this.#handler = handler;
    this.#limits = limits;
  }

  get done(): boolean {
    return this.#state === 'done';
  }

  /**
   * Reads buffer[start, …) until the body or the buffer ends; answers the index after the last octet used.
   * @throws WireFault with `at` relative to `buffer`; negative when the fault began in an earlier one.
   */
  read(buffer: Buffer, start: number): number {
    let at = start;
    while (at < buffer.length && this.#state !== 'done') {
      at = this.#state === 'data' ? this.#readData(buffer, at) : this.#readLine(buffer, at);
    }
    return at;
  }

  #readData(buffer: Buffer, at: number): number {
    const end = Math.min(buffer.length, at + this.#left);
    this.#left -= end - at;
    this.#handler.data(buffer.subarray(at, end));
    if (this.#left === 0) this.#state = 'data-end';
    return end;
  }

  #readLine(buffer: Buffer, at: number): number {
    const lf = buffer.indexOf(LF, at);
    const end = lf < 0 ? buffer.length : lf + 1;
    const begin = at - this.#line.length;
    this.#line += buffer.toString('latin1', at, end);
    this.#checkLength(begin);
    if (lf < 0) return end;
    const line = this.#line;
    this.#line = '';
    if (!line.endsWith('\r\n'))
      throw new WireFault('chunk', begin, 'A line of a chunked body does not end in CRLF.');
    this.#takeLine(line.slice(0, -2), begin);
    return end;
  }

  #checkLength(begin: number): void {
    const length = this.#line.length;
    if (this.#state === 'trailers') {
      if (this.#trailers.length + length > this.#limits.trailers) {
        throw new WireFault(
          'trailers-too-large',
          begin,
          `The trailers are longer than ${this.#limits.trailers} bytes.`,
        );
      }
    } else if (this.#state === 'data-end') {
      if (length > 2 || !'\r\n'.startsWith(this.#line)) {
        throw new WireFault('chunk', begin, 'Chunk data is not followed by CRLF.');
      }
    } else if (this.#extensions + length > this.#limits.chunkExtensions + SIZE_LINE_SLACK) {
      throw new WireFault(
        'chunk-extensions-too-large',
        begin,
        `Chunk extensions are longer than ${this.#limits.chunkExtensions} bytes.`,
      );
    }
  }

  #takeLine(line: string, begin: number): void {
    if (this.#state === 'size') this.#takeSize(line, begin);
    else if (this.#state === 'data-end') this.#state = 'size';
    else this.#takeTrailer(line, begin);
  }

  #takeSize(line: string, begin: number): void {
    const [, digits, extension] = SIZE_LINE.exec(line) ?? [];
    if (digits === undefined)
      throw new WireFault('chunk', begin, 'A chunk size is not a hexadecimal number.');
    if (extension !== undefined) {
      this.#extensions += extension.length;
      this.#handler.chunkExtension(extension);
    }
    this.#left = Number.parseInt(digits, 16);
    this.#state = this.#left === 0 ? 'trailers' : 'data';
  }

  #takeTrailer(line: string, begin: number): void {
    this.#trailers += `${line}\r\n`;
    if (line !== '') return;
    const textBegin = begin + 2 - this.#trailers.length;
    const options = { maxFields: this.#limits.fields, allowSpaceBeforeColon: false };
    try {
      this.#handler.trailers(parseFields(this.#trailers, 0, options));
    } catch (error) {
      if (error instanceof WireFault) throw new WireFault(error.code, textBegin + error.at, error.message);
      throw error;
    }
    this.#state = 'done';
  }
}
