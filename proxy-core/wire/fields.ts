/**
 * Field lines (RFC 9112 §5) from text to pairs. Text is a byte string: one UTF-16 unit per octet, so obs-text passes unchanged. Order, case
 * and duplicates are kept. It runs for every message: one pass, which also picks out what decides the framing.
 */
import type { HeaderPair } from '#model/headers.ts';
import { WireFault } from './wire-error.ts';

const HTAB = 9;
const LF = 10;
const CR = 13;
const SPACE = 32;
const COLON = 58;

/** tchar of RFC 9110 §5.6.2, by octet. */
const TOKEN = new Uint8Array(256);
for (const char of "!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz") {
  TOKEN[char.charCodeAt(0)] = 1;
}

/** The end of the token that begins at `start`; `start` itself when none does. */
export function tokenEnd(text: string, start: number): number {
  let at = start;
  while (TOKEN[text.charCodeAt(at)] === 1) at++;
  return at;
}

/** Whether text[start, end) is a token of at least one character. */
export function isToken(text: string, start = 0, end = text.length): boolean {
  return start < end && tokenEnd(text, start) >= end;
}

const isSpace = (code: number) => code === SPACE || code === HTAB;

/** Without the white space around it: SP and HTAB alone (RFC 9110 §5.6.3), for `trim` takes more. In linear time, as a pattern would not. */
export function trimSpace(text: string, start = 0, end = text.length): string {
  let from = start;
  let to = end;
  while (from < to && isSpace(text.charCodeAt(from))) from++;
  while (to > from && isSpace(text.charCodeAt(to - 1))) to--;
  return text.slice(from, to);
}

/** Index of the CRLF that ends the line beginning at `start`; a CR or LF alone is a fault. */
export function lineEnd(text: string, start: number): number {
  const lf = text.indexOf('\n', start);
  const cr = text.indexOf('\r', start);
  if (cr >= 0 && lf === cr + 1) return cr;
  if (lf >= 0 && (cr < 0 || lf < cr)) throw new WireFault('line-end', lf, 'A line ends in LF without CR.');
  throw new WireFault('line-end', cr < 0 ? text.length : cr, 'A CR stands without LF.');
}

export interface FieldOptions {
  readonly maxFields: number;
  /**
   * Responses may carry white space before the colon; a proxy must take it out (RFC 9112 §5.1). Requests with it are a fault.
   */
  readonly allowSpaceBeforeColon: boolean;
}

/** The lines of a head or a trailer section. */
export interface FieldSection {
  readonly headers: HeaderPair[];
  /** Values of Content-Length and Transfer-Encoding, in order. */
  readonly lengths: readonly string[];
  readonly codings: readonly string[];
  /** White space before a colon was taken out. */
  readonly spaced: boolean;
}

const NO_VALUES: readonly string[] = [];

/** Where the name of the line [start, end) ends that is not plainly a token and a colon. */
function oddNameEnd(text: string, start: number, end: number, options: FieldOptions): number {
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
  if (!isToken(text, start, nameEnd)) {
    throw new WireFault('field-name', start, 'A header name is empty or not a token.');
  }
  return nameEnd;
}

/**
 * Parses the lines from `start` up to and including the empty line.
 * @throws WireFault with `at` relative to `text`.
 */
export function parseFields(text: string, start: number, options: FieldOptions): FieldSection {
  const headers: HeaderPair[] = [];
  let lengths = NO_VALUES;
  let codings = NO_VALUES;
  let spaced = false;
  // Looked for once: hardly any head has one, and then every value is looked at.
  const nul = text.indexOf('\0', start);
  for (let at = start; ; ) {
    if (text.charCodeAt(at) === CR && text.charCodeAt(at + 1) === LF) break;
    const end = lineEnd(text, at);
    if (headers.length >= options.maxFields) {
      throw new WireFault('too-many-fields', at, `There are more than ${options.maxFields} header lines.`);
    }
    let nameEnd = tokenEnd(text, at);
    let colon = nameEnd;
    if (nameEnd === at || text.charCodeAt(nameEnd) !== COLON) {
      nameEnd = oddNameEnd(text, at, end, options);
      colon = text.indexOf(':', nameEnd);
      spaced = true;
    }
    if (nul > colon && nul < end) throw new WireFault('field-value', nul, 'A header value holds a NUL.');
    const name = text.slice(at, nameEnd);
    const value = trimSpace(text, colon + 1, end);
    headers.push([name, value]);
    if (name.length === 14 && name.toLowerCase() === 'content-length') lengths = [...lengths, value];
    else if (name.length === 17 && name.toLowerCase() === 'transfer-encoding') codings = [...codings, value];
    at = end + 2;
  }
  return { headers, lengths, codings, spaced };
}
