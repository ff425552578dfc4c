/**
 * What may follow where somebody types a filter: fields, operators, and values, those that only the capture knows from a source that is
 * given. Works on text that is no filter yet. Decides; showing and inserting are the caller's.
 */
import { FILTER_FIELDS, type FilterField } from './ast.ts';
import { FIELDS, type FieldInfo, type FieldKind } from './fields.ts';
import { writeValue } from './print.ts';

export interface Suggestion {
  /** What stands in place of [start, end) when it is taken. */
  readonly text: string;
  readonly kind: 'field' | 'operator' | 'value' | 'keyword';
  readonly help?: string;
}

/** Values of a field, or the names that `header:` and its like take. */
export interface Wanted {
  readonly field: FilterField;
  readonly name?: string;
  readonly names?: true;
  /** What has been typed of it. */
  readonly prefix: string;
}

/** Texts that were seen, best first. */
export type ValueSource = (wanted: Wanted) => readonly string[];

export interface Completion {
  readonly start: number;
  readonly end: number;
  readonly suggestions: readonly Suggestion[];
  /** What a source is asked for here. */
  readonly wanted?: Wanted;
}

const MOST = 50;
const TEXT_OPERATORS: readonly (readonly [string, string])[] = [
  [':', 'contains'],
  ['=', 'is'],
  ['!=', 'is not'],
  ['~', 'matches a regular expression'],
];
const NUMBER_OPERATORS: readonly (readonly [string, string])[] = [
  ['=', 'is'],
  ['!=', 'is not'],
  ['>', 'above'],
  ['>=', 'at least'],
  ['<', 'below'],
  ['<=', 'at most'],
];
const EXAMPLES: Readonly<Record<FieldKind, readonly string[]>> = {
  text: [],
  number: [],
  size: ['1kb', '10kb', '100kb', '1MB', '10MB'],
  duration: ['10ms', '100ms', '1s', '10s'],
  status: ['2xx', '3xx', '4xx', '5xx'],
  severity: [],
  time: ['-5m', '-1h', '-1d', 'today', 'yesterday'],
};

/** Where the piece that ends at the cursor begins: after the last space or parenthesis that is not in quotes. */
function pieceStart(text: string, cursor: number): number {
  let start = 0;
  let inQuotes = false;
  for (let i = 0; i < cursor; i++) {
    const char = text[i] ?? '';
    if (inQuotes && char === '\\') i += 1;
    else if (char === '"') inQuotes = !inQuotes;
    else if (!inQuotes && /[\s()]/.test(char)) start = i + 1;
  }
  return text[start] === '-' && start + 1 < cursor ? start + 1 : start;
}

/** The best first: those that begin with what was typed, then those that have it in them; what is there already is no suggestion. */
function matching<T>(items: readonly T[], textOf: (item: T) => string, typed: string): T[] {
  const wanted = typed.toLowerCase();
  const ranked = items.filter(
    (item) => textOf(item).toLowerCase().includes(wanted) && textOf(item) !== typed,
  );
  const begins = (item: T) => Number(textOf(item).toLowerCase().startsWith(wanted));
  return ranked.sort((a, b) => begins(b) - begins(a)).slice(0, MOST);
}

function operatorsOf(info: FieldInfo): readonly (readonly [string, string])[] {
  if (info.named !== undefined) return [...TEXT_OPERATORS, ...NUMBER_OPERATORS.slice(2)];
  if (info.kind === 'text') return TEXT_OPERATORS;
  return info.searched ? [...TEXT_OPERATORS, ...NUMBER_OPERATORS.slice(2)] : NUMBER_OPERATORS;
}

const operators = (info: FieldInfo): Suggestion[] =>
  operatorsOf(info).map(([text, help]) => ({ text, kind: 'operator', help }));

const unquoted = (typed: string) =>
  typed.startsWith('"') ? typed.slice(1).replace(/\\(["\\])/g, '$1') : typed;

function values(wanted: Wanted, source: ValueSource, start: number, end: number): Completion {
  const info = FIELDS[wanted.field];
  const write = (value: string) => (wanted.names && info.named === 'JSON path' ? value : writeValue(value));
  const suggest = (all: readonly string[]) =>
    matching([...new Set(all)], (value) => value, wanted.prefix).map(
      (value): Suggestion => ({ text: write(value), kind: 'value' }),
    );
  // Where these are all there can be, no capture knows more.
  if (info.values !== undefined) return { start, end, suggestions: suggest(info.values) };
  const examples = wanted.names ? [] : EXAMPLES[info.kind];
  return { start, end, suggestions: suggest([...examples, ...source(wanted)]), wanted };
}

/** After `field:` of a field with names: the name, then operators, then values. */
function named(
  field: FilterField,
  typed: string,
  start: number,
  end: number,
  source: ValueSource,
): Completion {
  const found = /^("(?:[^"\\]|\\.)*"|[^"=<>~!:]*)(!=|>=|<=|[:=<>~])?(.*)$/s.exec(typed);
  const [, name = '', operator, value = ''] = found ?? [];
  if (operator !== undefined) {
    const wanted = { field, name: unquoted(name).replace(/"$/, ''), prefix: unquoted(value) };
    return values(wanted, source, end - value.length, end);
  }
  const completion = values({ field, names: true, prefix: unquoted(name) }, source, start, end);
  if (name === '') return completion;
  const after = operators(FIELDS[field]).map((one) => ({ ...one, text: typed + one.text }));
  return { ...completion, suggestions: [...completion.suggestions, ...after] };
}

function fields(typed: string, start: number, end: number, atStart: boolean): Completion {
  const all = matching(FILTER_FIELDS, (field) => field, typed).map((field): Suggestion => {
    const { kind, named: takesName, searched, help } = FIELDS[field];
    const text = kind === 'text' || takesName || searched ? `${field}:` : field;
    return { text, kind: 'field', help };
  });
  const words = matching(atStart ? ['not'] : ['and', 'or', 'not'], (word) => word, typed);
  const keywords = words.map((text): Suggestion => ({ text: `${text} `, kind: 'keyword' }));
  return { start, end, suggestions: typed === '' ? [...all, ...keywords] : [...keywords, ...all] };
}

/** Suggestions for what is typed at the cursor. */
export function completeFilter(text: string, cursor: number, source: ValueSource = () => []): Completion {
  const start = pieceStart(text, cursor);
  const typed = text.slice(start, cursor);
  const found = /^([a-z]+)(!=|>=|<=|[:=<>~])(.*)$/is.exec(typed);
  const name = (found?.[1] ?? typed).toLowerCase();
  const field = FILTER_FIELDS.find((one) => one === name);
  if (field === undefined) return fields(typed, start, cursor, text.slice(0, start).trim() === '');
  const info = FIELDS[field];
  if (found === null) {
    const more = fields(typed, start, cursor, true).suggestions.filter(({ kind }) => kind === 'field');
    const all =
      info.named === undefined
        ? operators(info)
        : [{ text: ':', kind: 'operator', help: `a ${info.named}` } as const];
    return {
      start,
      end: cursor,
      suggestions: [...all.map((one) => ({ ...one, text: typed + one.text })), ...more],
    };
  }
  const operator = found[2] ?? '';
  const value = found[3] ?? '';
  const valueStart = cursor - value.length;
  if (info.named !== undefined && operator === ':') return named(field, value, valueStart, cursor, source);
  if (operator === '~') return { start: valueStart, end: cursor, suggestions: [] };
  return values({ field, prefix: unquoted(value) }, source, valueStart, cursor);
}
