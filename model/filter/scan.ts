/**
 * Splits a filter's text into tokens, reading each character once. It knows how fields, quotes and operators look, not what they mean;
 * what is wrong with a token is said by throwing a `Fault`, which parse.ts catches.
 */
import { FILTER_FIELDS, type FilterField, type FilterOperator, type FilterProblem } from './ast.ts';

interface Span {
  readonly start: number;
  readonly end: number;
}
export type Token = Span &
  (
    | { readonly type: '(' | ')' | 'and' | 'or' | 'not' | 'end' }
    | { readonly type: 'word'; readonly text: string }
    | {
        readonly type: 'condition';
        readonly field: FilterField;
        readonly operator: FilterOperator;
        readonly value: string;
        readonly quoted: boolean;
        /** Where the value stands. */
        readonly valueStart: number;
      }
  );

/** Carries a problem up to `parseFilter`; never leaves this folder. */
export class Fault extends Error {
  readonly problem: FilterProblem;

  constructor(message: string, span: Span, suggestion?: string) {
    super(message);
    const { start, end } = span;
    this.problem = suggestion === undefined ? { message, start, end } : { message, start, end, suggestion };
  }
}

/** Longest name that could be a field's; a longer run of letters is a word. */
const NAME = /([a-z][a-z-]{0,30})(!=|>=|<=|[:=<>])/iy;
const BARE = /[^\s()]+/y;
const SPACE = /\s*/y;
const KEYWORDS: readonly string[] = ['and', 'or', 'not'] satisfies Token['type'][];

function match(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

const isField = (name: string): name is FilterField => (FILTER_FIELDS as readonly string[]).includes(name);

/** Steps of inserting, dropping or replacing a letter between two names (Levenshtein). */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (const [i, letter] of [...a].entries()) {
    const next = [i + 1];
    for (let j = 1; j <= b.length; j++) {
      const replaced = (row[j - 1] ?? 0) + (letter === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}

/** The field somebody who wrote `name` may have meant. */
function nearestField(name: string): FilterField | undefined {
  const near = FILTER_FIELDS.map((field) => ({ field, steps: distance(name, field) }))
    .filter(({ field, steps }) => steps <= (Math.min(field.length, name.length) <= 3 ? 1 : 2))
    .sort((a, b) => a.steps - b.steps);
  return near[0]?.field;
}

/** Reads from the opening quote at `at`; `\"` and `\\` stand for the characters themselves. */
function quoted(text: string, at: number): { value: string; end: number } {
  let value = '';
  for (let i = at + 1; i < text.length; i++) {
    if (text[i] === '"') return { value, end: i + 1 };
    if (text[i] === '\\' && (text[i + 1] === '"' || text[i + 1] === '\\')) i += 1;
    value += text[i];
  }
  throw new Fault('This quote is not closed; add a ".', { start: at, end: text.length });
}

/** A name that is no field, before an operator: misspelt, or part of a text such as an address or `page=2`. @throws Fault */
function unknownField(text: string, at: number, name: string, operator: string): void {
  const span = { start: at, end: at + name.length };
  const after = at + name.length + operator.length;
  if (operator === ':' && text.startsWith('//', after)) return;
  const near = nearestField(name.toLowerCase());
  if (near !== undefined) {
    throw new Fault(
      `There is no field "${name}". Did you mean "${near}"? Text is looked for in quotes.`,
      span,
      near,
    );
  }
  const looksLikePort = /\d/.test(text[after] ?? '');
  if (operator === ':' && !looksLikePort) {
    throw new Fault(`There is no field "${name}". To look for this text, put it in quotes.`, span);
  }
}

function condition(text: string, at: number): Token | undefined {
  const found = match(NAME, text, at);
  if (found === null) return undefined;
  const name = found[1] ?? '';
  const operator = (found[2] ?? ':') as FilterOperator;
  const field = name.toLowerCase();
  if (!isField(field)) {
    unknownField(text, at, name, operator);
    return undefined;
  }
  const valueStart = at + found[0].length;
  if (text[valueStart] === '"') {
    const { value, end } = quoted(text, valueStart);
    return { type: 'condition', start: at, end, field, operator, value, quoted: true, valueStart };
  }
  const value = match(BARE, text, valueStart)?.[0];
  if (value === undefined) {
    throw new Fault(`${field}${operator} needs a value.`, { start: at, end: valueStart });
  }
  const end = valueStart + value.length;
  return { type: 'condition', start: at, end, field, operator, value, quoted: false, valueStart };
}

function tokenAt(text: string, at: number): Token {
  const char = text[at];
  if (char === '(' || char === ')') return { type: char, start: at, end: at + 1 };
  if (char === '-' && /[^\s)]/.test(text[at + 1] ?? '')) return { type: 'not', start: at, end: at + 1 };
  if (char === '"') {
    const { value, end } = quoted(text, at);
    return { type: 'word', text: value, start: at, end };
  }
  const found = condition(text, at);
  if (found !== undefined) return found;
  const word = match(BARE, text, at)?.[0] ?? '';
  const span = { start: at, end: at + word.length };
  const keyword = word.toLowerCase();
  if (KEYWORDS.includes(keyword)) return { type: keyword as 'and' | 'or' | 'not', ...span };
  return { type: 'word', text: word, ...span };
}

/** The tokens of a filter, the last one `end`. @throws Fault */
export function scanFilter(text: string): Token[] {
  const tokens: Token[] = [];
  const skip = (at: number) => at + (match(SPACE, text, at)?.[0].length ?? 0);
  for (let at = skip(0); at < text.length; ) {
    const token = tokenAt(text, at);
    tokens.push(token);
    at = skip(token.end);
  }
  tokens.push({ type: 'end', start: text.length, end: text.length });
  return tokens;
}
