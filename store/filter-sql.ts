/**
 * A filter as an SQL condition over `sessions`, agreeing with model/filter/predicate.ts on every row; a property test holds them
 * together. Every condition is 0 or 1, never null, so that `not` means the opposite. User text reaches SQL as parameters only.
 */
import type { Filter, FilterField } from '#model/filter/ast.ts';
import { WORD_FIELDS } from '#model/filter/fields.ts';

export interface SqlCondition {
  readonly sql: string;
  readonly params: readonly (string | number)[];
}

/** The column of `sessions` behind each field. */
export const FIELD_COLUMNS: Readonly<Record<FilterField, string>> = {
  method: 'method',
  url: 'url',
  host: 'host',
  path: 'path',
  scheme: 'scheme',
  status: 'status',
  type: 'mime',
  size: 'response_size',
  duration: 'duration_ms',
  protocol: 'http_version',
  error: 'error',
  finding: 'findings',
  severity: 'severity',
  source: 'source',
  kind: 'kind',
  state: 'state',
  mark: 'mark',
  comment: 'comment',
  id: 'id',
};

const escapeLike = (text: string) => text.replace(/[\\%_]/g, '\\$&');
const likePattern = (text: string) => `%${escapeLike(text)}%`;

const textOf = (field: FilterField) => `ifnull(${FIELD_COLUMNS[field]}, '')`;

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
  const like = (field: FilterField, pattern: string) => `${textOf(field)} LIKE ${pattern} ESCAPE '\\'`;

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
        if (node.operator === ':') return `(${like(node.field, bind(likePattern(node.text)))})`;
        const equal = `${textOf(node.field)} = ${bind(node.text)} COLLATE NOCASE`;
        return node.operator === '=' ? `(${equal})` : `(NOT (${equal}))`;
      }
      case 'wildcard': {
        const pattern = node.pattern.split('*').map(escapeLike).join('%');
        return `(${like(node.field, bind(pattern))})`;
      }
      case 'number': {
        const column = FIELD_COLUMNS[node.field];
        const value = bind(node.value);
        if (node.operator === ':' || node.operator === '=') return `(${column} IS ${value})`;
        if (node.operator === '!=') return `(${column} IS NOT ${value})`;
        return `ifnull(${column} ${node.operator} ${value}, 0)`;
      }
    }
  };
  return { sql: condition(filter), params };
}
