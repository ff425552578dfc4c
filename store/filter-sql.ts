/**
 * A filter as an SQL condition over `sessions`, agreeing with model/filter/predicate.ts on every row; a property test holds them
 * together. Every condition is 0 or 1, never null, so that `not` means the opposite. User text reaches SQL as parameters only.
 */
import type { Filter, FilterField } from '#model/filter/ast.ts';
import { WORD_FIELDS } from '#model/filter/fields.ts';
import { FAILURES, KINDS, SOURCES, STATES } from './codes.ts';
import { URL_TEXT } from './row-codec.ts';

export interface SqlCondition {
  readonly sql: string;
  readonly params: readonly (string | number)[];
}

/**
 * Where a text field's text is: an expression over the row, or a table that the row's `column` refers to. A table is searched once for
 * all rows, and each row then compares a number.
 */
type TextSource = { readonly sql: string } | { readonly column: string; readonly texts: string };

const expression = (sql: string): TextSource => ({ sql });
/** `column` holds the number of a text in a table. */
const reference = (column: string, table: string, text: string): TextSource => ({
  column,
  texts: `SELECT id, ${text} AS text FROM ${table}`,
});
/** `column` holds the number of one of these words. */
const words = (column: string, list: readonly string[]): TextSource => ({
  column,
  texts: `SELECT column1 AS id, column2 AS text FROM (VALUES ${list.map((word, i) => `(${i}, '${word}')`).join(', ')})`,
});

const TEXTS: Readonly<Partial<Record<FilterField, TextSource>>> = {
  method: reference('method', 'texts', 'text'),
  url: expression(URL_TEXT),
  host: reference('origin', 'origins', 'host'),
  path: expression('path'),
  scheme: reference('origin', 'origins', 'scheme'),
  type: reference('mime', 'texts', 'text'),
  protocol: reference('http_version', 'texts', 'text'),
  error: words('error', FAILURES),
  source: words('source', SOURCES),
  kind: words('kind', KINDS),
  state: words('state', STATES),
  comment: expression("ifnull(comment, '')"),
  // A bare word is looked for in the status too.
  status: expression("ifnull(status, '')"),
};

const NUMBERS: Readonly<Partial<Record<FilterField, string>>> = {
  status: 'status',
  size: 'response_size',
  duration: 'duration_ms',
  finding: 'findings',
  severity: 'severity',
  mark: 'mark',
  id: 'id',
  parent: 'parent_id',
};

function known<T>(table: Readonly<Partial<Record<FilterField, T>>>, field: FilterField): T {
  const found = table[field];
  if (found === undefined) throw new Error(`${field} is not compared that way`);
  return found;
}

const escapeLike = (text: string) => text.replace(/[\\%_]/g, '\\$&');
const likePattern = (text: string) => `%${escapeLike(text)}%`;

/** Whether the text of `field` passes `test`, which makes a condition of an expression. */
function textSql(field: FilterField, test: (text: string) => string): string {
  const source = known(TEXTS, field);
  if ('sql' in source) return `(${test(source.sql)})`;
  return `(${source.column} IN (SELECT id FROM (${source.texts}) WHERE ${test('text')}))`;
}

/** Joins in halves: SQLite limits how deep an expression may nest, and a chain of 2,000 terms would be 2,000 deep. */
function join(parts: readonly string[], operator: 'AND' | 'OR'): string {
  const [first] = parts;
  if (first === undefined) return operator === 'AND' ? '1' : '0';
  if (parts.length === 1) return first;
  const half = parts.length >> 1;
  return `(${join(parts.slice(0, half), operator)} ${operator} ${join(parts.slice(half), operator)})`;
}

/** The condition for `filter`, with `?1` … `?n` for its params. */
export function filterSql(filter: Filter): SqlCondition {
  const params: (string | number)[] = [];
  const bind = (value: string | number) => `?${params.push(value)}`;
  const like = (field: FilterField, pattern: string) =>
    textSql(field, (text) => `${text} LIKE ${pattern} ESCAPE '\\'`);

  const condition = (node: Filter): string => {
    switch (node.type) {
      case 'all':
        return '1';
      case 'and':
      case 'or':
        return join(node.terms.map(condition), node.type === 'and' ? 'AND' : 'OR');
      case 'not':
        return `NOT ${condition(node.term)}`;
      case 'word': {
        const pattern = bind(likePattern(node.text));
        return join(
          WORD_FIELDS.map((field) => like(field, pattern)),
          'OR',
        );
      }
      case 'text': {
        if (node.operator === ':') return like(node.field, bind(likePattern(node.text)));
        const value = bind(node.text);
        const equal = textSql(node.field, (text) => `${text} = ${value} COLLATE NOCASE`);
        return node.operator === '=' ? equal : `(NOT ${equal})`;
      }
      case 'wildcard': {
        const pattern = node.pattern.split('*').map(escapeLike).join('%');
        return like(node.field, bind(pattern));
      }
      case 'number': {
        const column = known(NUMBERS, node.field);
        const value = bind(node.value);
        if (node.operator === ':' || node.operator === '=') return `(${column} IS ${value})`;
        if (node.operator === '!=') return `(${column} IS NOT ${value})`;
        return `ifnull(${column} ${node.operator} ${value}, 0)`;
      }
    }
  };
  return { sql: condition(filter), params };
}
