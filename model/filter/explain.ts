/** A filter in words, so that people see whether it says what they mean. English, without a full stop. */
import { Severity } from '../session.ts';
import type { FieldRef, Filter, FilterField, FilterLeaf } from './ast.ts';
import { FIELDS } from './fields.ts';

/** What the field is called in a sentence, where not by its own name. */
const NOUNS: Readonly<Partial<Record<FilterField, string>>> = {
  url: 'URL',
  type: 'media type',
  size: 'response body',
  reqsize: 'request body',
  time: 'start',
  client: "client's address",
  server: "server's address",
  header: 'header',
  reqheader: 'request header',
  resheader: 'response header',
  head: 'a head',
  reqhead: 'request head',
  reshead: 'response head',
  query: 'query parameter',
  body: 'a body',
  reqbody: 'request body',
  resbody: 'response body',
  json: 'JSON value',
  ws: 'a message',
  tls: 'TLS',
  finding: 'a finding',
  severity: 'highest severity',
  parent: 'session it was made from',
  id: 'number',
};
const COUNTS: Readonly<Partial<Record<FilterField, string>>> = {
  ws: 'number of messages',
  finding: 'number of findings',
};

const noun = ({ field, name }: FieldRef) => {
  const plain = NOUNS[field] ?? field;
  return name === undefined ? plain : `${plain} ${name}`;
};
const quoted = (text: string) => `“${text}”`;

const ORDER = { '>': 'above', '<': 'below', '>=': 'at least', '<=': 'at most' } as const;
const TIME = { '>': 'after', '<': 'before', '>=': 'at or after', '<=': 'at or before' } as const;

function scaled(value: number, units: readonly (readonly [number, string])[]): string {
  const [factor, unit] = units.find(([least]) => Math.abs(value) >= least) ?? units.at(-1) ?? [1, ''];
  return `${Number((value / factor).toFixed(2))} ${unit}`;
}
const SIZES = [
  [1024 ** 3, 'GB'],
  [1024 ** 2, 'MB'],
  [1024, 'KB'],
  [1, 'bytes'],
] as const;
const SPANS = [
  [86_400_000, 'days'],
  [3_600_000, 'hours'],
  [60_000, 'minutes'],
  [1000, 'seconds'],
  [1, 'ms'],
] as const;
const DURATIONS = SPANS.slice(2);

/** A number as people read it, by the kind of its field. */
function numberText(field: FilterField, value: number): string {
  switch (FIELDS[field].kind) {
    case 'size':
      return scaled(value, SIZES);
    case 'duration':
      return scaled(value, DURATIONS);
    case 'severity':
      return value === 0 ? 'none' : (Severity.options[value - 1] ?? String(value));
    default:
      return String(value);
  }
}

function numberWords(leaf: Extract<FilterLeaf, { type: 'number' }>, not: string): string {
  const { field, operator, value } = leaf;
  const what = COUNTS[field] ?? noun(leaf);
  const text = numberText(field, value);
  if (operator === ':' || operator === '=') return `${what} is ${not}${text}`;
  if (operator === '!=') return `${what} is ${not === '' ? 'not ' : ''}${text}`;
  return `${what} is ${not}${ORDER[operator]} ${text}`;
}

const localTime = (at: number) => {
  const date = new Date(at);
  const local = new Date(at - date.getTimezoneOffset() * 60_000).toISOString();
  return local.slice(0, 19).replace('T', ' ');
};

function timeWords(leaf: Extract<FilterLeaf, { type: 'time' }>, not: string): string {
  const { operator } = leaf;
  if ('at' in leaf)
    return `it did ${not}begin ${TIME[operator]} ${localTime(leaf.at)}`.replace('did begin', 'began');
  const recent = (operator === '>' || operator === '>=') === (not === '');
  const span = scaled(leaf.ago, SPANS);
  return recent ? `it began in the last ${span}` : `it began more than ${span} ago`;
}

function leafWords(leaf: FilterLeaf, negative: boolean): string {
  const not = negative ? 'not ' : '';
  const doesnt = (verb: string, many = `${verb}s`) => (negative ? `does not ${verb}` : many);
  switch (leaf.type) {
    case 'word':
      return `${quoted(leaf.text)} is ${negative ? 'nowhere' : 'anywhere'} in it`;
    case 'has':
      return `it has ${negative ? 'no' : 'a'} ${noun(leaf)}`;
    case 'regex':
      return `${noun(leaf)} ${doesnt('match', 'matches')} ${quoted(leaf.pattern)}`;
    case 'wildcard':
      return `${noun(leaf)} ${doesnt('look')} like ${leaf.pattern}`;
    case 'network':
      return `${noun(leaf)} is ${not}in ${leaf.network}`;
    case 'number':
      return numberWords(leaf, not);
    case 'time':
      return timeWords(leaf, not);
    case 'text': {
      if (leaf.operator === ':') return `${noun(leaf)} ${doesnt('contain')} ${quoted(leaf.text)}`;
      const opposite = (leaf.operator === '!=') !== negative;
      if (leaf.text === '') return `${noun(leaf)} is ${opposite ? 'not ' : ''}empty`;
      return `${noun(leaf)} is ${opposite ? 'not ' : ''}${quoted(leaf.text)}`;
    }
  }
}

/** `status>=400 and status<=499` in one breath. */
function rangeWords(terms: readonly Filter[], negative: boolean): string | undefined {
  const [a, b] = terms;
  if (terms.length !== 2 || a?.type !== 'number' || b?.type !== 'number') return undefined;
  if (a.field !== b.field || a.name !== b.name || a.operator !== '>=' || b.operator !== '<=')
    return undefined;
  const ends = `${numberText(a.field, a.value)} to ${numberText(b.field, b.value)}`;
  return `${COUNTS[a.field] ?? noun(a)} is ${negative ? 'not ' : ''}${ends}`;
}

function words(filter: Filter, negative: boolean, nested: boolean): string {
  switch (filter.type) {
    case 'all':
      return negative ? 'never' : 'always';
    case 'not':
      return words(filter.term, !negative, nested);
    case 'and':
    case 'or': {
      const range = filter.type === 'and' ? rangeWords(filter.terms, negative) : undefined;
      if (range !== undefined) return range;
      // What is not "a and b" is "not a or not b" (De Morgan).
      const joint = (filter.type === 'and') === negative ? ' or ' : ' and ';
      const text = filter.terms.map((term) => words(term, negative, filter.terms.length > 1)).join(joint);
      return nested && filter.terms.length > 1 ? `(${text})` : text;
    }
    default:
      return leafWords(filter, negative);
  }
}

/** "status is 400 to 499 and host contains “acme”"; for the filter that selects everything "all sessions". */
export function explainFilter(filter: Filter): string {
  return filter.type === 'all' ? 'all sessions' : `sessions where ${words(filter, false, false)}`;
}
