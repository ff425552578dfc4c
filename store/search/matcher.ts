/**
 * What is looked for, compiled: finds it in a text or in bytes, and says which grams whatever holds it must have. Patterns are RE2, so
 * that no pattern takes more than linear time.
 */
import { RE2JS } from 're2js';
import { SluiceError } from '#model/errors.ts';
import type { SearchQuery } from '#model/search.ts';
import { fold } from './fold.ts';
import { gramsOf } from './grams.ts';
import { requiredLiterals } from './regex-literals.ts';

export type Range = readonly [start: number, end: number];

export interface TextMatcher {
  readonly kind: 'text';
  /** Hashes that the grams of every text with a hit have; none: the index is of no use. */
  readonly grams: readonly number[];
  /** The first `limit` places, from left to right without overlap. */
  find(text: string, limit: number): Range[];
}

export interface BytesMatcher {
  readonly kind: 'bytes';
  find(bytes: Buffer, limit: number): Range[];
}

export type Matcher = TextMatcher | BytesMatcher;

type Asked = Pick<SearchQuery, 'text' | 'regex' | 'caseSensitive' | 'wholeWord'>;

const HEX = /^hex:/i;
const isWord = (character: string) => /^[\p{L}\p{N}_]/u.test(character);

/** The character that ends before `at`. */
function before(text: string, at: number): string {
  const unit = text.charCodeAt(at - 1);
  return unit >= 0xdc00 && unit < 0xe000 ? text.slice(Math.max(0, at - 2), at) : text.slice(at - 1, at);
}
const after = (text: string, at: number) => String.fromCodePoint(text.codePointAt(at) ?? 0x20);

/** Whether neither end lies inside a word. */
function isWhole(text: string, [start, end]: Range): boolean {
  const from = start > 0 && isWord(after(text, start)) && isWord(before(text, start));
  const to = end < text.length && isWord(before(text, end)) && isWord(after(text, end));
  return !from && !to;
}

function hexMatcher(text: string): BytesMatcher {
  const digits = text.replace(HEX, '').replace(/[\s:,]|0x/gi, '');
  if (digits === '' || digits.length % 2 === 1 || /[^0-9a-f]/i.test(digits)) {
    throw new SluiceError(
      'bad-request',
      'After hex: come octets of two hexadecimal digits each, as hex:de ad be ef.',
    );
  }
  const needle = Buffer.from(digits, 'hex');
  return {
    kind: 'bytes',
    find(bytes, limit) {
      const found: Range[] = [];
      for (let at = 0; found.length < limit; ) {
        const start = bytes.indexOf(needle, at);
        if (start < 0) break;
        at = start + needle.length;
        found.push([start, at]);
      }
      return found;
    },
  };
}

function plainMatcher({ text, caseSensitive, wholeWord }: Asked): TextMatcher {
  const folded = fold(text);
  const needle = caseSensitive ? text : folded;
  return {
    kind: 'text',
    grams: gramsOf(folded),
    find(hay, limit) {
      const searched = caseSensitive ? hay : fold(hay);
      const found: Range[] = [];
      for (let at = 0; found.length < limit; ) {
        const start = searched.indexOf(needle, at);
        if (start < 0) break;
        const range = [start, start + needle.length] as const;
        const passes = !wholeWord || isWhole(hay, range);
        if (passes) found.push(range);
        at = passes ? range[1] : start + 1;
      }
      return found;
    },
  };
}

function compile(pattern: string, flags: number): RE2JS {
  try {
    return RE2JS.compile(RE2JS.translateRegExp(pattern), flags);
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    // The library names its own flags before the pattern.
    const why = said
      .replace(/^error parsing regexp: /, '')
      .replace('`(?m)', '`')
      .replace('`(?i)', '`');
    throw new SluiceError(
      'bad-request',
      `This is no pattern that can be searched for: ${why.replace(/\.$/, '')}.`,
    );
  }
}

function patternMatcher({ text, caseSensitive, wholeWord }: Asked): TextMatcher {
  const flags = RE2JS.MULTILINE | (caseSensitive ? 0 : RE2JS.CASE_INSENSITIVE);
  // First by itself, so that a parenthesis too many is not mended by the ones around it.
  const own = compile(text, flags);
  const pattern = wholeWord ? compile(`\\b(?:${text})\\b`, flags) : own;
  // Which letters are one when case is ignored RE2 and the index agree on for ASCII.
  const literals = requiredLiterals(text).flatMap(
    (literal) => literal.match(caseSensitive ? /.+/gs : /[\0-\x7f]+/g) ?? [],
  );
  return {
    kind: 'text',
    grams: literals.flatMap((literal) => gramsOf(fold(literal))),
    find(hay, limit) {
      const found: Range[] = [];
      if (!pattern.test(hay)) return found;
      const matcher = pattern.matcher(hay);
      while (found.length < limit && matcher.find()) {
        const range = [matcher.start(), matcher.end()] as const;
        if (range[1] > range[0] && (!wholeWord || isWhole(hay, range))) found.push(range);
      }
      return found;
    },
  };
}

/** @throws SluiceError `bad-request` for a pattern that does not compile, and octets that are none */
export function compileMatcher(asked: Asked): Matcher {
  if (asked.text === '') throw new SluiceError('bad-request', 'Say what to look for: the text is empty.');
  if (HEX.test(asked.text)) return hexMatcher(asked.text);
  return asked.regex ? patternMatcher(asked) : plainMatcher(asked);
}
