/** The meaning of one condition's token: which comparison it is of its field, or what is wrong with its value. */
import type { FieldRef, Filter, NumberOperator } from './ast.ts';
import type { FieldInfo } from './fields.ts';
import { parseNetwork } from './network.ts';
import type { PatternCheck } from './pattern-check.ts';
import { type ConditionToken, Fault, type InToken, type Span, type ValueToken } from './scan.ts';
import { TIME_HELP, timeCondition } from './times.ts';
import { numberCondition, numberValue, VALUE_HELP } from './values.ts';
import { SESSION_VOCABULARY, type Vocabulary } from './vocabulary.ts';

export interface Reading {
  /** Says what is wrong with a regular expression. */
  readonly check: PatternCheck;
  /** What times of day are of, ms since the epoch. */
  readonly now: number;
  /** Default: that of sessions. */
  readonly vocabulary?: Vocabulary;
}

const refOf = ({ field, name }: FieldRef): FieldRef => (name === undefined ? { field } : { field, name });
const infoOf = ({ field }: FieldRef, { vocabulary = SESSION_VOCABULARY }: Reading) => vocabulary.info[field];
const isOrder = (operator: string): operator is '>' | '<' | '>=' | '<=' => /^[<>]/.test(operator);

/** What a field compares its number with, for messages. */
function helpOf({ kind }: FieldInfo): string {
  return kind === 'time' ? TIME_HELP : VALUE_HELP[kind === 'text' ? 'number' : kind];
}

function regex(ref: FieldRef, value: ValueToken, reading: Reading, whole: Span): Filter {
  if (infoOf(ref, reading).texts === undefined) {
    throw new Fault(`${ref.field} is a number: use = != > < >= <=.`, whole);
  }
  const problem = reading.check(value.text);
  if (problem !== undefined) throw new Fault(`This is no regular expression: ${problem}.`, value);
  return { type: 'regex', ...ref, pattern: value.text };
}

function textCondition(
  ref: FieldRef,
  operator: ':' | '=' | '!=',
  value: ValueToken,
  { hosts }: FieldInfo,
): Filter {
  const opposite = (filter: Filter): Filter => (operator === '!=' ? { type: 'not', term: filter } : filter);
  if (hosts && !value.quoted) {
    if (value.text.includes('*')) return opposite({ type: 'wildcard', ...ref, pattern: value.text });
    if (parseNetwork(value.text)) return opposite({ type: 'network', ...ref, network: value.text });
  }
  return { type: 'text', ...ref, operator, text: value.text };
}

function compare(
  ref: FieldRef,
  operator: NumberOperator,
  value: ValueToken,
  reading: Reading,
  whole: Span,
): Filter {
  const info = infoOf(ref, reading);
  if (info.named !== undefined) {
    if (!isOrder(operator)) return textCondition(ref, operator, value, info);
    const number = numberValue('number', value.text);
    if (number === undefined) throw new Fault(`${operator} compares with ${VALUE_HELP.number}.`, value);
    return { type: 'number', ...ref, operator, value: number };
  }
  if (info.kind === 'text') {
    if (!isOrder(operator)) return textCondition(ref, operator, value, info);
    throw new Fault(`${ref.field} is text: use ${ref.field}: or ${ref.field}= or ${ref.field}!=.`, whole);
  }
  const asText = info.searched === true && !isOrder(operator);
  // `:` looks into the texts, and what is in quotes is one.
  if (asText && (operator === ':' || value.quoted)) return textCondition(ref, operator, value, info);
  const filter =
    info.kind === 'time'
      ? timeCondition(operator, value.text, reading.now)
      : numberCondition(ref.field, info.kind, operator, value.text);
  if (filter !== undefined) return filter;
  if (asText) return textCondition(ref, operator, value, info);
  throw new Fault(`${ref.field} is compared with ${helpOf(info)}.`, value);
}

/** @throws Fault */
export function conditionFilter(token: ConditionToken, reading: Reading): Filter {
  const ref = refOf(token);
  if (token.operator === '~') return regex(ref, token.value, reading, token);
  return compare(ref, token.operator, token.value, reading, token);
}

/** `a..b`: both ends are in it. @throws Fault */
function range(ref: FieldRef, item: ValueToken, reading: Reading): Filter | undefined {
  const at = item.quoted ? -1 : item.text.indexOf('..');
  if (at <= 0 || infoOf(ref, reading).kind === 'text') return undefined;
  const part = (from: number, to: number): ValueToken => ({
    text: item.text.slice(from, to),
    start: item.start + from,
    end: item.start + to,
    quoted: false,
  });
  const first = compare(ref, '>=', part(0, at), reading, item);
  const last = compare(ref, '<=', part(at + 2, item.text.length), reading, item);
  return { type: 'and', terms: [first, last] };
}

/** `field in (a, b, c..d)`: equal to one of them, or within it. @throws Fault */
export function inFilter(token: InToken, reading: Reading): Filter {
  const ref = refOf(token);
  const terms = token.items.map(
    (item) => range(ref, item, reading) ?? compare(ref, '=', item, reading, token),
  );
  return terms.length === 1 && terms[0] !== undefined ? terms[0] : { type: 'or', terms };
}
