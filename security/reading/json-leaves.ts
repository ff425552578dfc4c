/**
 * The strings, numbers and truth values of a JSON text with their paths and byte ranges. JSON.parse tells no positions and gives up on a text that was
 * cut; this reads as far as the text makes sense, in one pass without recursion. It judges nothing: broken JSON just ends early.
 */
import { closingQuote } from '#model/json-text.ts';

export interface JsonLeaf {
  /** Keys from the top joined by dots, array positions in brackets: "payment.cards[0].number". */
  readonly path: string;
  /** The last key; "" for a bare value. */
  readonly key: string;
  readonly kind: 'string' | 'number' | 'boolean';
  /** Unescaped, UTF-8 decoded. */
  readonly value: string;
  /** Range of the value in the text, quotes excluded. */
  readonly start: number;
  readonly end: number;
}

/** Real documents are shallower; a hostile one would make each path as long as itself. */
const MAX_DEPTH = 64;
const MAX_PATH = 300;

interface Level {
  readonly array: boolean;
  readonly path: string;
  readonly key: string;
  index: number;
}

const NUMBER = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const SKIP = /[\s:,]+/y;
const WORD = /true|false|null/y;
/** Between the texts of a sequence (RFC 7464), and behind SignalR's messages. */
const RECORD_SEPARATOR = '\u001e';

function decode(raw: string): string {
  if (!/[\\\x80-\xff]/.test(raw)) return raw;
  const text = /[\x80-\xff]/.test(raw) ? Buffer.from(raw, 'latin1').toString('utf8') : raw;
  if (!text.includes('\\')) return text;
  try {
    return String(JSON.parse(`"${text}"`));
  } catch {
    return text;
  }
}

/** Leaves in order of appearance. `text` has one unit per byte (latin1). */
export function* jsonLeaves(text: string): Generator<JsonLeaf> {
  const levels: Level[] = [];
  let key: string | undefined;
  let at = 0;
  const match = (pattern: RegExp) => {
    pattern.lastIndex = at;
    return pattern.exec(text);
  };
  let top: Level | undefined;
  const ownPath = () => {
    if (top === undefined) return '';
    if (top.array) return `${top.path}[${top.index}]`;
    return top.path === '' ? (key ?? '') : `${top.path}.${key ?? ''}`;
  };
  const ownKey = () => (top === undefined ? '' : top.array ? top.key : (key ?? ''));
  const leaf = (kind: JsonLeaf['kind'], value: string, start: number, end: number): JsonLeaf => ({
    path: ownPath(),
    key: ownKey(),
    kind,
    value,
    start,
    end,
  });
  const step = () => {
    key = undefined;
    if (top?.array) top.index += 1;
  };
  while (at < text.length) {
    const char = text[at];
    if (char === '{' || char === '[') {
      if (levels.length >= MAX_DEPTH) return;
      top = { array: char === '[', path: ownPath().slice(0, MAX_PATH), key: ownKey(), index: 0 };
      levels.push(top);
      key = undefined;
      at += 1;
    } else if (char === '}' || char === ']') {
      levels.pop();
      top = levels.at(-1);
      step();
      at += 1;
    } else if (char === '"') {
      const end = closingQuote(text, at);
      if (end < 0) return;
      const raw = text.slice(at + 1, end);
      at = end + 1;
      if (top !== undefined && !top.array && key === undefined) {
        key = decode(raw.slice(0, MAX_PATH));
        continue;
      }
      yield leaf('string', decode(raw), at - 1 - raw.length, at - 1);
      step();
    } else if (char === '-' || (char !== undefined && char >= '0' && char <= '9')) {
      const found = match(NUMBER);
      if (found === null) return;
      yield leaf('number', found[0], at, at + found[0].length);
      at += found[0].length;
      step();
    } else if (char === RECORD_SEPARATOR) {
      at += 1;
    } else {
      const skipped = match(SKIP);
      const word = skipped === null ? match(WORD) : null;
      const found = skipped ?? word;
      if (found === null) return;
      if (word !== null && word[0] !== 'null') {
        yield leaf('boolean', word[0], at, at + word[0].length);
      }
      at += found[0].length;
      if (word !== null) step();
    }
  }
}
