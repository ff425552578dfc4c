/**
 * The filter language's syntax tree. One tree serves both the in-memory predicate (predicate.ts) and SQL (store/filter-sql.ts);
 * they must agree, and tests prove it.
 */
export const FILTER_FIELDS = [
  'method',
  'url',
  'host',
  'path',
  'scheme',
  'status',
  'type',
  'size',
  'duration',
  'protocol',
  'error',
  'finding',
  'severity',
  'source',
  'kind',
  'state',
  'mark',
  'comment',
  'id',
  'parent',
] as const;
export type FilterField = (typeof FILTER_FIELDS)[number];

export type FilterOperator = ':' | '=' | '!=' | '>' | '<' | '>=' | '<=';

export type Filter =
  /** Every session. */
  | { readonly type: 'all' }
  | { readonly type: 'and' | 'or'; readonly terms: readonly Filter[] }
  | { readonly type: 'not'; readonly term: Filter }
  /** A bare word: found, case-insensitively, in method, url, status, type, error or comment. */
  | { readonly type: 'word'; readonly text: string }
  | {
      readonly type: 'text';
      readonly field: FilterField;
      readonly operator: ':' | '=' | '!=';
      readonly text: string;
    }
  /** The whole value, case-insensitively; each `*` stands for any run of characters. */
  | { readonly type: 'wildcard'; readonly field: FilterField; readonly pattern: string }
  | {
      readonly type: 'number';
      readonly field: FilterField;
      readonly operator: FilterOperator;
      readonly value: number;
    };

/** What is wrong with a filter's text, and where: offsets in UTF-16 units, end exclusive. */
export interface FilterProblem {
  readonly message: string;
  readonly start: number;
  readonly end: number;
  /** Text that, put in place of [start, end), would mend it. */
  readonly suggestion?: string;
}

export type FilterResult =
  | { readonly ok: true; readonly filter: Filter }
  | { readonly ok: false; readonly problem: FilterProblem };
