/**
 * Splits a filter's text into tokens, reading each character once. It knows how fields, names, quotes and operators look, not what they
 * mean; what is wrong with a token is said by throwing a `Fault`, which parser.ts catches.
 */
import type { FilterField, FilterOperator, FilterProblem } from './ast.ts';
import type { NameKind } from './fields.ts';
import { jsonPathAt } from './json-path.ts';
import { nearest } from './nearest.ts';
import { SESSION_VOCABULARY, type Vocabulary } from './vocabulary.ts';

export interface Span {
  readonly start: number;
  readonly end: number;
}
export interface ValueToken extends Span {
  readonly text: string;
  readonly quoted: boolean;
}
interface FieldToken extends Span {
  readonly field: FilterField;
  readonly name?: string;
}
export type ConditionToken = FieldToken & {
  readonly type: 'condition';
  readonly operator: FilterOperator;
  readonly value: ValueToken;
};
export type InToken = FieldToken & { readonly type: 'in'; readonly items: readonly ValueToken[] };
export type Token =
  | (Span & { readonly type: '(' | ')' | 'and' | 'or' | 'not' | 'end' | '|' })
  | (Span & { readonly type: 'word'; readonly text: string })
  | ConditionToken
  | InToken
  /** A name without an operator: that there is such a header. */
  | (FieldToken & { readonly type: 'has' });

/** Carries a problem up to the parser; never leaves this folder. */
export class Fault extends Error {
  readonly problem: FilterProblem;

  constructor(message: string, span: Span, suggestion?: string) {
    super(message);
    const { start, end } = span;
    this.problem = suggestion === undefined ? { message, start, end } : { message, start, end, suggestion };
  }
}

