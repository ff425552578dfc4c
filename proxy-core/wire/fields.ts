/**
 * Field lines (RFC 9112 §5) from text to pairs. Text is a byte string: one UTF-16 unit per octet, so obs-text passes unchanged. Order, case
 * and duplicates are kept.
 */
import type { HeaderPair } from '#model/headers.ts';
import { WireFault } from './wire-error.ts';

const HTAB = 9;
const LF = 10;
const SPACE = 32;

/** tchar of RFC 9110 §5.6.2, by octet. */
const TOKEN = new Uint8Array(256);
for (const char of "!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz") {
  TOKEN[char.charCodeAt(0)] = 1;
}

/** Whether text[start, end) is a token of at least one character. */
export function isToken(text: string, start = 0, end = text.length): boolean {
  if (start >= end) return false;
  for (let i = start; i < end; i++) if (TOKEN[text.charCodeAt(i)] !== 1) return false;
  return true;
}

const isSpace = (code: number) => code === SPACE || code === HTAB;

/** Index of the CRLF that ends the line beginning at `start`; a CR or LF alone, or any NUL, is a fault. */
export function lineEnd(text: string, start: number): number {
  const at = text.indexOf('\r', start);
  const bareLf = text.indexOf('\n', start);
  if (bareLf >= 0 && (at < 0 || bareLf < at))
    throw new WireFault('line-end', bareLf, 'A line ends in LF without CR.');
  if (at < 0 || text.charCodeAt(at + 1) !== LF) {
    throw new WireFault('line-end', at < 0 ? text.length : at, 'A CR stands without LF.');
  }
  return at;
}

export interface FieldOptions {
  readonly maxFields: number;
  /**
   * Responses may carry white space before the colon; a proxy must take it out (RFC 9112 §5.1). Requests with it are a fault.
   */
  readonly allowSpaceBeforeColon: boolean;
}

function parseFieldLine(text: string, start: number, end: number, options: FieldOptions): HeaderPair {
  if (isSpace(text.charCodeAt(start))) {
    throw new WireFault(
      'line-folding',
      start,
      'A header line is folded into the next, which RFC 9112 §5.2 forbids.',
    );
  }
  const colon = text.indexOf(':', start);
  if (colon < 0 || colon > end) throw new WireFault('field-name', start, 'A header line has no colon.');
  let nameEnd = colon;
  while (nameEnd > start && isSpace(text.charCodeAt(nameEnd - 1))) nameEnd--;
  if (nameEnd !== colon && !options.allowSpaceBeforeColon) {
    throw new WireFault(
      'space-before-colon',
      nameEnd,
      'White space stands between a header name and its colon.',
    );
  }
  if (!isToken(text, start, nameEnd))
    throw new WireFault('field-name', start, 'A header name is empty or not a token.');
  let from = colon + 1;
  let to = end;
  while (from < to && isSpace(text.charCodeAt(from))) from++;
  while (to > from && isSpace(text.charCodeAt(to - 1))) to--;
  const value = text.slice(from, to);
  const nul = value.indexOf('\0');
  if (nul >= 0) throw new WireFault('field-value', from + nul, 'A header value holds a NUL.');
  return [text.slice(start, nameEnd), value];
}

/**
 * Parses the lines from `start` up to and including the empty line.
 * @throws WireFault with `at` relative to `text`.
 */
export function parseFields(text: string, start: number, options: FieldOptions): HeaderPair[] {
  const pairs: HeaderPair[] = [];
  for (let at = start; ; ) {
    const end = lineEnd(text, at);
    if (end === at) return pairs;
    if (pairs.length >= options.maxFields) {
      throw new WireFault('too-many-fields', at, `There are more than ${options.maxFields} header lines.`);
    }
    pairs.push(parseFieldLine(text, at, end, options));
    at = end + 2;
  }
}
