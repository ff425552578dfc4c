/** A filter as text that parses to the same filter: what completion inserts, translations write and explanations need not repeat. */
import { Severity } from '../session.ts';
import type { FieldRef, Filter, FilterLeaf } from './ast.ts';
import { FIELDS } from './fields.ts';
import { jsonPathAt } from './json-path.ts';

const inQuotes = (text: string) => `"${text.replace(/["\\]/g, '\\$&')}"`;
/** In a pattern a backslash stays one before all but quotes and backslashes. */
export const writeRegex = (pattern: string): string =>
  /^[\w.*+?^$|/:=-]+$/.test(pattern) ? pattern : inQuotes(pattern);

/** A value after an operator; wildcards and lists give some characters a meaning, which quotes take away. */
export const writeValue = (text: string): string => (/^[^\s()"*,|~\\]+$/.test(text) ? text : inQuotes(text));

function writeName({ field, name = '' }: FieldRef): string {
  const kind = FIELDS[field].named;
  if (kind === undefined) return field;
  const plain = kind === 'JSON path' ? jsonPathAt(name, 0)?.end === name.length : /^[\w.-]+$/.test(name);
  return `${field}:${plain ? name : inQuotes(name)}`;
}

/** A bare word would be read as something else: a keyword, a condition, a bar, mitmproxy's form. */
const isPlainWord = (text: string) =>
  /^[^\s()":=<>~|!-][^\s()":=<>~|!]*$/.test(text) && !/^(?:and|or|not|in)$/i.test(text);

function writeNumber(leaf: Extract<FilterLeaf, { type: 'number' }>): string {
  const info = FIELDS[leaf.field];
  if (info.kind !== 'severity') return String(leaf.value);
  return leaf.value === 0 ? 'none' : (Severity.options[leaf.value - 1] ?? String(leaf.value));
}

function writeText(leaf: Extract<FilterLeaf, { type: 'text' }>): string {
  const { kind, hosts } = FIELDS[leaf.field];
  // Unquoted, a number of a field that has both would be compared as one, and a network or a wildcard as such.
  const ambiguous = kind !== 'text' || (hosts && /[*/]/.test(leaf.text));
  return `${writeName(leaf)}${leaf.operator}${ambiguous ? inQuotes(leaf.text) : writeValue(leaf.text)}`;
}

function writeLeaf(leaf: FilterLeaf): string {
  switch (leaf.type) {
    case 'word':
      return isPlainWord(leaf.text) ? leaf.text : inQuotes(leaf.text);
    case 'has':
      return writeName(leaf);
    case 'text':
      return writeText(leaf);
    case 'regex':
      return `${writeName(leaf)}~${writeRegex(leaf.pattern)}`;
    case 'wildcard':
      return `${writeName(leaf)}:${leaf.pattern}`;
    case 'network':
      return `${writeName(leaf)}:${leaf.network}`;
    case 'number':
      return `${writeName(leaf)}${leaf.operator}${writeNumber(leaf)}`;
    case 'time':
      return `time${leaf.operator}${'at' in leaf ? new Date(leaf.at).toISOString() : `-${leaf.ago / 1000}s`}`;
  }
}

/** The text of a filter as the parser makes them: `all` stands alone, and what is joined are two or more. */
export function printFilter(filter: Filter): string {
  const inner = (term: Filter): string =>
    term.type === 'and' || term.type === 'or' ? `(${printFilter(term)})` : printFilter(term);
  switch (filter.type) {
    case 'all':
      return '';
    case 'and':
    case 'or':
      return filter.terms.map(inner).join(` ${filter.type} `);
    case 'not':
      return `not ${inner(filter.term)}`;
    default:
      return writeLeaf(filter);
  }
}
