/**
 * Text inside the string literals of programming languages and shells, so that no captured text can end its literal: what is copied is often
 * run, and what was captured is often hostile.
 */

/** What a language makes of backslashes and the like in a literal. `delimiter` is the quotation mark it began with. */
export type LiteralText = (text: string, delimiter: string) => string;

const NAMED: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };
/** Control characters, invisible formatting, and line ends of JavaScript. */
const HIDDEN = /[\p{C}\u2028\u2029]/u;

const hex = (code: number, digits: number) => code.toString(16).padStart(digits, '0');

/** By UTF-16 units, as `\u202e`. */
const unitEscape = (char: string) =>
  Array.from({ length: char.length }, (_, i) => `\\u${hex(char.charCodeAt(i), 4)}`).join('');

/** By code points, `\u202e` or `\U000e0001`. */
const pointEscape = (char: string) => {
  const code = char.codePointAt(0) ?? 0;
  return code > 0xffff ? `\\U${hex(code, 8)}` : `\\u${hex(code, 4)}`;
};

/** `\u{202e}` */
const bracedEscape = (char: string) => `\\u{${(char.codePointAt(0) ?? 0).toString(16)}}`;

/** Octets of UTF-8, `\342\200\256`. Three digits always, so that a digit that follows is not taken for part of it. */
const octalEscape = (char: string) =>
  Array.from(new TextEncoder().encode(char), (byte) => `\\${byte.toString(8).padStart(3, '0')}`).join('');

/** A literal with backslashes; `more` are characters that mean something in it beside its delimiter. */
const backslashed =
  (hidden: (char: string) => string, more = ''): LiteralText =>
  (text, delimiter) =>
    Array.from(text, (char) => {
      if (char === '\\' || char === delimiter || more.includes(char)) return `\\${char}`;
      return HIDDEN.test(char) ? (NAMED[char] ?? hidden(char)) : char;
    }).join('');

/** Java reads `\u000a` before it looks for literals, as if the line ended there. */
const javaEscape = (char: string) =>
  char.length === 1 && char.charCodeAt(0) < 0x100 ? octalEscape(char) : unitEscape(char);

/** Of Ruby and PHP: single quotation marks know two escapes only, double ones replace variables. */
const twoKinds =
  (double: LiteralText): LiteralText =>
  (text, delimiter) =>
    delimiter === "'" ? text.replace(/[\\']/g, '\\$&') : double(text, delimiter);

/** PowerShell takes typographic quotation marks for plain ones. */
const powershell: LiteralText = (text, delimiter) =>
  delimiter === "'"
    ? text.replace(/['\u2018-\u201b]/g, '$&$&')
    : text.replace(/[`$"\u201c-\u201e]/g, '`$&').replaceAll('\0', '`0');

/** POSIX: nothing is an escape between single quotation marks. */
const shell: LiteralText = (text) => text.replaceAll("'", "'\\''");

export const LITERALS = {
  javascript: backslashed(unitEscape),
  python: backslashed(pointEscape),
  go: backslashed(pointEscape),
  java: backslashed(javaEscape),
  kotlin: backslashed(unitEscape, '$'),
  csharp: backslashed(unitEscape),
  swift: backslashed(bracedEscape),
  rust: backslashed(bracedEscape),
  c: backslashed(octalEscape, '?'),
  php: twoKinds(backslashed(bracedEscape, '$')),
  ruby: twoKinds(backslashed(bracedEscape, '#')),
  powershell,
  shell,
} as const satisfies Readonly<Record<string, LiteralText>>;

export type Language = keyof typeof LITERALS;