/** Longest name that could be a field's; a longer run of letters is a word. */
const NAME = /([a-z][a-z-]{0,30})(!=|>=|<=|[:=<>~])/iy;
const IN = /([a-z]{1,31})\s+in(?:\s*\(|\s+(?=[^\s()]+(?:\.\.[^\s()]|\/\d)))/iy;
const IN_AFTER_NAME = /\s+in\s*\(/iy;
const OPERATOR = /!=|>=|<=|[:=<>~]/y;
const BARE = /[^\s()]+/y;
const ITEM = /[^\s(),]+/y;
const SPACE = /\s*/y;
const COMMA = /\s*(,|\))\s*/y;
const KEYWORDS: readonly string[] = ['and', 'or', 'not'] satisfies Token['type'][];
const NAMES: Readonly<Record<Exclude<NameKind, 'JSON path'>, RegExp>> = {
  header: /[\w.-]+/y,
  cookie: /[\w.-]+/y,
  parameter: /[\w.\-[\]]+/y,
};
const NAME_EXAMPLES: Readonly<Record<NameKind, string>> = {
  header: 'content-type',
  cookie: 'session',
  parameter: 'page',
  'JSON path': '$.user.id',
};

export function match(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

const isField = (name: string, { names }: Vocabulary): name is FilterField =>
  (names as readonly string[]).includes(name);

/** Reads from the opening quote at `at`; `\"` and `\\` stand for the characters themselves. */
function quoted(text: string, at: number): ValueToken {
  let value = '';
  for (let i = at + 1; i < text.length; i++) {
    if (text[i] === '"') return { text: value, start: at, end: i + 1, quoted: true };
    if (text[i] === '\\' && (text[i + 1] === '"' || text[i + 1] === '\\')) i += 1;
    value += text[i];
  }
  throw new Fault('This quote is not closed; add a ".', { start: at, end: text.length });
}

/** A regular expression without quotes: up to white space, or to a parenthesis that closes none of its own. */
function barePattern(text: string, at: number): string {
  let depth = 0;
  let end = at;
  for (; end < text.length && !/\s/.test(text[end] ?? ''); end++) {
    if (text[end] === '\\') end += 1;
    else if (text[end] === '(') depth += 1;
    else if (text[end] === ')') depth -= 1;
    if (depth < 0) break;
  }
  return text.slice(at, end);
}

function valueAt(text: string, at: number, operator: FilterOperator, start: number): ValueToken {
  if (text[at] === '"') return quoted(text, at);
  const value = operator === '~' ? barePattern(text, at) : (match(BARE, text, at)?.[0] ?? '');
  if (value === '') {
    throw new Fault(`${text.slice(start, at)} needs a value.`, { start, end: at });
  }
  return { text: value, start: at, end: at + value.length, quoted: false };
}

/** The items of `in (a, b)`, from after the parenthesis, and where it closes. */
function itemsAt(text: string, from: number, open: Span): { items: ValueToken[]; end: number } {
  const items: ValueToken[] = [];
  for (let at = from + (match(SPACE, text, from)?.[0].length ?? 0); ; ) {
    const bare = match(ITEM, text, at)?.[0] ?? '';
    const item =
      text[at] === '"' ? quoted(text, at) : { text: bare, start: at, end: at + bare.length, quoted: false };
    if (item.end === at) throw new Fault('A value is missing in this list.', { start: open.start, end: at });
    items.push(item);
    const comma = match(COMMA, text, item.end);
    if (comma === null) {
      const span = { start: open.start, end: Math.min(text.length, item.end + 1) };
      throw new Fault('This list goes on with a comma or ends with a ).', span);
    }
    at = item.end + comma[0].length;
    if (comma[1] === ')') return { items, end: item.end + comma[0].trimEnd().length };
  }
}

/** A name that is no field, before an operator: misspelt, or part of a text such as an address or `page=2`. @throws Fault */
function unknownField(
  text: string,
  at: number,
  name: string,
  operator: string,
  names: readonly string[],
): void {
  const span = { start: at, end: at + name.length };
  const after = at + name.length + operator.length;
  if (operator === ':' && text.startsWith('//', after)) return;
  const near = nearest(name, names);
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

/** The name after `field:` and where it ends. @throws Fault */
export function nameAt(text: string, at: number, kind: NameKind, field: Span): ValueToken {
  if (text[at] === '"') return quoted(text, at);
  const end =
    kind === 'JSON path' ? jsonPathAt(text, at)?.end : at + (match(NAMES[kind], text, at)?.[0].length ?? 0);
  if (end === undefined || end === at) {
    const example = `${text.slice(field.start, at)}${NAME_EXAMPLES[kind]}`;
    throw new Fault(`Here a ${kind} is missing, as in ${example}.`, { start: field.start, end: at });
  }
  return { text: text.slice(at, end), start: at, end, quoted: false };
}

/** A condition on `header:NAME` and its like, whose name begins at `at`. @throws Fault */
function namedCondition(text: string, start: number, at: number, field: FilterField, kind: NameKind): Token {
  const name = nameAt(text, at, kind, { start, end: at });
  const on = { field, name: name.text, start };
  const list = match(IN_AFTER_NAME, text, name.end);
  if (list !== null) {
    return { type: 'in', ...on, ...itemsAt(text, name.end + list[0].length, { start, end: name.end }) };
  }
  const operator = match(OPERATOR, text, name.end)?.[0] as FilterOperator | undefined;
  if (operator !== undefined) {
    const value = valueAt(text, name.end + operator.length, operator, start);
    return { type: 'condition', ...on, operator, value, end: value.end };
  }
  if (name.end < text.length && !/[\s)]/.test(text[name.end] ?? '')) {
    const rest = match(BARE, text, name.end)?.[0].length ?? 1;
    throw new Fault(`A ${kind} written like this goes in quotes.`, { start: at, end: name.end + rest });
  }
  return { type: 'has', ...on, end: name.end };
}

function condition(text: string, start: number, vocabulary: Vocabulary): Token | undefined {
  const list = match(IN, text, start);
  const listed = list?.[1]?.toLowerCase() ?? '';
  if (list !== null && isField(listed, vocabulary) && vocabulary.info[listed].named === undefined) {
    const after = start + list[0].length;
    if (list[0].endsWith('('))
      return { type: 'in', field: listed, start, ...itemsAt(text, after, { start, end: after }) };
    const item = valueAt(text, after, '=', start);
    return { type: 'in', field: listed, start, items: [item], end: item.end };
  }
  const found = match(NAME, text, start);
  if (found === null) return undefined;
  const name = found[1] ?? '';
  const operator = (found[2] ?? ':') as FilterOperator;
  const field = name.toLowerCase();
  if (!isField(field, vocabulary)) {
    unknownField(text, start, name, operator, vocabulary.names);
    return undefined;
  }
  const after = start + found[0].length;
  // The scheme of WebSocket URLs is a field's name too.
  if (field === 'ws' && operator === ':' && text.startsWith('//', after)) return undefined;
  const kind = vocabulary.info[field].named;
  if (kind !== undefined) {
    if (operator === ':') return namedCondition(text, start, after, field, kind);
    const example = `${field}:${NAME_EXAMPLES[kind]}${operator}`;
    throw new Fault(`${field} takes a ${kind} first, as in ${example}….`, { start, end: after });
  }
  const value = valueAt(text, after, operator, start);
  return { type: 'condition', field, operator, value, start, end: value.end };
}

function tokenAt(text: string, at: number, vocabulary: Vocabulary): Token {
  const char = text[at];
  if (char === '(' || char === ')') return { type: char, start: at, end: at + 1 };
  if (char === '-' && /[^\s)]/.test(text[at + 1] ?? '')) return { type: 'not', start: at, end: at + 1 };
  if (char === '"') return { type: 'word', ...quoted(text, at) };
  const found = condition(text, at, vocabulary);
  if (found !== undefined) return found;
  const word = match(BARE, text, at)?.[0] ?? '';
  const span = { start: at, end: at + word.length };
  const keyword = word.toLowerCase();
  if (KEYWORDS.includes(keyword)) return { type: keyword as 'and' | 'or' | 'not', ...span };
  if (word === '|') return { type: '|', ...span };
  return { type: 'word', text: word, ...span };
}

/** The tokens of a filter, the last one `end`. A `|` that stands alone ends the filter: scanning stops after it. @throws Fault */
export function scanFilter(text: string, vocabulary = SESSION_VOCABULARY): Token[] {
  const tokens: Token[] = [];
  const skip = (at: number) => at + (match(SPACE, text, at)?.[0].length ?? 0);
  for (let at = skip(0); at < text.length; ) {
    const token = tokenAt(text, at, vocabulary);
    tokens.push(token);
    if (token.type === '|') break;
    at = skip(token.end);
  }
  tokens.push({ type: 'end', start: text.length, end: text.length });
  return tokens;
}
