/**
 * Writes formatted text out of pieces of its source. A formatter may only change the white space between pieces, never a piece itself,
 * so what is shown is always what was sent, and every place of the source can be found again in the result (evidence, search).
 */

/** Deeper nesting than this is shown at this depth, so that hostile nesting cannot make the indentation itself huge. */
const DEEPEST_INDENT = 60;
const INDENT = '  ';

/** `spans` holds three numbers a piece, in source order: start in the source, start in `text`, length. Offsets are UTF-16 units. */
export interface Formatted {
  readonly text: string;
  readonly spans: Uint32Array<ArrayBuffer>;
}

/** The source does not have the form that the formatter needs; `message` says where. */
export class FormatError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'FormatError';
  }
}

export class FormatWriter {
  readonly source: string;
  readonly #parts: string[] = [];
  readonly #spans: number[] = [];
  #length = 0;
  #depth = 0;
  #line = 0;
  #pending: '' | ' ' | '\n' | '\n\n' = '';

  constructor(source: string) {
    this.source = source;
  }

  get depth(): number {
    return this.#depth;
  }

  /** Line breaks written so far, not counting those inside pieces. */
  get line(): number {
    return this.#line;
  }

  /** Nothing has been written on the current line yet. */
  get atLineStart(): boolean {
    return this.#length === 0 || this.#pending.startsWith('\n');
  }

  indent(by: 1 | -1): void {
    this.#depth = Math.max(0, this.#depth + by);
  }

  /** Asks for a space before the next piece; a line break asked for already stays. */
  space(): void {
    if (this.#pending === '') this.#pending = ' ';
  }

  /** Takes back a space asked for, as before a comma. */
  tight(): void {
    if (this.#pending === ' ') this.#pending = '';
  }

  /** Takes back whatever was asked for, as between the brackets of an empty list. */
  glue(): void {
    this.#pending = '';
  }

  /** Asks for a line break before the next piece, with an empty line between when `blank`. */
  newline(blank = false): void {
    if (this.#length === 0) return;
    if (this.#pending !== '\n\n') this.#pending = blank ? '\n\n' : '\n';
  }

  /** Copies source[start, end). */
  copy(start: number, end: number): void {
    if (end <= start) return;
    const gap = this.#pending.startsWith('\n')
      ? this.#pending + INDENT.repeat(Math.min(this.#depth, DEEPEST_INDENT))
      : this.#pending;
    if (gap.startsWith('\n')) this.#line += 1;
    this.#pending = '';
    if (gap !== '' && this.#length > 0) this.#push(gap);
    const spans = this.#spans;
    const last = spans.length - 3;
    const sourceEnd = (spans[last] ?? -1) + (spans[last + 2] ?? 0);
    const textEnd = (spans[last + 1] ?? -1) + (spans[last + 2] ?? 0);
    if (last >= 0 && sourceEnd === start && textEnd === this.#length)
      spans[last + 2] = (spans[last + 2] ?? 0) + end - start;
    else spans.push(start, this.#length, end - start);
    this.#push(this.source.slice(start, end));
  }

  finish(): Formatted {
    return { text: this.#parts.join(''), spans: Uint32Array.from(this.#spans) };
  }

  #push(text: string): void {
    this.#parts.push(text);
    this.#length += text.length;
  }
}

/** Where source offset `offset` stands in the formatted text; an offset between two pieces goes to the end of the one before. */
export function formattedOffset(formatted: Formatted, offset: number): number {
  const { spans } = formatted;
  let low = 0;
  let high = spans.length / 3;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((spans[middle * 3] ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  if (low === 0) return 0;
  const at = (low - 1) * 3;
  return (spans[at + 1] ?? 0) + Math.min(offset - (spans[at] ?? 0), spans[at + 2] ?? 0);
}
